import { sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";
import { type CodePurpose, DAY_MS, HOUR_MS, type Recent } from "./rules.ts";

export interface NewCode {
  code_id: string;
  purpose: CodePurpose;
  bound_to: Buffer;
  subject_mark: Buffer;
  recipient_mark: Buffer;
  channel: "sms" | "email";
  code_mark: Buffer;
  block_mark: Buffer | null;
  created_at: Date;
  ends_at: Date;
  tries_left: number;
}

export async function insertCode(tx: Tx, code: NewCode): Promise<void> {
  await tx.insertInto("one_time_code").values(code).execute();
}

/** How many codes were sent lately. Asks of one subject, recipient or block wait for each other. */
export async function countRecent(
  tx: Tx,
  marks: { subject: Buffer; recipient: Buffer; block: Buffer | null },
  now: Date,
): Promise<Recent> {
  const { subject, recipient, block } = marks;
  for (const mark of [subject, recipient, ...(block ? [block] : [])].toSorted(Buffer.compare)) {
    await sql`select pg_advisory_xact_lock(hashtextextended(${mark.toString("hex")}, 0))`.execute(tx);
  }
  const dayAgo = new Date(now.getTime() - DAY_MS);
  const hourAgo = new Date(now.getTime() - HOUR_MS);
  const { rows } = await sql<Record<keyof Recent, string>>`
    select
      (select count(*) from one_time_code where subject_mark = ${subject} and created_at > ${dayAgo}) as "subjectToday",
      (select count(*) from one_time_code where recipient_mark = ${recipient} and created_at > ${hourAgo})
        as "recipientThisHour",
      (select count(*) from one_time_code where created_at > ${hourAgo}) as "allThisHour",
      (select count(*) from one_time_code
        where block_mark = ${block} and proved_at is null and created_at > ${hourAgo}) as "unreadInBlock"
  `.execute(tx);
  const [row] = rows;
  return {
    subjectToday: Number(row?.subjectToday),
    recipientThisHour: Number(row?.recipientThisHour),
    allThisHour: Number(row?.allThisHour),
    unreadInBlock: Number(row?.unreadInBlock),
  };
}

/** Takes one of the three tries of an open code before it is compared: tries sent at the same moment cannot exceed three. */
export async function takeTry(db: Db, which: { codeId: string; purpose: CodePurpose; boundTo: Buffer }, now: Date) {
  return db
    .updateTable("one_time_code")
    .set((e) => ({ tries_left: e("tries_left", "-", 1) }))
    .where("code_id", "=", which.codeId)
    .where("purpose", "=", which.purpose)
    .where("bound_to", "=", which.boundTo)
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
export async function closeEarlier(tx: Tx, purpose: CodePurpose, boundTo: Buffer, now: Date): Promise<void> {
  await tx
    .updateTable("one_time_code")
    .set({ ends_at: now })
    .where("purpose", "=", purpose)
    .where("bound_to", "=", boundTo)
    .where("ends_at", ">", now)
    .execute();
}

export async function dropOldCodes(db: Db, before: Date): Promise<bigint> {
  const done = await db.deleteFrom("one_time_code").where("created_at", "<", before).executeTakeFirst();
  return done.numDeletedRows;
}
