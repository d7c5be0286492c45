/**
 * The worker's part: messages leave the outbox (letter 330, annex 1, step 4: within 15 minutes of the
 * complete file). Several workers may run; leases and fences keep them apart.
 */
import type { House } from "../db/house.ts";
import { type Pace, usualPace } from "./channel.ts";
import { openChannels } from "./channels.ts";
import type { Gates } from "./gate.ts";
import { runLane } from "./lane.ts";
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
  const lanes = channels.map((channel) => runLane(house, channel, pace, gates));
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
