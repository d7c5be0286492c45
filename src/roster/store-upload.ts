/** Lists as they were sent, the lines that were refused, and who is missing from a whole list. */
import { sql } from "kysely";
import { AT_ONCE } from "../db/delete-old.ts";
import type { Db, Tx } from "../db/house.ts";
import { NotFound } from "../kernel/failures.ts";
import { foldName } from "../kernel/names.ts";
import type { Basis } from "./rules.ts";
import type { Trace } from "./rules-row.ts";
import type { Counts } from "./store-staging.ts";

export interface Upload extends Counts {
  uploadId: string;
  unitCode: string;
  isWhole: boolean;
  basis: Basis;
  at: Date;
  /** null: the operator's command. */
  by: string | null;
  headings: string[];
  sheet: string | null;
  passed: string[];
  hidden: number;
  sha256: Buffer;
  bytes: number;
  lines: number;
  refused: number;
  missing: number;
}

export interface Refusal {
  row: number;
  reason: string;
  field: string | null;
  otherRow: number | null;
  /** As the unit wrote it; empty where there is none. */
  name: string;
  cells: string[];
}

export async function insertUpload(tx: Tx, upload: Omit<Upload, "missing">): Promise<void> {
  await tx
    .insertInto("roster_upload")
    .values({
      upload_id: upload.uploadId,
      unit_code: upload.unitCode,
      file_sha256: upload.sha256,
      file_bytes: upload.bytes,
      sheet_name: upload.sheet,
      sheets_passed: upload.passed,
      headings: upload.headings,
      purpose: "rollout",
      basis: upload.basis,
      is_whole: upload.isWhole,
      uploaded_at: upload.at,
      uploaded_by: upload.by,
      line_count: upload.lines,
      added: upload.added,
      changed: upload.changed,
      unchanged: upload.unchanged,
      refused: upload.refused,
      hidden: upload.hidden,
    })
    .execute();
}

export async function insertRefusals(tx: Tx, uploadId: string, refusals: readonly Refusal[]): Promise<void> {
  const withFolded = refusals.map((one) => ({ ...one, foldedName: foldName(one.name) }));
  await sql`
    insert into roster_refusal (upload_id, row_no, reason, field, other_row, name, folded_name, cells)
    select ${uploadId}::uuid, r.row, r.reason, r.field, r."otherRow", r.name, r."foldedName",
           array(select jsonb_array_elements_text(r.cells))
      from jsonb_to_recordset(${JSON.stringify(withFolded)}::jsonb) as r (row integer, reason text, field text,
        "otherRow" integer, name text, "foldedName" text, cells jsonb)`.execute(tx);
}

/**
 * Whoever a refused line of a whole list may be, by its number or its birth date, stands in this list: a name that
 * cannot be read ends nobody.
 */
export async function keepPresent(tx: Tx, upload: Pick<Upload, "unitCode" | "uploadId">, traces: readonly Trace[]) {
  const numbers = traces.flatMap(({ number }) => number ?? []);
  const births = traces.flatMap(({ birth }) => birth?.on ?? []);
  if (numbers.length + births.length === 0) return;
  await sql`
    update roster_person l set upload_id = ${upload.uploadId}::uuid
     where l.unit_code = ${upload.unitCode} and l.left_at is null and l.upload_id is distinct from ${upload.uploadId}::uuid
       and (l.number_typed = any(${numbers}::text[]) or l.birth_date = any(${births}::date[]))`.execute(tx);
}

/** People of the unit in none of the lines of a whole list, refused ones included; kept with the upload. */
export async function countMissing(tx: Tx, unitCode: string, uploadId: string): Promise<number> {
  const { rows } = await sql<{ missing: number }>`
    update roster_upload u set missing = (select count(*) from roster_person l where ${isMissing(unitCode, uploadId)})
     where u.upload_id = ${uploadId}::uuid returning missing`.execute(tx);
  return rows[0]?.missing ?? 0;
}

const isMissing = (unitCode: string, uploadId: string) => sql`
  l.unit_code = ${unitCode} and l.left_at is null and l.upload_id is distinct from ${uploadId}::uuid
  and l.folded_name not in (select f.folded_name from roster_refusal f
    where f.upload_id = ${uploadId}::uuid)`;

