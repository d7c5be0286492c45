/**
 * Where a look at the outbox begins while more is due than is taken at once. Before that place lies what was sent since
 * the table was last tidied, what is on its way and what waits for its next try: gone through twice a second, not at
 * each lease. Pure.
 */
import type { Claim, Claimed } from "./store.ts";

export type Head = NonNullable<Claim["from"]>;

/** A message that comes in before the place, with less time left, waits at most so long. */
const LOOK_BEFORE_MS = 500;

export function createHeads() {
  /** By the first of its lanes. */
  const heads = new Map<number, { head: Head; at: number }>();
  return {
    /** Undefined: from the beginning. */
    of([lane]: Claim["lanes"], nowMs: number): Head | undefined {
      const known = heads.get(lane);
      return known && nowMs < known.at + LOOK_BEFORE_MS ? known.head : undefined;
    },
    /** What a look from the beginning found, of at most `limit`. */
    note([lane]: Claim["lanes"], found: readonly Claimed[], limit: number, nowMs: number): void {
      const [first] = found;
      if (!first || found.length < limit) heads.delete(lane);
      else heads.set(lane, { head: { lane: first.lane, dueAt: first.due_at, noticeId: first.notice_id }, at: nowMs });
    },
  };
}
