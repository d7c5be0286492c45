/**
 * Messages have their fifteen minutes, people at a page have none: while a web process says that they wait there
 * (db/pressed.ts), a burst goes out slowly, and faster again bit by bit once nobody waits (decision 77). Codes wait for
 * no more than the next look, and a burst of which a third of the time has gone is not held at all. Pure.
 */
import type { NoticeClass } from "./rules.ts";

interface Leased {
  class: NoticeClass;
  queued_at: Date;
  due_at: Date;
}

export interface Courtesy {
  /** How many may be leased at this moment; whole numbers, or Infinity. */
  allowance(nowMs: number): number;
  note(leased: readonly Leased[], now: Date, nowMs: number): void;
  heard(isPressed: boolean, nowMs: number): void;
  /** Something was leased since it was last asked: only then is it worth asking whether people wait. */
  isAtWork(): boolean;
}

const LEAST_PER_SECOND = 100;
/** A burst after a rest begins so, until it is known whether people wait: at once it would be their burst, too. */
const FIRST_PER_SECOND = 300;
const REST_MS = 5_000;
/** Beyond this it is not held at all. */
const MOST_PER_SECOND = 3_000;
/** Each time that nobody waits. */
const RISE = 1.25;
const PATIENT_SHARE = 1 / 3;
const HURRY_MS = 5_000;
/** So many in a second: fewer are none of a burst, as one message that fails again and again until it is late. */
const LATE_FEWEST = 10;
const LATE_WITHIN_MS = 1_000;
/** What may be saved up of it, so that a burst after a pause is none. */
const SAVED_SECONDS = 0.25;

export function createCourtesy(): Courtesy {
  let perSecond = FIRST_PER_SECOND;
  let [tokens, countedMs] = [0, 0];
  let leasedMs = Number.NEGATIVE_INFINITY;
  let hurriesUntilMs = Number.NEGATIVE_INFINITY;
  let [late, lateSinceMs] = [0, Number.NEGATIVE_INFINITY];
  let hasLeased = false;

  function count(nowMs: number): void {
    const saved = tokens + (perSecond * (nowMs - countedMs)) / 1000;
    [tokens, countedMs] = [Math.min(saved, perSecond * SAVED_SECONDS), nowMs];
  }

  return {
    allowance(nowMs) {
      if (nowMs > leasedMs + REST_MS) {
        perSecond = FIRST_PER_SECOND;
        [tokens, countedMs] = [FIRST_PER_SECOND * SAVED_SECONDS, nowMs];
      }
      if (perSecond === Number.POSITIVE_INFINITY || nowMs < hurriesUntilMs) return Number.POSITIVE_INFINITY;
      count(nowMs);
      return Math.max(0, Math.floor(tokens));
    },
    note(leased, now, nowMs) {
      if (leased.length === 0) return;
      hasLeased = true;
      leasedMs = nowMs;
      if (nowMs > lateSinceMs + LATE_WITHIN_MS) [late, lateSinceMs] = [0, nowMs];
      late += leased.filter((one) => one.class !== "code" && hasWaitedEnough(one, now)).length;
      if (late >= LATE_FEWEST) hurriesUntilMs = nowMs + HURRY_MS;
      tokens = Math.max(0, tokens - leased.filter((one) => one.class !== "code").length);
    },
    heard(isPressed, nowMs) {
      if (perSecond < Number.POSITIVE_INFINITY) count(nowMs);
      else [tokens, countedMs] = [0, nowMs];
      if (isPressed) perSecond = LEAST_PER_SECOND;
      else perSecond = perSecond * RISE > MOST_PER_SECOND ? Number.POSITIVE_INFINITY : perSecond * RISE;
    },
    isAtWork() {
      const was = hasLeased;
      hasLeased = false;
      return was;
    },
  };
}

function hasWaitedEnough({ queued_at, due_at }: Leased, now: Date): boolean {
  const windowMs = due_at.getTime() - queued_at.getTime();
  return now.getTime() - queued_at.getTime() >= windowMs * PATIENT_SHARE;
}
