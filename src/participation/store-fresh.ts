import type { Db } from "../db/house.ts";

/** When the newest file came in from which rows of this person's participation are; undefined when no file is known. */
export async function participationFreshness(db: Db, personId: string): Promise<Date | undefined> {
  const row = await db
    .selectFrom("participation_period as period")
    .innerJoin("source_file as file", "file.file_id", "period.source_file_id")
    .select((e) => e.fn.max("file.received_at").as("at"))
    .where("period.person_id", "=", personId)
    .executeTakeFirst();
  return row?.at ?? undefined;
}
