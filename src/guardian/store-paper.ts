import { sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";
import type { PaperKind, Relation } from "./rules.ts";
import type { ReadPaper } from "./rules-parse.ts";

/** The papers that show a link, their copies, and whom an officer found declaring for a child. */
export interface Paper {
  paperId: string;
  kind: PaperKind;
  number: string;
  issuedOn: string;
  issuedBy: string;
  seenAt: Date;
  seenBy: string;
}

export async function insertPaper(
  tx: Tx,
  paper: ReadPaper & { paperId: string; seenAt: Date; seenBy: string },
): Promise<void> {
  await tx
    .insertInto("guardian_paper")
    .values({
      paper_id: paper.paperId,
      kind: paper.kind,
      number: paper.number,
      issued_on: paper.issuedOn.toString(),
      issued_by: paper.issuedBy,
      seen_at: paper.seenAt,
      seen_by: paper.seenBy,
    })
    .execute();
}

export async function getPaper(db: Db | Tx, paperId: string): Promise<Paper> {
  const row = await db
    .selectFrom("guardian_paper")
    .select([
      "paper_id as paperId",
      "kind",
      "number",
      "issued_on as issuedOn",
      "issued_by as issuedBy",
      "seen_at as seenAt",
      "seen_by as seenBy",
    ])
    .where("paper_id", "=", paperId)
    .executeTakeFirstOrThrow();
  return row as Paper;
}

/** Does a paper of this kind count on that day, and does its link end by age? Undefined: it does not count. */
export async function paperRule(db: Db | Tx, kind: PaperKind, on: string): Promise<{ endsByAge: boolean } | undefined> {
  const row = await db
    .selectFrom("code_list_entry")
    .select("detail")
    .where("list", "=", "guardian_paper")
    .where("code", "=", kind)
    .where("valid_from", "<=", on)
    .where((where) => where.or([where("valid_to", "is", null), where("valid_to", ">=", on)]))
    .orderBy("valid_from", "desc")
    .limit(1)
    .executeTakeFirst();
  return row && { endsByAge: (row.detail as { endsByAge?: unknown }).endsByAge === true };
}

export interface NewCopy {
  copyId: string;
  paperId: string;
  width: number;
  height: number;
  sha256: Buffer;
  sealed: Buffer;
  keyId: string;
  dataKeyId: string;
  filedAt: Date;
  filedBy: string;
}

export async function insertCopy(tx: Tx, copy: NewCopy): Promise<void> {
  await tx
    .insertInto("guardian_paper_copy")
    .values({
      copy_id: copy.copyId,
      paper_id: copy.paperId,
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
    .execute();
}

/** How many copies, and how much of them, are kept of the papers of a ward's links. */
export async function copiesOfWard(tx: Tx, wardId: string): Promise<{ files: number; bytes: number }> {
  const { rows } = await sql<{ files: number; bytes: string }>`
    select count(*)::int as files, coalesce(sum(octet_length(c.sealed)), 0)::text as bytes
      from guardian_paper_copy c
     where c.paper_id in (select paper_id from guardianship where person_id = ${wardId}
       union select paper_id from guardianship_event where person_id = ${wardId})`.execute(tx);
  return { files: rows[0]?.files ?? 0, bytes: Number(rows[0]?.bytes ?? 0) };
}

/** The copy of a paper with its seal; undefined when only the original was seen. */
export async function findCopy(db: Db, paperId: string) {
  return db
    .selectFrom("guardian_paper_copy")
    .leftJoin("data_key", "data_key.key_id", "guardian_paper_copy.data_key_id")
    .select(["copy_id as copyId", "sealed", "data_key_id as dataKeyId", "version as keyVersion", "wrapped"])
    .where("paper_id", "=", paperId)
    .executeTakeFirst();
}

/** The guardian whom an officer found declaring for a child. */
export interface NamedGuardian {
  guardianId: string;
  relation: Relation;
  paperId: string;
  fromOn: string;
  lastOn: string | null;
}

export async function findNamed(db: Db | Tx, declarationId: string): Promise<NamedGuardian | undefined> {
  const row = await db
    .selectFrom("declaration_guardian")
    .select(["guardian_id as guardianId", "relation", "paper_id as paperId", "from_on as fromOn", "last_on as lastOn"])
    .where("declaration_id", "=", declarationId)
    .executeTakeFirst();
  return row as NamedGuardian | undefined;
}

/** The last naming counts, as long as the file is not decided. */
export async function saveNamed(
  tx: Tx,
  declarationId: string,
  named: NamedGuardian & { at: Date; by: string },
): Promise<void> {
  const { guardianId, relation, paperId, fromOn, lastOn, at, by } = named;
  const values = {
    guardian_id: guardianId,
    relation,
    paper_id: paperId,
    from_on: fromOn,
    last_on: lastOn,
    named_at: at,
    named_by: by,
  };
  await tx
    .insertInto("declaration_guardian")
    .values({ declaration_id: declarationId, ...values })
    .onConflict((conflict) => conflict.column("declaration_id").doUpdateSet(values))
    .execute();
}
