/** Letters and their PDFs. Every change asks for a draft: what was sent stays as it was sent. */
import { sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";
import type { LetterHead } from "./rules.ts";

export interface Letter extends LetterHead {
  id: string;
  officeCode: string | null;
  unitCode: string | null;
  madeAt: Date;
  sentAt: Date | null;
  pdfSha256: Buffer;
  pdfBytes: number;
  /** A later letter was sent in its place. */
  replacedBy: { id: string; number: string; datedOn: string } | null;
  /** The letter that this one replaces. */
  replaces: { id: string; number: string; datedOn: string } | null;
}

/** Whose letters: of these offices, or of these units. */
export interface Senders {
  offices: readonly string[];
  units: readonly string[];
}

export type NewLetter = LetterHead & {
  officeCode: string | null;
  unitCode: string | null;
  madeAt: Date;
  madeBy: string;
};

export async function insertLetter(tx: Tx, letter: NewLetter): Promise<string> {
  const { officeCode: office_code, unitCode: unit_code, madeAt: made_at, madeBy: made_by } = letter;
  const row = await tx
    .insertInto("letter")
    .values({ ...columnsOf(letter), office_code, unit_code, made_at, made_by })
    .returning("letter_id")
    .executeTakeFirstOrThrow();
  return row.letter_id;
}

/** False when it is no draft any more. */
export async function updateDraft(tx: Tx, id: string, head: LetterHead): Promise<boolean> {
  const done = await tx
    .updateTable("letter")
    .set(columnsOf(head))
    .where("letter_id", "=", id)
    .where("sent_at", "is", null)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

const columnsOf = (head: LetterHead) => ({
  number: head.number,
  dated_on: head.datedOn,
  subject: head.subject,
  issuer: head.issuer,
  signed_by: head.signedBy,
  lang: head.lang,
  answer_by: head.answerBy,
  reply_email: head.replyEmail,
  replaces_id: head.replacesId,
});

export interface Paper {
  sealed: Buffer;
  sha256: Buffer;
  sizeBytes: number;
  keyId: string;
}

export async function savePaper(tx: Tx, letterId: string, { sealed, sha256, sizeBytes, keyId }: Paper): Promise<void> {
  const paper = { sealed_pdf: sealed, sha256, size_bytes: sizeBytes, key_id: keyId };
  await tx
    .insertInto("letter_paper")
    .values({ letter_id: letterId, ...paper })
    .onConflict((conflict) => conflict.column("letter_id").doUpdateSet(paper))
    .execute();
}

export async function findPaper(db: Db, letterId: string): Promise<Buffer | undefined> {
  const row = await db
    .selectFrom("letter_paper")
    .select("sealed_pdf")
    .where("letter_id", "=", letterId)
    .executeTakeFirst();
  return row?.sealed_pdf;
}

/** How many letters, and how much of PDF, are kept of one office or unit, but for one of them. */
export async function lettersKept(
  tx: Tx,
  of: { officeCode: string | null; unitCode: string | null },
  but: string,
): Promise<{ files: number; bytes: number }> {
  let kept = tx
    .selectFrom("letter")
    .innerJoin("letter_paper", "letter_paper.letter_id", "letter.letter_id")
    .select([
      sql<number>`count(*)::int`.as("files"),
      sql<string>`coalesce(sum(letter_paper.size_bytes), 0)::text`.as("bytes"),
    ]);
  kept = of.officeCode
    ? kept.where("letter.office_code", "=", of.officeCode)
    : kept.where("letter.unit_code", "=", of.unitCode);
  const { files, bytes } = await kept.where("letter.letter_id", "!=", but).executeTakeFirstOrThrow();
  return { files, bytes: Number(bytes) };
}

/** From now on nothing of it changes. False when it was sent already. */
export async function markSent(tx: Tx, id: string, at: Date, by: string): Promise<boolean> {
  const done = await tx
    .updateTable("letter")
    .set({ sent_at: at, sent_by: by })
    .where("letter_id", "=", id)
    .where("sent_at", "is", null)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

const wholeLetter = (db: Db | Tx) =>
  db
    .selectFrom("letter")
    .innerJoin("letter_paper", "letter_paper.letter_id", "letter.letter_id")
    .leftJoin("letter as later", (join) =>
      join.onRef("later.replaces_id", "=", "letter.letter_id").on("later.sent_at", "is not", null),
    )
    .leftJoin("letter as earlier", "earlier.letter_id", "letter.replaces_id")
    .select([
      "letter.letter_id as id",
      "letter.office_code as officeCode",
      "letter.unit_code as unitCode",
      "letter.number",
      "letter.dated_on as datedOn",
      "letter.subject",
      "letter.issuer",
      "letter.signed_by as signedBy",
      sql<"vi" | "en">`letter.lang`.as("lang"),
      "letter.answer_by as answerBy",
      "letter.reply_email as replyEmail",
      "letter.replaces_id as replacesId",
      "letter.made_at as madeAt",
      "letter.sent_at as sentAt",
      "letter_paper.sha256 as pdfSha256",
      "letter_paper.size_bytes as pdfBytes",
      sql<Letter["replacedBy"]>`case when later.letter_id is not null then json_build_object(
        'id', later.letter_id::text, 'number', later.number, 'datedOn', later.dated_on) end`.as("replacedBy"),
      sql<Letter["replaces"]>`case when earlier.letter_id is not null then json_build_object(
        'id', earlier.letter_id::text, 'number', earlier.number, 'datedOn', earlier.dated_on) end`.as("replaces"),
    ]);

export async function findLetter(db: Db | Tx, id: string): Promise<Letter | undefined> {
  return wholeLetter(db).where("letter.letter_id", "=", id).executeTakeFirst();
}

/** The same, held until the transaction ends, so that it is sent only as it was read. */
export async function lockLetter(tx: Tx, id: string): Promise<Letter | undefined> {
  await tx.selectFrom("letter").select("letter_id").where("letter_id", "=", id).forUpdate().execute();
  return findLetter(tx, id);
}

export interface ListedLetter extends Pick<Letter, "id" | "number" | "datedOn" | "subject" | "sentAt"> {
  addressees: number;
  opened: number;
  signed: number;
  /** The last word in a thread is a question. */
  unanswered: number;
  isReplaced: boolean;
  /** What comes before the next page. */
  place: string;
}

/** Drafts first, then those that were asked about, then the newest; counts are of addressees. */
export async function listLetters(
  db: Db,
  { offices, units }: Senders,
  { limit, after }: { limit: number; after?: string | undefined },
): Promise<ListedLetter[]> {
  const [rank = "-1", id = "0"] = after?.split("-") ?? [];
  const { rows } = await sql<ListedLetter>`
    with asked as materialized (
      select a.letter_id from letter_talk t join letter_addressee a on a.addressee_id = t.addressee_id
       where not t.is_answer and not exists (
         select from letter_talk later where later.addressee_id = t.addressee_id and later.talk_no > t.talk_no)),
    ranked as (
      select l.*, case when l.sent_at is null then 0
                       when l.letter_id in (select letter_id from asked) then 1 else 2 end as rank
        from letter l
       where l.office_code = any(${[...offices]}::text[]) or l.unit_code = any(${[...units]}::text[])),
    l as (
      select * from ranked where (rank, -letter_id) > (${rank}::integer, -${id}::bigint)
       order by rank, letter_id desc limit ${limit})
    select l.letter_id::text as id, l.rank || '-' || l.letter_id as place, l.number, l.dated_on as "datedOn", l.subject, l.sent_at as "sentAt",
      c.addressees::int, c.opened::int, c.signed::int, c.unanswered::int,
      exists (select from letter later where later.replaces_id = l.letter_id and later.sent_at is not null) as "isReplaced"
    from l
    cross join lateral (
      select count(*) as addressees, count(a.opened_at) as opened, count(r.signed_at) as signed,
        count(*) filter (where not t.is_answer) as unanswered
      from letter_addressee a
      left join letter_receipt r on r.addressee_id = a.addressee_id
      left join lateral (select is_answer from letter_talk where addressee_id = a.addressee_id
                          order by talk_no desc limit 1) t on true
      where a.letter_id = l.letter_id) c
    order by l.rank, l.letter_id desc`.execute(db);
  return rows;
}

export interface ReceivedLetter extends Pick<Letter, "id" | "number" | "datedOn" | "subject" | "issuer" | "answerBy"> {
  addresseeId: string;
  unitName: string;
  sentAt: Date;
  openedAt: Date | null;
  signedAt: Date | null;
  /** What comes before the next page. */
  place: string;
}

/** What was sent to these units: unsigned ones first, then the newest. */
export async function listReceived(
  db: Db,
  units: readonly string[],
  { limit, after }: { limit: number; after?: string | undefined },
): Promise<ReceivedLetter[]> {
  const rank = sql<number>`(r.signed_at is not null)::integer`;
  const [isSigned = "-1", letterId = "0", ...rest] = after?.split("-") ?? [];
  const addresseeId = rest.join("-") || null;
  return db
    .selectFrom("letter_addressee as a")
    .innerJoin("letter as l", "l.letter_id", "a.letter_id")
    .leftJoin("letter_receipt as r", "r.addressee_id", "a.addressee_id")
    .select([
      "l.letter_id as id",
      "l.number",
      "l.dated_on as datedOn",
      "l.subject",
      "l.issuer",
      "l.answer_by as answerBy",
      "a.addressee_id as addresseeId",
      "a.name as unitName",
      sql<Date>`l.sent_at`.as("sentAt"),
      "a.opened_at as openedAt",
      "r.signed_at as signedAt",
      sql<string>`${rank} || '-' || l.letter_id || '-' || a.addressee_id`.as("place"),
    ])
    .where("a.unit_code", "in", units.length ? [...units] : [""])
    .where("l.sent_at", "is not", null)
    .where(
      sql<boolean>`(${rank}, -l.letter_id, a.addressee_id)
        > (${isSigned}::integer, -${letterId}::bigint, ${addresseeId}::uuid)`,
    )
    .orderBy(rank)
    .orderBy("l.letter_id", "desc")
    .orderBy("a.addressee_id")
    .limit(limit)
    .execute();
}
