import { sql } from "kysely";
import { deleteOld } from "../db/delete-old.ts";
import type { Db, Tx } from "../db/house.ts";
import { amongMarks, lockMarks, type Marks } from "../db/marks.ts";
import { type CodePurpose, DAY_MS, HOUR_MS, MINUTE_MS, OWNERS_OWN, type Recent, TRIES } from "./rules.ts";

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

/** From here to the end of the transaction asks of one subject, recipient or block wait for each other. */
export async function joinLine(tx: Tx, message: NewMessage): Promise<void> {
  const { subject, recipient, block } = message;
  // Those who are nobody would all wait in a few lines. They take as many locks as everybody.
  const third = message.is_sent && block.length > 0 ? block : recipient;
  await lockMarks(tx, [...subject, ...recipient, ...third]);
}

const isUnread = sql`not exists (select from one_time_code
   where code_id = code_message.message_id and proved_at is not null)`;

const isOwnersOwn = sql`exists (select from one_time_code
   where code_id = code_message.message_id and purpose = any(${[...OWNERS_OWN]}::text[]))`;

/** Since when a message must have been sent, or have stood in the way, to hold its block; null where none does. */
const holdingSince = (restMs: number, now: Date) => (restMs > 0 ? new Date(now.getTime() - restMs) : null);

/**
 * How many messages were sent lately; `restMs`: how long an unread one holds its block, 0 for not at all. For the owner
 * of the telephone (`isOwners`) those do not count there that others have asked for.
 */
export async function countRecent(
  tx: Tx,
  message: NewMessage,
  { restMs, isOwners, now }: { restMs: number; isOwners: boolean; now: Date },
): Promise<Recent> {
  const { subject, recipient, block, prefix } = message;
  const dayAgo = new Date(now.getTime() - DAY_MS);
  const hourAgo = new Date(now.getTime() - HOUR_MS);
  const restAgo = holdingSince(restMs, now);
  const there = sql`recipient_mark ${amongMarks(recipient)} and sent_at > ${hourAgo}
    and ${isOwners ? isOwnersOwn : sql`true`}`;
  const { rows } = await sql<Record<keyof Recent, string>>`
    with neighbour as (
      select recipient_mark ${amongMarks(recipient)} as is_own, ${isUnread} as is_unread,
             greatest(sent_at, refused_at) > ${restAgo}::timestamptz as is_holding
        from code_message where block_mark ${amongMarks(block)} and is_sent and sent_at > ${hourAgo}
    )
    select
      (select count(*) from code_message where subject_mark ${amongMarks(subject)} and sent_at > ${dayAgo}) as "subjectToday",
      (select count(*) from code_message where ${there}) as "recipientThisHour",
      (select count(*) from code_message where is_sent and not is_receipt and sent_at > ${hourAgo}) as "allThisHour",
      (select count(*) from code_message where is_sent and not is_receipt and sent_at > ${dayAgo}) as "allToday",
      (select count(*) from code_message where ${there} and is_sent and ${isUnread}) as "unreadThere",
      (select count(*) from neighbour where is_unread and not is_own) as "unreadInBlock",
      (select count(*) from neighbour where is_unread and not is_own and is_holding) as "holdingInBlock",
      (select count(*) from neighbour where not is_unread) as "readInBlock",
      (select count(distinct block_mark) from code_message
        where prefix_mark ${amongMarks(prefix)} and is_sent and sent_at > ${hourAgo} and refused_at > ${restAgo}::timestamptz) as "holdingBlocks"
  `.execute(tx);
  const [row] = rows;
  return {
    subjectToday: Number(row?.subjectToday),
    recipientThisHour: Number(row?.recipientThisHour),
    allThisHour: Number(row?.allThisHour),
    allToday: Number(row?.allToday),
    unreadThere: Number(row?.unreadThere),
    unreadInBlock: Number(row?.unreadInBlock),
    holdingInBlock: Number(row?.holdingInBlock),
    readInBlock: Number(row?.readInBlock),
    holdingBlocks: Number(row?.holdingBlocks),
  };
}

/** Codes of the last hour and day, by all. */
export async function countSent(db: Db, now: Date): Promise<Pick<Recent, "allThisHour" | "allToday">> {
  const dayAgo = new Date(now.getTime() - DAY_MS);
  const hourAgo = new Date(now.getTime() - HOUR_MS);
  const { rows } = await sql<{ hour: string; day: string }>`
    select count(*) filter (where sent_at > ${hourAgo}) as hour, count(*) as day
      from code_message where is_sent and not is_receipt and sent_at > ${dayAgo}`.execute(db);
  return { allThisHour: Number(rows[0]?.hour), allToday: Number(rows[0]?.day) };
}

/** Blocks of numbers that hold askings back. */
export async function countHolding(db: Db, restMs: number, now: Date): Promise<number> {
  const since = holdingSince(restMs, now);
  const { rows } = await sql<{ blocks: string }>`
    select count(distinct block_mark) as blocks from code_message where refused_at > ${since}::timestamptz`.execute(db);
  return Number(rows[0]?.blocks);
}

/** The newest unread message to another telephone of the block held this one back: its rest begins anew. */
export async function noteHeldBack(tx: Tx, message: NewMessage, now: Date): Promise<void> {
  const hourAgo = new Date(now.getTime() - HOUR_MS);
  const minuteAgo = new Date(now.getTime() - MINUTE_MS);
  await sql`
    update code_message set refused_at = ${now}
     where message_id = (
             select message_id from code_message
              where block_mark ${amongMarks(message.block)} and is_sent and sent_at > ${hourAgo}
                and not recipient_mark ${amongMarks(message.recipient)} and ${isUnread}
              order by sent_at desc limit 1)
       and (refused_at is null or refused_at <= ${minuteAgo})
  `.execute(tx);
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

export async function dropOldCodes(db: Db, before: Date): Promise<void> {
  await deleteOld(db, "code_message", { age: "sent_at", key: ["message_id"], before });
  await deleteOld(db, "one_time_code", { age: "created_at", key: ["code_id"], before });
}
