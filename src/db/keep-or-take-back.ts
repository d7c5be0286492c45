import { sql } from "kysely";
import type { Tx } from "./house.ts";

/**
 * Does the work and keeps it, or does the same work and takes it back: a number that nobody has costs
 * as many statements as one that somebody has.
 */
export async function keepOrTakeBack(tx: Tx, isKept: boolean, work: () => Promise<void>): Promise<void> {
  await sql`savepoint kept`.execute(tx);
  await work();
  await (isKept ? sql`release savepoint kept` : sql`rollback to savepoint kept`).execute(tx);
}
