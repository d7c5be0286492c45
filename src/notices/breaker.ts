/**
 * Leaves a provider alone that is down: after 5 failures in a row one message probes it each few
 * seconds, and the first success opens it again. A queue of thousands then costs no thousand tries.
 */
import type { Answer } from "./outcome.ts";

const FAILURES = 5;

export interface Breaker {
  /** How many messages may be tried now, at most `free`. */
  allowance(free: number, nowMs: number): number;
  note(answer: Answer, nowMs: number): void;
}

export function createBreaker(probeMs: number): Breaker {
  let failures = 0;
  let probeAt = 0;
  return {
    allowance(free, nowMs) {
      if (failures < FAILURES) return free;
      if (nowMs < probeAt || free < 1) return 0;
      probeAt = nowMs + probeMs;
      return 1;
    },
    note(answer, nowMs) {
      const isFailure = answer.kind === "unknown" || (answer.kind === "later" && answer.isDown);
      failures = isFailure ? failures + 1 : 0;
      probeAt = nowMs + probeMs;
    },
  };
}
