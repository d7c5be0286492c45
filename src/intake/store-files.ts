import { sql } from "kysely";
import type { Db } from "../db/house.ts";
import type { CodeEntry } from "./rules-code-book.ts";

export type ImportKind =
  | "claims"
  | "documents"
  | "participation"
  | "persons"
  | "cards"
  | "benefits"
  | "facilities"
  | "units"
  | "offices";

export interface Counts {
  taken: number;
  unchanged: number;
  rejected: number;
  flagged: number;
}

export interface SourceFile extends Counts {
  fileId: string;
  isFinished: boolean;
}

export async function findSourceFile(db: Db, kind: ImportKind, sha256: Buffer): Promise<SourceFile | undefined> {
  const row = await db
    .selectFrom("source_file")
    .select(["file_id", "finished_at", "taken", "unchanged", "rejected", "flagged"])
    .where("kind", "=", kind)
    .where("sha256", "=", sha256)
    .executeTakeFirst();
  if (!row) return undefined;
  const { file_id: fileId, finished_at: finishedAt, ...counts } = row;
  return { fileId, isFinished: finishedAt !== null, ...counts };
}

export interface NewFile {
  kind: ImportKind;
  name: string;
  sha256: Buffer;
  size: number;
  at: Date;
}

/** The same bytes keep their number: a file that was taken in part may come again. */
export async function beginSourceFile(tx: Db, file: NewFile): Promise<{ fileId: string; cameBefore: boolean }> {
  const row = await tx
    .insertInto("source_file")
    .values({
      kind: file.kind,
      name: file.name,
      sha256: file.sha256,
      bytes: file.size,
      received_at: file.at,
    })
    .onConflict((on) => on.constraint("source_file_once").doUpdateSet({ finished_at: null }))
    .returning(["file_id", sql<boolean>`xmax <> 0`.as("cameBefore")])
    .executeTakeFirstOrThrow();
  if (row.cameBefore) {
    await tx.deleteFrom("import_reject").where("file_id", "=", row.file_id).execute();
    await tx.deleteFrom("import_reject_record").where("file_id", "=", row.file_id).execute();
    await tx.deleteFrom("import_reject_row").where("file_id", "=", row.file_id).execute();
  }
  return { fileId: row.file_id, cameBefore: row.cameBefore };
}

/** What was found of the signature of a file. */
export interface KeptSignature {
  state: string;
  reason?: string;
  signer?: Buffer;
  signedOn?: string | undefined;
}

export async function endSourceFile(
  tx: Db,
  fileId: string,
  end: { at: Date; facilityCode: string | null; counts: Counts; signature: KeptSignature | undefined },
): Promise<void> {
  const { taken, unchanged, rejected, flagged } = end.counts;
  const signature = end.signature && {
    signature: end.signature.state,
    signature_reason: end.signature.reason ?? null,
    signer_sha256: end.signature.signer ?? null,
    signed_on: end.signature.signedOn ?? null,
  };
  await tx
    .updateTable("source_file")
    .set({ finished_at: end.at, facility_code: end.facilityCode, taken, unchanged, rejected, flagged, ...signature })
    .where("file_id", "=", fileId)
    .execute();
}

/** For a second run of its rejects. */
export async function lockSourceFile(tx: Db, fileId: string) {
  const row = await tx
    .selectFrom("source_file")
    .select(["kind", "name", "facility_code as facilityCode"])
    .where("file_id", "=", fileId)
    .forUpdate()
    .executeTakeFirst();
  return row && { ...row, kind: row.kind as ImportKind };
}

export async function dropReject(tx: Db, fileId: string, recordNo: number): Promise<void> {
  await tx.deleteFrom("import_reject").where("file_id", "=", fileId).where("record_no", "=", recordNo).execute();
}

/** Adds what a second run took to the file's counts; answers how many of its records are rejected now. */
export async function endRerun(tx: Db, fileId: string, at: Date, more: Omit<Counts, "rejected">): Promise<number> {
  const { taken, unchanged, flagged } = more;
  const { rows } = await sql<{ rejected: number }>`
    update source_file f
       set taken = taken + ${taken}, unchanged = unchanged + ${unchanged}, flagged = flagged + ${flagged},
           rerun_at = ${at}, rerun_taken = ${taken + unchanged},
           rejected = (select count(*) from import_reject r where r.file_id = f.file_id)
     where file_id = ${fileId}
    returning rejected`.execute(tx);
  return rows[0]?.rejected ?? 0;
}

