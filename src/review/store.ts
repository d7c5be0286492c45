import { sql } from "kysely";
import type { HeldSeal } from "../db/data-keys.ts";
import type { Db, Tx } from "../db/house.ts";
import { plainDate } from "../kernel/calendar.ts";
import type { PaperReading } from "./rules-reading.ts";

/** Readings and copies of ID papers. A correction stands beside what it corrects; nothing is overwritten. */
export interface FiledReading extends PaperReading {
  no: number;
  /** The reading that this one corrects; undefined: a paper of its own. */
  replaces: number | undefined;
  readAt: Date;
  readBy: string;
}

export async function readingsOf(db: Db | Tx, declarationId: string): Promise<FiledReading[]> {
  const rows = await db
    .selectFrom("id_paper_reading")
    .selectAll()
    .where("declaration_id", "=", declarationId)
    .orderBy("reading_no")
    .execute();
  return rows.map((row) => ({
    no: row.reading_no,
    replaces: row.replaces ?? undefined,
    kind: row.kind as PaperReading["kind"],
    number: row.number,
    name: row.full_name,
    birthOn: plainDate(row.birth_on),
    birthPrecision: row.birth_precision as PaperReading["birthPrecision"],
    expiresOn: row.expires_on === null ? undefined : plainDate(row.expires_on),
    originalSeen: row.original_seen,
    formSigned: row.form_signed,
    faceMatches: row.face_matches,
    copyKept: row.copy_kept,
    isAnotherPaper: row.replaces === null && row.reading_no > 1,
    readAt: row.read_at,
    readBy: row.read_by,
  }));
}

/** The readings that count, one a paper, in the order of reading. */
export async function papersOf(db: Db | Tx, declarationId: string): Promise<FiledReading[]> {
  const all = await readingsOf(db, declarationId);
  const replaced = new Set(all.map(({ replaces }) => replaces));
  return all.filter(({ no }) => !replaced.has(no));
}

export async function insertReading(tx: Tx, declarationId: string, reading: FiledReading): Promise<void> {
  await tx
    .insertInto("id_paper_reading")
    .values({
      declaration_id: declarationId,
      reading_no: reading.no,
      replaces: reading.replaces ?? null,
      kind: reading.kind,
      number: reading.number,
      full_name: reading.name,
      birth_on: reading.birthOn.toString(),
      birth_precision: reading.birthPrecision,
      expires_on: reading.expiresOn?.toString() ?? null,
      original_seen: reading.originalSeen,
      form_signed: reading.formSigned,
      face_matches: reading.faceMatches,
      copy_kept: reading.copyKept,
      read_at: reading.readAt,
      read_by: reading.readBy,
    })
    .execute();
}

export type PaperSide = "front" | "back" | "form";

export interface PaperCopy {
  copyId: string;
  side: PaperSide;
  width: number;
  height: number;
  filedAt: Date;
  filedBy: string;
}

const copyColumns = [
  "copy_id as copyId",
  "side",
  "width",
  "height",
  "filed_at as filedAt",
  "filed_by as filedBy",
] as const;

/** Without the pictures themselves, the newest first. */
export async function copiesOf(db: Db | Tx, declarationId: string): Promise<PaperCopy[]> {
  const rows = await db
    .selectFrom("id_paper_copy")
    .select(copyColumns)
    .where("declaration_id", "=", declarationId)
    .orderBy("filed_at", "desc")
    .orderBy("copy_id")
    .execute();
  return rows as PaperCopy[];
}

/** How many copies, and how much of them, are kept of a file and of other files of its person, as far as one is known. */
export async function copiesKept(tx: Tx, declarationId: string): Promise<{ files: number; bytes: number }> {
  const { rows } = await sql<{ files: number; bytes: string }>`
    with whose as (
      select coalesce(person_id, matched_person_id) as id from declaration where declaration_id = ${declarationId})
    select count(*)::int as files, coalesce(sum(octet_length(c.sealed)), 0)::text as bytes
      from id_paper_copy c
     where c.declaration_id in (
       select ${declarationId}::bigint
       union select d.declaration_id from declaration d join whose on d.person_id = whose.id
       union select d.declaration_id from declaration d join whose on d.matched_person_id = whose.id)`.execute(tx);
  return { files: rows[0]?.files ?? 0, bytes: Number(rows[0]?.bytes ?? 0) };
}

export interface SealedCopy extends HeldSeal {
  copyId: string;
  side: PaperSide;
}

/** A copy of this very file; a copy of another one is not found. */
export async function findCopy(db: Db, declarationId: string, copyId: string): Promise<SealedCopy | undefined> {
  const row = await db
    .selectFrom("id_paper_copy")
    .leftJoin("data_key", "data_key.key_id", "id_paper_copy.data_key_id")
    .select(["copy_id as copyId", "side", "sealed", "data_key_id as dataKeyId", "version as keyVersion", "wrapped"])
    .where("declaration_id", "=", declarationId)
    .where("copy_id", "=", copyId)
    .executeTakeFirst();
  return row as SealedCopy | undefined;
}

export interface NewCopy extends PaperCopy {
  sha256: Buffer;
  sealed: Buffer;
  keyId: string;
  dataKeyId: string;
}

/** False when the very same picture is already filed for this side. */
export async function insertCopy(tx: Tx, declarationId: string, copy: NewCopy): Promise<boolean> {
  const row = await tx
    .insertInto("id_paper_copy")
    .values({
      copy_id: copy.copyId,
      declaration_id: declarationId,
      side: copy.side,
      media_type: "image/jpeg",
      width: copy.width,
      height: copy.height,
      sha256: copy.sha256,
      sealed: copy.sealed,
      key_id: copy.keyId,
      data_key_id: copy.dataKeyId,
      filed_at: copy.filedAt,
      filed_by: copy.filedBy,
    })
    .onConflict((conflict) => conflict.constraint("id_paper_copy_once").doNothing())
    .returning("copy_id")
    .executeTakeFirst();
  return row !== undefined;
}

/** One act at a time for one officer's desk, until the transaction ends: the limit of files held is then exact. */
export async function lockDesk(tx: Tx, staffId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(${DESK_LOCK}, ${Number(staffId)})`.execute(tx);
}

const DESK_LOCK = 7_330_003;
