import { sql } from "kysely";
import type { Db } from "./house.ts";

/** One round trip: is the database there and answering? */
export async function isDatabaseUp(db: Db): Promise<boolean> {
  try {
    await sql`select 1`.execute(db);
    return true;
  } catch {
    return false;
  }
}
