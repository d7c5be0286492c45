/**
 * When a message is tried again. Tries are frequent and the gap has a ceiling: after an outage of 14
 * of the 15 minutes the next try still comes in time. Pure: `random` is in [0, 1).
 */
import type { NoticeClass } from "./rules.ts";

/** Seconds from queueing: 0, 5, 15, 30, 60, then each minute to 840. */
export const LADDER_SECONDS: readonly number[] = [
  0,
  5,
  15,
  30,
  ...Array.from({ length: 14 }, (_, at) => (at + 1) * 60),
];
const JITTER = 0.2;
/** A try this close before the deadline is the last one in time. */
const LAST_CHANCE_MS = 2_000;
const LATE_GAP_MS = 5 * 60_000;
const LATER_GAP_MS = 30 * 60_000;
const LATE_HOUR_MS = 60 * 60_000;
export const GIVE_UP_AFTER_DUE_MS = 72 * 60 * 60_000;

/** No answer came: the receipt or a late answer may still tell, so the next try waits. */
export const UNKNOWN_WAIT_MS = 20_000;
/** The provider asked us to slow down. */
export const THROTTLE_WAIT_MS = 1_000;

export interface Round {
  class: NoticeClass;
  queuedAt: Date;
  dueAt: Date;
  /** Tries spent, the one just made included. */
  tries: number;
}

/** The next try, or undefined when there is none: a code past its time, or 72 hours after the deadline. */
export function nextTry(round: Round, now: Date, random: number, scale = 1): Date | undefined {
  if (round.class === "code" && now >= round.dueAt) return undefined;
  const lateMs = now.getTime() - Math.max(round.dueAt.getTime(), round.queuedAt.getTime());
  if (lateMs >= GIVE_UP_AFTER_DUE_MS) return undefined;
  if (now < round.dueAt) {
    const inTime = beforeDue(round, now, random, scale);
    if (inTime || round.class === "code") return inTime;
  }
  const gapMs = lateMs < LATE_HOUR_MS * scale ? LATE_GAP_MS : LATER_GAP_MS;
  return new Date(Math.max(now.getTime(), round.dueAt.getTime()) + jittered(gapMs * scale, random));
}

/** A rung of the ladder; the last chance where the rung would be past due; nothing when that is past too. */
function beforeDue(round: Round, now: Date, random: number, scale: number): Date | undefined {
  const elapsedMs = now.getTime() - round.queuedAt.getTime();
  const at = now.getTime() + jittered(gapOnLadder(round.tries, elapsedMs, scale), random);
  const last = round.dueAt.getTime() - LAST_CHANCE_MS * scale;
  if (at <= last) return new Date(at);
  return last > now.getTime() ? new Date(last) : undefined;
}

/** To the first rung ahead of both the clock and the tries spent; past the ladder (long deadlines) 5 minutes. */
function gapOnLadder(tries: number, elapsedMs: number, scale: number): number {
  const ahead = LADDER_SECONDS.findIndex((seconds) => seconds * 1000 * scale > elapsedMs);
  if (ahead === -1) return LATE_GAP_MS * scale;
  const rung = Math.min(Math.max(ahead, tries), LADDER_SECONDS.length - 1);
  return (LADDER_SECONDS[rung] ?? 0) * 1000 * scale - elapsedMs;
}

const jittered = (ms: number, random: number) => Math.round(ms * (1 - JITTER + 2 * JITTER * random));
