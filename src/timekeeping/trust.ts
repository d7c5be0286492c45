/** May anything end by this machine's clock? Asked before each sweep, and by whoever looks after the whole. */
import { readFileSync } from "node:fs";
import { uptime } from "node:os";
import { databaseTime } from "../db/database-time.ts";
import type { House } from "../db/house.ts";
import { dayOf } from "../kernel/calendar.ts";
import { type Clock, MovableClock } from "../kernel/clock.ts";
import { policyOn } from "../policy/store.ts";
import { type Distrust, distrustOf, longestSilenceHours, type Times, toleratedSeconds } from "./rules.ts";
import { readSighting, saveSighting } from "./store.ts";

/** What this process knows of its clock; every house on the same clock shares it. */
interface Known {
  /** Clock minus the time that only goes forward, in milliseconds, when it was last believed. */
  offset: number;
  distrust: Distrust | undefined;
  /** Of the time that only goes forward. */
  lookedAt: number;
  savedAt: number;
}

const known = new WeakMap<Clock, Known>();
const SAVE_EVERY_MS = 30_000;
const STEP_MS = 300_000;
const LOOK_AGAIN_MS = 5_000;

interface Trust {
  distrust: Distrust | undefined;
  times: Times;
  lastSeenAt: Date | undefined;
}

/**
 * Looks at the clock, the database's and the last sighting; what is believed becomes the next sighting. The demo's
 * clock is set on purpose and always believed.
 */
export async function lookAtTime({ db, clock }: Pick<House, "db" | "clock">): Promise<Trust> {
  const last = await readSighting(db);
  const database = await databaseTime(db);
  const times = { own: clock.now(), database, boot: bootOf(), uptimeSeconds: uptime() };
  if (clock instanceof MovableClock) return { distrust: undefined, times, lastSeenAt: last?.seenAt };
  // By the day of the database: a clock that is far away would find the policies of another year.
  const on = dayOf(database);
  const limits = {
    toleratedSeconds: await policyOn(db, toleratedSeconds, on),
    longestSilenceHours: await policyOn(db, longestSilenceHours, on),
  };
  const distrust = distrustOf(times, last, limits);
  const before = known.get(clock);
  if (distrust) {
    known.set(clock, { offset: before?.offset ?? offsetOf(clock), distrust, lookedAt: performance.now(), savedAt: 0 });
    return { distrust, times, lastSeenAt: last?.seenAt };
  }
  const steady = performance.now();
  const isFresh = before !== undefined && before.savedAt > 0 && steady - before.savedAt < SAVE_EVERY_MS;
  if (!isFresh) await saveSighting(db, { ...times, seenAt: times.own });
  known.set(clock, { offset: offsetOf(clock), distrust, lookedAt: steady, savedAt: isFresh ? before.savedAt : steady });
  return { distrust, times, lastSeenAt: last?.seenAt };
}

/** The answer of the last look, and at once no when the clock was set since. */
export function isTimeTrusted(clock: Clock): boolean {
  if (clock instanceof MovableClock) return true;
  const seen = known.get(clock);
  if (!seen) {
    known.set(clock, { offset: offsetOf(clock), distrust: undefined, lookedAt: Number.NEGATIVE_INFINITY, savedAt: 0 });
    return true;
  }
  return seen.distrust === undefined && Math.abs(offsetOf(clock) - seen.offset) <= STEP_MS;
}

/** Before anything ends by the clock: as the last look of a moment ago said, or a new one. */
export async function mayEnd(house: Pick<House, "db" | "clock">): Promise<boolean> {
  if (house.clock instanceof MovableClock) return true;
  const seen = known.get(house.clock);
  if (seen && performance.now() - seen.lookedAt < LOOK_AGAIN_MS && isTimeTrusted(house.clock)) return true;
  return (await lookAtTime(house)).distrust === undefined;
}

/** The operator has looked and says that the clock is right. Two machines that differ remain for them to mend. */
export async function goOn(house: Pick<House, "db" | "clock">): Promise<Trust> {
  const { times } = await lookAtTime(house);
  await saveSighting(house.db, { ...times, seenAt: times.own });
  return lookAtTime(house);
}

const offsetOf = (clock: Clock) => clock.now().getTime() - performance.now();

/** Which start of the machine this is; "" where it is not told. */
function bootOf(): string {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    return "";
  }
}
