/**
 * How a provider is doing, from its own answers: one that errs or slows is taken out, tried again with one
 * message each few seconds, and gets its share back in steps. Pure but for what it remembers.
 */
import type { Answer } from "./outcome.ts";

export interface HealthPace {
  /** Between two tries of a provider that is out. */
  probeMs: number;
  /** Answers slower than this, for one in twenty of the last half minute, count as being down. */
  slowMs: number;
  /** Between two steps of a provider that is coming back. */
  stepMs: number;
}

export interface Health {
  /** Gets ordinary work. One that is out gets a probe now and then. */
  isIn(): boolean;
  /** How many messages may be tried now, at most `free`. */
  allowance(free: number, nowMs: number): number;
  /** 0 while out; then a tenth of the weight more at each step. */
  weight(nowMs: number): number;
  note(answer: Answer, tookMs: number, nowMs: number): void;
}

const LAST = 10;
const FAILURES = 5;
const SLOW_OVER_MS = 30_000;
const SLOW_SAMPLES = 20;
const SLOW_SHARE = 0.05;
const STEPS = 10;

export function createHealth(weight: number, pace: HealthPace): Health {
  const lastFailed: boolean[] = [];
  let answers: { at: number; isSlow: boolean }[] = [];
  /** Of `answers`, those before this one are too old to count. */
  let from = 0;
  let slow = 0;
  let isOut = false;
  let probeAt = 0;
  /** When it came back; undefined: it was never out, or has all of its share again. */
  let backAt: number | undefined;

  function isFailing(): boolean {
    return lastFailed.filter(Boolean).length >= FAILURES;
  }

  /** Asked at each answer: costs what has become too old, not what is remembered. */
  function isSlow(nowMs: number): boolean {
    for (let one = answers[from]; one && one.at <= nowMs - SLOW_OVER_MS; one = answers[from]) {
      from += 1;
      if (one.isSlow) slow -= 1;
    }
    if (from > answers.length / 2) {
      answers = answers.slice(from);
      from = 0;
    }
    const count = answers.length - from;
    return count >= SLOW_SAMPLES && slow > count * SLOW_SHARE;
  }

  function remember(at: number, isSlow: boolean): void {
    answers.push({ at, isSlow });
    if (isSlow) slow += 1;
  }

  function forget(): void {
    lastFailed.length = 0;
    answers = [];
    from = 0;
    slow = 0;
  }

  return {
    isIn: () => !isOut,
    allowance(free, nowMs) {
      if (!isOut) return free;
      if (nowMs < probeAt || free < 1) return 0;
      probeAt = nowMs + pace.probeMs;
      return 1;
    },
    weight(nowMs) {
      if (isOut) return 0;
      if (backAt === undefined) return weight;
      const step = Math.min(STEPS, 1 + Math.floor((nowMs - backAt) / pace.stepMs));
      return (weight * step) / STEPS;
    },
    note(answer, tookMs, nowMs) {
      const isFailure = answer.kind === "unknown" || (answer.kind === "later" && answer.isDown);
      if (isOut) {
        probeAt = nowMs + pace.probeMs;
        if (isFailure || tookMs > pace.slowMs) return;
        isOut = false;
        backAt = nowMs;
        forget();
        return;
      }
      lastFailed.push(isFailure);
      if (lastFailed.length > LAST) lastFailed.shift();
      remember(nowMs, tookMs > pace.slowMs);
      if (!isFailing() && !isSlow(nowMs)) return;
      isOut = true;
      probeAt = nowMs + pace.probeMs;
      forget();
    },
  };
}
