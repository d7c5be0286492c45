import { sql } from "kysely";
import { deleteOld } from "../db/delete-old.ts";
import type { Db, Tx } from "../db/house.ts";
import { amongMarks, lockMarks, type Marks } from "../db/marks.ts";
import { inTransaction } from "../db/transaction.ts";
import { lock, WINDOW_KEPT_MS } from "./rules.ts";

/** Tries at passwords and codes: five, then a quarter of an hour. */
export interface WindowKey {
  /** Of whoever is tried; under every secret, so that nobody gets new tries because one was turned over. */
  subjectMarks: Marks;
  /** "" for all devices that are not known. */
  device: string;
}

/** Takes one of the five tries, before the password is looked at. Undefined when the door is closed. */
export async function takeTry(db: Db, key: WindowKey, now: Date): Promise<number | undefined> {
  if (key.subjectMarks.length === 1) return takeOne(db, key, now);
  return inTransaction(db, async (tx) => {
    await carryOver(tx, key);
    return takeOne(tx, key, now);
  });
}

/**
 * One statement, so tries sent at the same moment cannot exceed five. When the door is closed nothing is written, so
 * that a storm before a closed door costs reads only. Nobody waits for the disk: a database that dies forgets the tries
 * of half a second.
 */
async function takeOne(db: Db | Tx, key: WindowKey, now: Date): Promise<number | undefined> {
  const [subjectMark] = key.subjectMarks;
  const closesAt = new Date(now.getTime() + lock.milliseconds);
  const { rows } = await sql<{ tries: number }>`
    insert into sign_in_window as held (subject_mark, device, tries, touched_at)
    select ${subjectMark}, ${key.device}, 1, ${now}::timestamptz
     where set_config('synchronous_commit', 'off', true) = 'off' and not exists (select from sign_in_window
      where subject_mark = ${subjectMark} and device = ${key.device} and locked_until > ${now})
    on conflict (subject_mark, device) do update set
      tries = case when held.locked_until is null then held.tries + 1 else 1 end,
      locked_until = case when held.locked_until is null and held.tries + 1 >= ${lock.tries} then ${closesAt}::timestamptz end,
      touched_at = ${now}
    where held.locked_until is null or held.locked_until <= ${now}
    returning tries`.execute(db);
  return rows[0]?.tries;
}

/** What was counted under another secret goes on under the one in front; a process that has the other takes it back. */
async function carryOver(tx: Tx, { subjectMarks, device }: WindowKey): Promise<void> {
  const [front, ...others] = subjectMarks;
  await lockMarks(tx, subjectMarks);
  await sql`
    with gone as (
      delete from sign_in_window where subject_mark ${amongMarks(others)} and device = ${device}
      returning tries, locked_until, touched_at)
    insert into sign_in_window as held (subject_mark, device, tries, locked_until, touched_at)
    select ${front}::bytea, ${device}, max(tries), max(locked_until), max(touched_at) from gone having count(*) > 0
    on conflict (subject_mark, device) do update set
      tries = greatest(held.tries, excluded.tries),
      locked_until = greatest(held.locked_until, excluded.locked_until),
      touched_at = greatest(held.touched_at, excluded.touched_at)`.execute(tx);
}

export async function lockedUntil(db: Db, key: WindowKey): Promise<Date | null> {
  const row = await db
    .selectFrom("sign_in_window")
    .select((e) => e.fn.max("locked_until").as("until"))
    .where("subject_mark", "in", key.subjectMarks)
    .where("device", "=", key.device)
    .executeTakeFirst();
  return row?.until ?? null;
}

/** The right password was given: this device begins to count anew. */
export async function clearWindow(db: Db | Tx, key: WindowKey): Promise<void> {
  await db
    .deleteFrom("sign_in_window")
    .where("subject_mark", "in", key.subjectMarks)
    .where("device", "=", key.device)
    .execute();
}

/** A new password was set by other proof: every device begins to count anew. */
export async function clearWindows(tx: Tx, subjectMarks: Marks): Promise<void> {
  await tx.deleteFrom("sign_in_window").where("subject_mark", "in", subjectMarks).execute();
}

export async function dropOldWindows(db: Db, now: Date): Promise<number> {
  const before = new Date(now.getTime() - WINDOW_KEPT_MS);
  return deleteOld(db, "sign_in_window", { age: "touched_at", key: ["subject_mark", "device"], before });
}
