import { sql } from "kysely";
import type { Db } from "./house.ts";

/** What the database takes for now: only to be held against our own clock (src/timekeeping). */
export async function databaseTime(db: Db): Promise<Date> {
  const { rows } = await sql<{ at: Date }>`select clock_timestamp() as at`.execute(db);
  const [row] = rows;
  if (!row) throw new Error("the database tells no time");
  return row.at;
}
