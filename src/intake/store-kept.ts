/** Rejected claims that wait, sealed, to be run again. */
import { sql } from "kysely";
import { deleteOld } from "../db/delete-old.ts";
import type { Db } from "../db/house.ts";

export interface KeptRecord {
  no: number;
  line: number;
  visitId: string;
  sealed: Buffer;
}

export async function keepRecords(tx: Db, fileId: string, records: readonly KeptRecord[], at: Date): Promise<void> {
  if (records.length === 0) return;
  await tx
    .insertInto("import_reject_record")
    .values(
      records.map(({ no, line, visitId, sealed }) => ({
        ...{ file_id: fileId, record_no: no, line, visit_id: visitId },
        ...{ sealed, kept_at: at },
      })),
    )
    .onConflict((on) => on.constraint("import_reject_record_pk").doNothing())
    .execute();
}

/** Of one file, in the order of the file. */
export async function readKept(db: Db, fileId: string): Promise<KeptRecord[]> {
  return db
    .selectFrom("import_reject_record")
    .select(["record_no as no", "line", "visit_id as visitId", "sealed"])
    .where("file_id", "=", fileId)
    .orderBy("record_no")
    .execute();
}

/** Does any claim of a file before this one wait? */
export async function hasKept(db: Db, fileId: string): Promise<boolean> {
  const row = await db
    .selectFrom("import_reject_record")
    .select("file_id")
    .where("file_id", "<", fileId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** This file brought these claims again, or recalled them: older copies of them must not be run any more. */
export async function forgetKept(tx: Db, fileId: string, visitIds: readonly string[]): Promise<void> {
  await sql`
    delete from import_reject_record k using unnest(${visitIds}::uuid[]) as gone (visit_id)
     where k.visit_id = gone.visit_id and k.file_id < ${fileId}`.execute(tx);
}

/** A record of the same file that stands behind it has been taken: the earlier one is past. */
export async function dropOvertaken(tx: Db, fileId: string): Promise<void> {
  await sql`
    delete from import_reject_record k using visit v
     where k.file_id = ${fileId} and v.visit_id = k.visit_id
       and v.source_file_id = k.file_id and v.source_record > k.record_no`.execute(tx);
}

export async function dropRecord(tx: Db, fileId: string, recordNo: number): Promise<void> {
  await tx.deleteFrom("import_reject_record").where("file_id", "=", fileId).where("record_no", "=", recordNo).execute();
}

export async function forgetKeptBefore(db: Db, before: Date): Promise<void> {
  const key = ["file_id", "record_no"] as const;
  await deleteOld(db, "import_reject_record", { age: "kept_at", key, before });
  await deleteOld(db, "import_reject_row", { age: "kept_at", key, before });
}
