import type { Db } from "../db/house.ts";
import type { Sighting } from "./rules.ts";

export async function readSighting(db: Db): Promise<Sighting | undefined> {
  return db
    .selectFrom("clock_sighting")
    .select(["seen_at as seenAt", "boot", "uptime_seconds as uptimeSeconds"])
    .executeTakeFirst();
}

export async function saveSighting(db: Db, { seenAt, boot, uptimeSeconds }: Sighting): Promise<void> {
  const seen = { seen_at: seenAt, boot, uptime_seconds: uptimeSeconds };
  await db
    .insertInto("clock_sighting")
    .values({ one: true, ...seen })
    .onConflict((conflict) => conflict.column("one").doUpdateSet(seen))
    .execute();
}