/** Those missing from the list have left; answers how many. */
export async function endMissing(tx: Tx, upload: Upload, by: string, at: Date): Promise<number> {
  const { rows } = await sql<{ leavers: number }>`
    with gone as (
      update roster_person l set left_at = greatest(${at}::timestamptz, l.joined_at), left_reason = 'not_in_list'
       where ${isMissing(upload.unitCode, upload.uploadId)} returning 1)
    update roster_upload u set leavers = (select count(*) from gone), leavers_at = ${at}, leavers_by = ${by}
     where u.upload_id = ${upload.uploadId}::uuid returning leavers`.execute(tx);
  return rows[0]?.leavers ?? 0;
}

/** How many lists of a unit came from an instant on, and how much of files. */
export async function listsSent(tx: Tx, unitCode: string, since: Date): Promise<{ files: number; bytes: number }> {
  const { files, bytes } = await tx
    .selectFrom("roster_upload")
    .select([sql<number>`count(*)::int`.as("files"), sql<string>`coalesce(sum(file_bytes), 0)::text`.as("bytes")])
    .where("unit_code", "=", unitCode)
    .where("uploaded_at", ">=", since)
    .executeTakeFirstOrThrow();
  return { files, bytes: Number(bytes) };
}

export interface ListedUpload extends Upload {
  leavers: number | null;
  isLatest: boolean;
}

/** The lists of a unit, the newest first. */
export async function uploadsOf(db: Db | Tx, unitCode: string, limit: number): Promise<ListedUpload[]> {
  const rows = await db
    .selectFrom("roster_upload")
    .selectAll()
    .where("unit_code", "=", unitCode)
    .orderBy("upload_no", "desc")
    .limit(limit)
    .execute();
  return rows.map((row, at) => ({
    uploadId: row.upload_id,
    unitCode: row.unit_code,
    isWhole: row.is_whole,
    basis: row.basis as Basis,
    at: row.uploaded_at,
    by: row.uploaded_by,
    headings: row.headings,
    sheet: row.sheet_name,
    passed: row.sheets_passed,
    hidden: row.hidden,
    sha256: row.file_sha256,
    bytes: Number(row.file_bytes),
    lines: row.line_count,
    added: row.added,
    changed: row.changed,
    unchanged: row.unchanged,
    refused: row.refused,
    missing: row.missing,
    leavers: row.leavers,
    isLatest: at === 0,
  }));
}

export async function unitOfUpload(db: Db, uploadId: string): Promise<string> {
  const row = await db
    .selectFrom("roster_upload")
    .select("unit_code as unitCode")
    .where("upload_id", "=", uploadId)
    .executeTakeFirst();
  if (!row) throw new NotFound("upload");
  return row.unitCode;
}

export interface Missing {
  name: string;
  personId: string | null;
}

/** Who is missing, as the unit wrote them. */
export async function missingFrom(db: Db, upload: Upload, limit: number): Promise<Missing[]> {
  const { rows } = await sql<Missing>`
    select l.full_name as name, l.person_id as "personId" from roster_person l where ${isMissing(upload.unitCode, upload.uploadId)}
     order by l.folded_name limit ${limit}`.execute(db);
  return rows;
}

export async function refusalsOf(db: Db, uploadId: string, limit: number): Promise<Refusal[]> {
  return db
    .selectFrom("roster_refusal")
    .select(["row_no as row", "reason", "field", "other_row as otherRow", "name", "cells"])
    .where("upload_id", "=", uploadId)
    .orderBy("row_no")
    .limit(limit)
    .execute();
}

/** Refused lines of lists that were sent before an instant are forgotten; the counts stay. */
export async function forgetRefusals(db: Db, before: Date): Promise<number> {
  let total = 0;
  for (;;) {
    const { numAffectedRows } = await sql`
      delete from roster_refusal where (upload_id, row_no) in (
        select f.upload_id, f.row_no from roster_refusal f join roster_upload u using (upload_id)
         where u.uploaded_at < ${before} limit ${AT_ONCE})`.execute(db);
    const gone = Number(numAffectedRows ?? 0n);
    total += gone;
    if (gone < AT_ONCE) return total;
  }
}