export interface RejectRow {
  record: number;
  line: number | undefined;
  field: string;
  code: string;
  reason: string;
}

export async function insertRejects(tx: Db, fileId: string, rows: readonly RejectRow[]): Promise<void> {
  if (rows.length === 0) return;
  const column = <T>(pick: (row: RejectRow) => T) => rows.map(pick);
  await sql`
    insert into import_reject (file_id, record_no, line, field, code, reason)
    select ${fileId}::bigint, r.* from unnest(
      ${column((row) => row.record)}::integer[], ${column((row) => row.line ?? null)}::integer[],
      ${column((row) => row.field)}::text[], ${column((row) => row.code)}::text[],
      ${column((row) => row.reason)}::text[]) as r
    on conflict do nothing`.execute(tx);
}

/** Lines of rejects that were told without one. */
export async function saveLines(
  tx: Db,
  fileId: string,
  places: readonly { record: number; line: number }[],
): Promise<void> {
  if (places.length === 0) return;
  await sql`
    update import_reject r set line = p.line
      from unnest(${places.map(({ record }) => record)}::integer[], ${places.map(({ line }) => line)}::integer[])
        as p (record_no, line)
     where r.file_id = ${fileId} and r.record_no = p.record_no and r.line is null`.execute(tx);
}

/** In the order of the file. */
export async function listRejects(db: Db, fileId: string, limit: number, code?: string) {
  let query = db
    .selectFrom("import_reject")
    .select(["record_no as record", "line", "field", "code"])
    .where("file_id", "=", fileId)
    .orderBy("record_no")
    .orderBy("field")
    .limit(limit);
  if (code) query = query.where("code", "=", code);
  const rows = await query.execute();
  return rows.map((row) => ({ ...row, line: row.line ?? undefined }));
}

const REJECTS_AT_ONCE = 1000;

/** All of them in the order of the file, some at a time. */
export async function* rejectsOf(db: Db, fileId: string) {
  for (let after = { record: -1, field: "", code: "" }; ; ) {
    const { rows } = await sql<{ record: number; line: number | null; field: string; code: string }>`
      select record_no as record, line, field, code from import_reject
       where file_id = ${fileId} and (record_no, field, code) > (${after.record}, ${after.field}, ${after.code})
       order by record_no, field, code limit ${REJECTS_AT_ONCE}`.execute(db);
    for (const row of rows) yield { ...row, line: row.line ?? undefined };
    const last = rows.at(-1);
    if (!last) return;
    after = last;
  }
}

/** When the newest of these files came; undefined for none. */
export async function newestOf(db: Db, fileIds: readonly string[]): Promise<Date | undefined> {
  if (fileIds.length === 0) return undefined;
  const row = await db
    .selectFrom("source_file")
    .select("received_at as at")
    .where("file_id", "in", [...fileIds])
    .orderBy("received_at", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.at;
}

/** When each of these files came. */
export async function receivedTimes(db: Db, fileIds: readonly string[]): Promise<Map<string, Date>> {
  const rows = await db
    .selectFrom("source_file")
    .select(["file_id as id", "received_at as at"])
    .where("file_id", "in", [...fileIds])
    .execute();
  return new Map(rows.map(({ id, at }) => [id, at]));
}

export async function getCounts(db: Db, fileId: string): Promise<Counts> {
  return db
    .selectFrom("source_file")
    .select(["taken", "unchanged", "rejected", "flagged"])
    .where("file_id", "=", fileId)
    .executeTakeFirstOrThrow();
}

/** Code lists that claims are checked against, as the operator keeps them. */
export async function readCodeLists(db: Db, lists: readonly string[]): Promise<CodeEntry[]> {
  const rows = await db
    .selectFrom("code_list_entry")
    .select(["list", "code", "valid_from as validFrom", "valid_to as validTo"])
    .where("list", "in", [...lists])
    .execute();
  return rows.map((row) => ({ ...row, validFrom: String(row.validFrom), validTo: String(row.validTo ?? "") }));
}

/** Of one record. */
export async function listRejectsOf(db: Db, fileId: string, record: number) {
  return db
    .selectFrom("import_reject")
    .select(["field", "code"])
    .where("file_id", "=", fileId)
    .where("record_no", "=", record)
    .orderBy("field")
    .execute();
}
