import { type RawBuilder, sql } from "kysely";
import type { Tx } from "./house.ts";

export type { Marks } from "../vault/vault.ts";

/** `= mark`, or any of several: with one secret a statement reads, and is planned, as ever. */
export function amongMarks(marks: readonly Buffer[]): RawBuilder<boolean> {
  return marks.length > 1 ? sql`= any(${[...marks]}::bytea[])` : sql`= ${marks[0] ?? null}::bytea`;
}

/**
 * From here to the end of the transaction whoever comes with one of these marks waits: processes with another secret in
 * front too, since they know one of these.
 */
export async function lockMarks(tx: Tx, marks: readonly Buffer[]): Promise<void> {
  const locks = marks.toSorted(Buffer.compare).map((mark) => mark.toString("hex"));
  const given = sql`unnest(${locks}::text[]) as given (mark)`;
  await sql`select pg_advisory_xact_lock(hashtextextended(mark, 0)) from ${given}`.execute(tx);
}
