import { sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";
import { HOUR_AND_DAY_MS } from "./rules.ts";

/** One-time codes for a new password, known or unknown numbers alike. */

export interface NewRecovery {
  request_id: string;
  subject_mark: Buffer;
  person_id: string | null;
  channel: "sms" | "email";
  code_mark: Buffer;
  created_at: Date;
  ends_at: Date;
  tries_left: number;
}

export async function insertRecovery(tx: Tx, request: NewRecovery): Promise<void> {
  await tx.insertInto("recovery_request").values(request).execute();
}

/** How often a code was asked for one number in the last hour and day; asks of the same number wait for each other. */
export async function countRecent(tx: Tx, subjectMark: Buffer, now: Date): Promise<{ hour: number; day: number }> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${subjectMark.toString("hex")}, 0))`.execute(tx);
  const hourAgo = new Date(now.getTime() - HOUR_AND_DAY_MS.hour);
  const row = await tx
    .selectFrom("recovery_request")
    .select((e) => [
      e.fn.countAll<string>().as("day"),
      e.fn.countAll<string>().filterWhere("created_at", ">", hourAgo).as("hour"),
    ])
    .where("subject_mark", "=", subjectMark)
    .where("created_at", ">", new Date(now.getTime() - HOUR_AND_DAY_MS.day))
    .executeTakeFirstOrThrow();
  return { hour: Number(row.hour), day: Number(row.day) };
}

/** Takes one of the three tries of an open request, before the code is compared. */
export async function takeCodeTry(db: Db, requestId: string, now: Date) {
  return db
    .updateTable("recovery_request")
    .set((e) => ({ tries_left: e("tries_left", "-", 1) }))
    .where("request_id", "=", requestId)
    .where("tries_left", ">", 0)
    .where("used_at", "is", null)
    .where("ends_at", ">", now)
    .returning(["person_id", "code_mark", "tries_left", "subject_mark"])
    .executeTakeFirst();
}

/** The code was right and the new password was not: that try does not count. */
export async function giveTryBack(db: Db, requestId: string): Promise<void> {
  await db
    .updateTable("recovery_request")
    .set((e) => ({ tries_left: e("tries_left", "+", 1) }))
    .where("request_id", "=", requestId)
    .where("used_at", "is", null)
    .execute();
}

/** Of several uses of one code at the same moment one is first; only that one is true. */
export async function useRecovery(tx: Tx, requestId: string, now: Date): Promise<boolean> {
  const done = await tx
    .updateTable("recovery_request")
    .set({ used_at: now })
    .where("request_id", "=", requestId)
    .where("used_at", "is", null)
    .where("ends_at", ">", now)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** Other codes of the same person open nothing any more. */
export async function closeRecoveries(tx: Tx, subjectMark: Buffer, now: Date): Promise<void> {
  await tx
    .updateTable("recovery_request")
    .set({ used_at: now })
    .where("subject_mark", "=", subjectMark)
    .where("used_at", "is", null)
    .execute();
}

export async function dropOldRecoveries(db: Db, before: Date): Promise<bigint> {
  const done = await db.deleteFrom("recovery_request").where("created_at", "<", before).executeTakeFirst();
  return done.numDeletedRows;
}
