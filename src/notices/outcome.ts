/** What follows from the answer to one attempt. Pure: the worker asks, the store writes. */
import type { NoticeClass, NoticeState } from "./rules.ts";
import { nextTry, THROTTLE_WAIT_MS, UNKNOWN_WAIT_MS } from "./schedule.ts";

/** How one call to a provider ended. `error` is a code for staff: nothing personal. */
export type Answer =
  /** Taken by the provider; `references` are its names for the parts, in order. */
  | { kind: "accepted"; references: string[] }
  /** Will never be taken as it is (no such number, no such mailbox). */
  | { kind: "refused"; error: string }
  /** Not taken now: nothing went out. `isDown`: the provider itself cannot be reached. `notBefore`: as it asked. */
  | { kind: "later"; error: string; isDown: boolean; notBefore?: Date }
  /** Not taken because we are too quick: costs no try. */
  | { kind: "throttled"; error: string }
  /** May have gone out: no answer came. */
  | { kind: "unknown"; error: string }
  /** Not sent: what it says is no longer true. */
  | { kind: "overtaken"; error: string }
  /** Not sent yet: it would come at an hour at which nobody should be woken. Costs no try. */
  | { kind: "wait"; error: string; until: Date };

export interface Attempt {
  noticeId: string;
  fence: number;
  class: NoticeClass;
  queuedAt: Date;
  dueAt: Date;
  /** The provider says later whether the message reached the handset. */
  reportsDelivery: boolean;
  /** When no report comes it is told again through another provider. */
  isRepeatable: boolean;
  /** Tries spent, this one included. */
  tries: number;
}

export interface Mark {
  noticeId: string;
  fence: number;
  outcome: Exclude<Answer["kind"], "wait">;
  error: string | null;
  references: readonly string[];
  state: NoticeState;
  nextAt: Date;
  /** A throttled call gives its try back. */
  tries: number;
  wipesSecret: boolean;
  awaitsReceipt: boolean;
}

export function decide(attempt: Attempt, answer: Answer, now: Date, random: number, scale = 1): Mark {
  const { noticeId, fence, tries } = attempt;
  const error = answer.kind === "accepted" ? null : answer.error;
  const references = answer.kind === "accepted" ? answer.references : [];
  const outcome = answer.kind === "wait" ? "later" : answer.kind;
  const mark = { noticeId, fence, outcome, error, references, nextAt: now, tries, awaitsReceipt: false };
  switch (answer.kind) {
    case "accepted":
      return {
        ...mark,
        state: "sent",
        wipesSecret: !attempt.isRepeatable,
        awaitsReceipt: attempt.reportsDelivery || attempt.isRepeatable,
      };
    case "refused":
      return { ...mark, state: "failed", wipesSecret: attempt.class === "code" };
    case "overtaken":
      return { ...mark, state: "overtaken", wipesSecret: true };
    case "wait":
      return { ...mark, tries: tries - 1, state: "queued", nextAt: answer.until, wipesSecret: false };
    case "throttled":
      return waiting(attempt, { ...mark, tries: tries - 1 }, "queued", after(now, THROTTLE_WAIT_MS * scale));
    case "unknown": {
      const next = nextTry(attempt, now, random, scale);
      return waiting(attempt, mark, "unknown", next && later(next, after(now, UNKNOWN_WAIT_MS * scale)));
    }
    case "later": {
      const next = nextTry(attempt, now, random, scale);
      return waiting(attempt, mark, "queued", next && later(next, answer.notBefore ?? next));
    }
  }
}

/** Without a next try the message ends, and a person must look. */
function waiting(
  attempt: Attempt,
  mark: Omit<Mark, "state" | "wipesSecret">,
  state: "queued" | "unknown",
  nextAt: Date | undefined,
): Mark {
  if (nextAt) return { ...mark, state, nextAt, wipesSecret: false };
  return { ...mark, state: "failed", error: `${GAVE_UP}${mark.error ?? ""}`, wipesSecret: attempt.class === "code" };
}

const IN_A_WHILE_MS = 60_000;

/** Under a clock that is not believed nothing is given up: it is tried again in a while. */
export function keptOpen(mark: Mark, now: Date, scale = 1): Mark {
  if (mark.state !== "failed" || !mark.error?.startsWith(GAVE_UP)) return mark;
  const error = mark.error.slice(GAVE_UP.length) || null;
  return { ...mark, state: "queued", error, nextAt: after(now, IN_A_WHILE_MS * scale), wipesSecret: false };
}

const GAVE_UP = "gave_up:";
const later = (one: Date, other: Date) => new Date(Math.max(one.getTime(), other.getTime()));
const after = (instant: Date, ms: number) => new Date(instant.getTime() + ms);
