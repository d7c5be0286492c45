import { sql } from "kysely";
import type { Db } from "../db/house.ts";
import type { Sighting } from "./rules.ts";

export async function readTimes(db: Db): Promise<{ database: Date; last: Sighting | undefined }> {
  const { rows } = await sql<{ database: Date; seen_at: Date | null; boot: string; uptime_seconds: number }>`
    select clock_timestamp() as database, seen_at, boot, uptime_seconds
      from (select) as now left join clock_sighting on true`.execute(db);
  const [row] = rows;
  if (!row) throw new Error("the database tells no time");
  const { database, seen_at: seenAt, boot, uptime_seconds: uptimeSeconds } = row;
  return { database, last: seenAt ? { seenAt, boot, uptimeSeconds } : undefined };
}

export async function saveSighting(db: Db, { seenAt, boot, uptimeSeconds }: Sighting): Promise<void> {
  const seen = { seen_at: seenAt, boot, uptime_seconds: uptimeSeconds };
  await db
    .insertInto("clock_sighting")
    .values({ one: true, ...seen })
    .onConflict((conflict) => conflict.column("one").doUpdateSet(seen))
    .execute();
}
