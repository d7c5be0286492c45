/** Files that came in, as officers see them: counts, places and reasons, nothing of what a record says. */
import { sql } from "kysely";
import type { Db } from "../db/house.ts";

const fileColumns = [
  "f.file_id as id",
  "f.kind",
  "f.facility_code as facilityCode",
  "f.received_at as receivedAt",
  "f.taken",
  "f.unchanged",
  "f.rejected",
  "f.flagged",
  "f.signature",
  "f.sha256",
  "f.bytes",
  "f.rerun_at as rerunAt",
  "f.rerun_taken as rerunTaken",
] as const;

const facilityName = sql<string | null>`(select x.name from facility x where x.facility_code = f.facility_code
  order by x.valid_from desc limit 1)`.as("facilityName");

/** The newest first; `before`: the id after which the page goes on. */
export async function listFiles(
  db: Db,
  asked: { onlyRejects: boolean; kinds?: readonly string[] | undefined; before?: string | undefined; limit: number },
) {
  let query = db
    .selectFrom("source_file as f")
    .select(fileColumns)
    .select(facilityName)
    .orderBy("f.file_id", "desc")
    .limit(asked.limit);
  if (asked.kinds) query = query.where("f.kind", "in", asked.kinds);
  if (asked.onlyRejects) query = query.where("f.rejected", ">", 0);
  if (asked.before) query = query.where("f.file_id", "<", asked.before);
  return query.execute();
}

export type FileLine = Awaited<ReturnType<typeof listFiles>>[number];

export async function findFile(db: Db, id: string): Promise<FileLine | undefined> {
  return db
    .selectFrom("source_file as f")
    .select(fileColumns)
    .select(facilityName)
    .where("f.file_id", "=", id)
    .executeTakeFirst();
}

/** How many rejected claims of a file wait to be run again. */
export async function countKept(db: Db, fileId: string): Promise<number> {
  const row = await db
    .selectFrom("import_reject_record")
    .select((e) => e.fn.countAll<string>().as("kept"))
    .where("file_id", "=", fileId)
    .executeTakeFirst();
  return Number(row?.kept ?? 0);
}

/** Why records of a file were rejected, the most frequent reason first. */
export async function countReasons(db: Db, fileId: string): Promise<{ code: string; rejects: number }[]> {
  const rows = await db
    .selectFrom("import_reject")
    .select(["code", (e) => e.fn.countAll<string>().as("rejects")])
    .where("file_id", "=", fileId)
    .groupBy("code")
    .orderBy("rejects", "desc")
    .orderBy("code")
    .execute();
  return rows.map(({ code, rejects }) => ({ code, rejects: Number(rejects) }));
}

/** Has a file of the same kind come after this one? Its rows may be newer. */
export async function hasLaterFile(db: Db, { id, kind }: Pick<FileLine, "id" | "kind">): Promise<boolean> {
  const row = await db
    .selectFrom("source_file")
    .select("file_id")
    .where("kind", "=", kind)
    .where("file_id", ">", id)
    .where("taken", ">", 0)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
