import { sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";

/**
 * Files that were sent, by the record of deeds: a deed that took some says so in its detail, `sentFiles` and `sentBytes`. So a
 * picture counts that was replaced since, and no table of counts has to agree with what was done.
 */
export interface SentFiles {
  files: number;
  bytes: number;
}

const sums = {
  files: sql<number>`coalesce(sum((detail ->> 'sentFiles')::int), 0)::int`,
  bytes: sql<string>`coalesce(sum((detail ->> 'sentBytes')::bigint), 0)::text`,
};

/** By one member of staff from an instant on. */
export async function filesOfStaff(db: Db | Tx, staffId: string, since: Date): Promise<SentFiles> {
  const row = await db
    .selectFrom("audit_event")
    .select([sums.files.as("files"), sums.bytes.as("bytes")])
    .where("actor_kind", "=", "staff")
    .where("actor_id", "=", staffId)
    .where("at", ">=", since)
    .where(sql<boolean>`detail ? 'sentFiles'`)
    .executeTakeFirstOrThrow();
  return { files: row.files, bytes: Number(row.bytes) };
}

/** With one declaration from an instant on; the index audit_event_photos_of_file answers it. */
export async function filesWithDeclaration(db: Db | Tx, code: string, since: Date): Promise<SentFiles> {
  const row = await db
    .selectFrom("audit_event")
    .select([sums.files.as("files"), sums.bytes.as("bytes")])
    .where(sql<boolean>`action = 'declaration.photos'`)
    .where("object_id", "=", code)
    .where("at", ">=", since)
    .executeTakeFirstOrThrow();
  return { files: row.files, bytes: Number(row.bytes) };
}

const FILES_LOCK = 7_330_077;

/** One sending at a time of one member of staff, until the transaction ends: what they may still send is then exact. */
export async function lockFilesOfStaff(tx: Tx, staffId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(${FILES_LOCK}, ${Number(staffId)})`.execute(tx);
}
