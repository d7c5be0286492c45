/**
 * The worker's part: messages leave the outbox (letter 330, annex 1, step 4: within 15 minutes of the
 * complete file). Several workers may run; leases and fences keep them apart.
 */
import type { Connection } from "../db/connection.ts";
import type { House } from "../db/house.ts";
import { openKeyed } from "../db/keyed.ts";
import { isPressed } from "../db/pressed.ts";
import { createSky } from "./air.ts";
import { type Channel, type Pace, type TakeReply, usualPace } from "./channel.ts";
import { openChannels } from "./channels.ts";
import { watchClock } from "./clock-watch.ts";
import { type Courtesy, createCourtesy } from "./courtesy.ts";
import type { Gates } from "./gate.ts";
import { createHealth, type Health } from "./health.ts";
import { type Lane, runLane } from "./lane.ts";
import { createMarker } from "./marker.ts";
import { shareOf } from "./rules-shares.ts";
import { type Observe, unobserved } from "./steps.ts";
import { noteBeat } from "./store-beat.ts";
import { sweepOutbox } from "./sweep.ts";
import { createTurns, type Turns } from "./turns.ts";
import { createUnwritten, type Unwritten } from "./unwritten.ts";

export interface Delivery {
  /** Looks at the outbox now instead of at the next poll. */
  kick(): void;
  /** Lets what is under way end; after 6 seconds it is cut and its leases run out. */
  stop(): Promise<void>;
}

const SWEEP_MS = 2_000;
const BEAT_MS = 5_000;
const LISTEN_MS = 500;
/** A loop that has not come round for so long hangs, and the sender gives no sign of life. */
const HANGS_AFTER_MS = 30_000;
const DRAIN_MS = 6_000;
const LAST_MARKS_MS = 1_000;

/** What was sent must be written, even by a database that is slow just then. */
const STATEMENT_LIMIT_MS = 10_000;
const CONNECTIONS = 8;

export function startDelivery(
  house: House & { connection: Connection },
  pace: Pace = usualPace,
  gates: Gates = {},
  observe: Observe = unobserved,
  takeReply: TakeReply = async () => undefined,
): Delivery {
  const keyed = openKeyed(house.connection, {
    log: house.log,
    size: CONNECTIONS,
    statementTimeoutMs: STATEMENT_LIMIT_MS,
  });
  const line = { ...house, db: keyed.db, pool: keyed.pool };
  const unwritten = createUnwritten();
  const channels = openChannels(line, pace, observe, { takeReply, unwritten });
  const providers = channels.map((channel) => ({ channel, health: createHealth(channel.weight, healthPace(pace)) }));
  const underWay = new Set<string>();
  const turns = createTurns();
  const courtesy = createCourtesy();
  const lanes = (["sms", "email", "push"] as const).flatMap((name) => {
    const own = providers.filter(({ channel }) => channel.name === name);
    return startProviders(line, own, { pace, gates, observe, underWay, turns, courtesy, unwritten });
  });
  const sweep = sweeper(house, pace, providers);
  const sweeping = setInterval(sweep, SWEEP_MS);
  const beating = setInterval(() => void beat(house, lanes), BEAT_MS);
  const listening = setInterval(() => void listen(line, courtesy), LISTEN_MS);
  void beat(house, lanes);
  return {
    kick() {
      for (const lane of lanes) lane.kick();
    },
    async stop() {
      clearInterval(sweeping);
      clearInterval(beating);
      clearInterval(listening);
      const drained = Promise.all(lanes.map((lane) => lane.stop()));
      await within(DRAIN_MS, drained);
      await Promise.all(channels.map((channel) => channel.stop()));
      await within(LAST_MARKS_MS, drained);
      await keyed.close();
    },
  };
}

interface Provider {
  channel: Channel;
  health: Health;
}

const healthPace = ({ probeMs, slowMs, stepMs, scale }: Pace) => ({
  probeMs: probeMs * scale,
  slowMs,
  stepMs: stepMs * scale,
});

/** The providers of one channel know how the others stand: the work is shared by weight among those that are up. */
function startProviders(
  house: House,
  all: readonly Provider[],
  how: {
    pace: Pace;
    gates: Gates;
    observe: Observe;
    underWay: Set<string>;
    turns: Turns;
    courtesy: Courtesy;
    unwritten: Unwritten;
  },
): Lane[] {
  const places = all.reduce((sum, { channel }) => sum + channel.window, 0);
  const sky = createSky(places);
  const marker = createMarker(house, places, how.unwritten);
  return all.map(({ channel, health }, at) =>
    runLane(house, channel, {
      ...how,
      health,
      air: sky.line(channel.window),
      marker,
      hasOther: all.length > 1,
      share: (nowMs) =>
        shareOf(
          all.map((one) => ({ weight: one.health.weight(nowMs), isIn: one.health.isIn() && one.channel.isReady() })),
          at,
        ),
    }),
  );
}

/** One sweep at a time; one that failed is simply followed by the next. */
function sweeper(house: House, pace: Pace, providers: readonly Provider[]): () => void {
  const watch = watchClock(house.clock);
  const hasOther = providers.filter(({ channel }) => channel.name === "sms").length > 1;
  let isSweeping = false;
  /** At the start too: the clock may have been put back while nobody ran. */
  let wasPutBack = true;
  const sweep = async () => {
    const jumpMs = watch.jumpedBy();
    if (jumpMs !== 0) house.log.error({ alarm: "clock_jumped", seconds: jumpMs / 1000 }, "the clock was set");
    wasPutBack ||= jumpMs < 0;
    const owing = await sweepOutbox(house, { ...pace, hasOther, wasPutBack });
    wasPutBack = false;
    // What was taken and never reported is as good as no answer: the provider loses its share.
    for (const { channel, health } of providers) {
      for (const name of owing) {
        if (name === channel.provider) health.note({ kind: "unknown", error: "no_receipt" }, 0, performance.now());
      }
    }
  };
  return () => {
    if (isSweeping) return;
    isSweeping = true;
    sweep()
      .catch((error) => house.log.error({ err: error }, "the outbox could not be swept"))
      .finally(() => {
        isSweeping = false;
      });
  };
}

/** One that fails is missed by the watch, which is its purpose. */
async function beat(house: House, lanes: readonly Lane[]): Promise<void> {
  if (lanes.some((lane) => performance.now() - lane.turnedMs() > HANGS_AFTER_MS)) return;
  await noteBeat(house.db, "sender", house.clock.now()).catch(() => undefined);
}

/** A database that does not say so is asked again: until then it goes on as it went. */
async function listen(house: House, courtesy: Courtesy): Promise<void> {
  if (!courtesy.isAtWork()) return;
  await isPressed(house.db).then(
    (pressed) => courtesy.heard(pressed, performance.now()),
    () => undefined,
  );
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
