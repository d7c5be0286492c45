import { sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";
import { amongMarks, lockMarks, type Marks } from "../db/marks.ts";
import { type CodePurpose, DAY_MS, HOUR_MS, type Recent, TRIES } from "./rules.ts";

export interface NewCode {
  code_id: string;
  purpose: CodePurpose;
  bound_to: Buffer;
  person_id: string | null;
  channel: "sms" | "email";
  code_mark: Buffer;
  created_at: Date;
  ends_at: Date;
  tries_left: number;
}

export async function insertCode(tx: Tx, code: NewCode): Promise<void> {
  await tx.insertInto("one_time_code").values(code).execute();
}

export interface NewMessage {
  message_id: string;
  /** What it is counted by; of neither block nor prefix where there is none. */
  subject: Marks;
  recipient: Marks;
  block: readonly Buffer[];
  prefix: readonly Buffer[];
  is_sent: boolean;
  is_receipt: boolean;
  sent_at: Date;
}

export async function insertMessage(tx: Tx, message: NewMessage): Promise<void> {
  const { subject, recipient, block, prefix, ...row } = message;
  const [block_mark = null] = block;
  const [prefix_mark = null] = prefix;
  const marks = { subject_mark: subject[0], recipient_mark: recipient[0], block_mark, prefix_mark };
  await tx
    .insertInto("code_message")
    .values({ ...row, ...marks })
    .execute();
}

/** A prefix is judged by its newest codes: a busy one costs no more to look at than a quiet one. */
const LATEST_IN_PREFIX = 200;

/** From here to the end of the transaction asks of one subject, recipient or block wait for each other. */
export async function joinLine(tx: Tx, message: NewMessage): Promise<void> {
  const { subject, recipient, block } = message;
  // Those who are nobody would all wait in a few lines. They take as many locks as everybody.
  const third = message.is_sent && block.length > 0 ? block : recipient;
  await lockMarks(tx, [...subject, ...recipient, ...third]);
}

/** How many messages were sent lately. */
export async function countRecent(tx: Tx, message: NewMessage, now: Date): Promise<Recent> {
  const { subject, recipient, block, prefix } = message;
  const dayAgo = new Date(now.getTime() - DAY_MS);
  const hourAgo = new Date(now.getTime() - HOUR_MS);
  const { rows } = await sql<Record<keyof Recent, string>>`
    with latest as (
      select code.proved_at is not null as is_read
        from (select message_id from code_message
               where prefix_mark ${amongMarks(prefix)} and is_sent and sent_at > ${hourAgo}
               order by sent_at desc limit ${LATEST_IN_PREFIX}) other
        join one_time_code code on code.code_id = other.message_id
    )
    select
      (select count(*) from code_message where subject_mark ${amongMarks(subject)} and sent_at > ${dayAgo}) as "subjectToday",
      (select count(*) from code_message where recipient_mark ${amongMarks(recipient)} and sent_at > ${hourAgo})
        as "recipientThisHour",
      (select count(*) from code_message where is_sent and not is_receipt and sent_at > ${hourAgo}) as "allThisHour",
      (select count(*) from code_message where is_sent and not is_receipt and sent_at > ${dayAgo}) as "allToday",
      (select count(*) from code_message own
        where own.recipient_mark ${amongMarks(recipient)} and own.is_sent and own.sent_at > ${hourAgo}
          and not exists (select from one_time_code where code_id = own.message_id and proved_at is not null))
        as "unreadThere",
      (select count(*) from code_message other
        where other.block_mark ${amongMarks(block)} and other.is_sent and other.sent_at > ${hourAgo}
          and not other.recipient_mark ${amongMarks(recipient)}
          and not exists (select from one_time_code where code_id = other.message_id and proved_at is not null))
        as "unreadInBlock",
      (select count(*) from latest where not is_read) as "unreadInPrefix",
      (select count(*) from latest where is_read) as "readInPrefix"
  `.execute(tx);
  const [row] = rows;
  return {
    subjectToday: Number(row?.subjectToday),
    recipientThisHour: Number(row?.recipientThisHour),
    allThisHour: Number(row?.allThisHour),
    allToday: Number(row?.allToday),
    unreadThere: Number(row?.unreadThere),
    unreadInBlock: Number(row?.unreadInBlock),
    unreadInPrefix: Number(row?.unreadInPrefix),
    readInPrefix: Number(row?.readInPrefix),
  };
}

/** Wrong codes of the last hour, by all. */
export async function countWrong(db: Db, now: Date): Promise<number> {
  const row = await db
    .selectFrom("one_time_code")
    .select((e) => e.fn.sum<string | null>(e(e.val(TRIES), "-", e.ref("tries_left"))).as("wrong"))
    .where("created_at", ">", new Date(now.getTime() - HOUR_MS))
    .where("proved_at", "is", null)
    .executeTakeFirst();
  return Number(row?.wrong ?? 0);
}

/** Whose account a code opens and how it went out; undefined when it never was. */
export async function findCode(
  db: Db,
  codeId: string,
): Promise<{ person_id: string | null; channel: "sms" | "email" } | undefined> {
  const row = await db
    .selectFrom("one_time_code")
    .select(["person_id", "channel"])
    .where("code_id", "=", codeId)
    .executeTakeFirst();
  return row && { person_id: row.person_id, channel: row.channel === "sms" ? "sms" : "email" };
}

/** Takes one of the three tries of an open code before it is compared: tries sent at the same moment cannot exceed three. */
export async function takeTry(
  db: Db,
  which: { codeId: string; purpose: CodePurpose; boundTo: readonly Buffer[] },
  now: Date,
  isGuessing: boolean,
) {
  return db
    .updateTable("one_time_code")
    .set((e) => ({ tries_left: isGuessing ? 0 : e("tries_left", "-", 1) }))
    .where("code_id", "=", which.codeId)
    .where("purpose", "=", which.purpose)
    .where("bound_to", "in", which.boundTo)
    .where("tries_left", ">", 0)
    .where("used_at", "is", null)
    .where("ends_at", ">", now)
    .returning(["code_mark", "tries_left"])
    .executeTakeFirst();
}

/** The code was right: the try that found it does not count, so that a fault beside it can be mended. */
export async function markProved(db: Db, codeId: string, now: Date): Promise<void> {
  await db
    .updateTable("one_time_code")
    .set((e) => ({ proved_at: now, tries_left: e("tries_left", "+", 1) }))
    .where("code_id", "=", codeId)
    .where("used_at", "is", null)
    .execute();
}

/** Of several uses of one code at the same moment one is first; only that one is true. */
export async function useCode(tx: Tx, codeId: string, now: Date): Promise<boolean> {
  const done = await tx
    .updateTable("one_time_code")
    .set({ used_at: now })
    .where("code_id", "=", codeId)
    .where("proved_at", "is not", null)
    .where("used_at", "is", null)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** Only the newest code works: the earlier ones of the same request end. */
export async function closeEarlier(tx: Tx, purpose: CodePurpose, boundTo: readonly Buffer[], now: Date): Promise<void> {
  await tx
    .updateTable("one_time_code")
    .set({ ends_at: now })
    .where("purpose", "=", purpose)
    .where("bound_to", "in", boundTo)
    .where("ends_at", ">", now)
    .execute();
}

/** Other codes of the same person and purpose open nothing any more. */
export async function closeCodesOf(tx: Tx, purpose: CodePurpose, personId: string, now: Date): Promise<void> {
  await tx
    .updateTable("one_time_code")
    .set({ ends_at: now })
    .where("person_id", "=", personId)
    .where("purpose", "=", purpose)
    .where("used_at", "is", null)
    .where("ends_at", ">", now)
    .execute();
}

export async function dropOldCodes(db: Db, before: Date): Promise<bigint> {
  await db.deleteFrom("code_message").where("sent_at", "<", before).execute();
  const done = await db.deleteFrom("one_time_code").where("created_at", "<", before).executeTakeFirst();
  return done.numDeletedRows;
}
