/** An operator adds to the list of what is private, or ends a mark. On the record; nothing is ever deleted from it. */
import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { Conflict, Invalid, NotFound } from "../kernel/failures.ts";
import { type Mark, type MarkAsked, parseDay, parseMark } from "./rules.ts";
import { endMark, insertMark } from "./store.ts";

/** Throws Invalid, and Conflict where the mark stands. What stands on record is marked by sweepMarks. */
export async function addMark(house: House, asked: MarkAsked & { reason: string; by: string }): Promise<void> {
  const parsed = parseMark(asked);
  if (!parsed.ok) throw new Invalid(parsed.faults);
  const { day, ...mark } = parsed.value;
  const { reason, by: source } = asked;
  await inTransaction(house.db, async (tx) => {
    if (!(await insertMark(tx, { ...mark, day, reason, source }))) throw new Conflict("mark_stands");
    await record(tx, { ...lineOf(house, mark), action: "sensitive.added", detail: { from: day, by: source } });
  });
}

/**
 * From the day after on, claims and papers that come are read without the mark. What is private stays private: a row
 * does not keep everything that made it so. Throws Invalid, NotFound.
 */
export async function endMarkOn(house: House, mark: Mark, last: string, by: string): Promise<void> {
  const day = parseDay(last);
  if (!day) throw new Invalid([{ field: "last", key: "mark_day" }]);
  await inTransaction(house.db, async (tx) => {
    if (!(await endMark(tx, mark, day))) throw new NotFound("sensitive_mark");
    await record(tx, { ...lineOf(house, mark), action: "sensitive.ended", detail: { last: day, by } });
  });
}

const lineOf = ({ clock }: House, { kind, from, to }: Mark) => ({
  at: clock.now(),
  actor: { kind: "operator" } as const,
  purpose: "operation",
  object: { kind: "sensitive_mark", id: `${kind} ${from}–${to}` },
});
