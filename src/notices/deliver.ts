/**
 * The worker's part: messages leave the outbox (letter 330, annex 1, step 4: within 15 minutes of the
 * complete file). Several workers may run; leases and fences keep them apart.
 */
import type { House } from "../db/house.ts";
import { type Channel, type Pace, usualPace } from "./channel.ts";
import { openChannels } from "./channels.ts";
import type { Gates } from "./gate.ts";
import { createHealth } from "./health.ts";
import { type Lane, runLane } from "./lane.ts";
import { shareOf } from "./rules-shares.ts";
import { sweepOutbox } from "./sweep.ts";

export interface Delivery {
  /** Looks at the outbox now instead of at the next poll. */
  kick(): void;
  /** Lets what is under way end; after 6 seconds it is cut and its leases run out. */
  stop(): Promise<void>;
}

const SWEEP_MS = 2_000;
const DRAIN_MS = 6_000;
const LAST_MARKS_MS = 1_000;

export function startDelivery(house: House, pace: Pace = usualPace, gates: Gates = {}): Delivery {
  const channels = openChannels(house, pace);
  const lanes = (["sms", "email", "push"] as const).flatMap((name) =>
    startProviders(
      house,
      channels.filter((channel) => channel.name === name),
      pace,
      gates,
    ),
  );
  const sweeping = setInterval(() => void sweep(house), SWEEP_MS);
  return {
    kick() {
      for (const lane of lanes) lane.kick();
    },
    async stop() {
      clearInterval(sweeping);
      const drained = Promise.all(lanes.map((lane) => lane.stop()));
      await within(DRAIN_MS, drained);
      await Promise.all(channels.map((channel) => channel.stop()));
      await within(LAST_MARKS_MS, drained);
    },
  };
}

/** The providers of one channel know how the others stand: the work is shared by weight among those that are up. */
function startProviders(house: House, providers: readonly Channel[], pace: Pace, gates: Gates): Lane[] {
  const healthPace = { probeMs: pace.probeMs * pace.scale, slowMs: pace.slowMs, stepMs: pace.stepMs * pace.scale };
  const all = providers.map((channel) => ({ channel, health: createHealth(channel.weight, healthPace) }));
  return all.map(({ channel, health }, at) =>
    runLane(house, channel, {
      pace,
      health,
      gates,
      share: (nowMs) =>
        shareOf(
          all.map((one) => ({ weight: one.health.weight(nowMs), isIn: one.health.isIn() && one.channel.isReady() })),
          at,
        ),
    }),
  );
}

/** One that failed is simply followed by the next. */
async function sweep(house: House): Promise<void> {
  await sweepOutbox(house).catch((error) => house.log.error({ err: error }, "the outbox could not be swept"));
}

async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([
    work,
    new Promise((resolve) => {
      timer = setTimeout(resolve, ms);
    }),
  ]);
  clearTimeout(timer);
}
