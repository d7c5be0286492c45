import { sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";

/** Passwords whose end is near. */

/** The golden part of 2³²: any two neighbours of the list stand far apart in the day. */
const SPREAD = 2_654_435_761;
const WHOLE_DAY = 2 ** 32;

const standsSince = (setOn: string) => sql<boolean>`
  password_kind = 'chosen' and password_dropped_at is null and status = 'active' and password_set_on = ${setOn}`;

/** Is this still the password of that person, and the one that ends? */
export async function isStillSet(db: Db, personId: string, setOn: string): Promise<boolean> {
  const row = await db
    .selectFrom("account")
    .select("person_id")
    .where("person_id", "=", personId)
    .where(standsSince(setOn))
    .executeTakeFirst();
  return row !== undefined;
}

export interface WarningBatch {
  setOn: string;
  days: number;
  /** Which part of the day's people has come, from 0 to 1. */
  share: number;
  limit: number;
}

/**
 * Takes people whose password was set that day and still stands, and who have not had this warning; marking and
 * choosing are one statement, so two workers never take one person, and a password changed meanwhile is not among them.
 */
export async function takeToWarn(tx: Tx, batch: WarningBatch): Promise<{ person_id: string; lang: string }[]> {
  const { setOn, days, share, limit } = batch;
  const { rows } = await sql<{ person_id: string; lang: string }>`
    with picked as (
      select person_id from account
       where ${standsSince(setOn)}
         and (password_warned_days is null or password_warned_days > ${days})
         and (person_id * ${SPREAD}::bigint) % ${WHOLE_DAY}::bigint < ${Math.ceil(share * WHOLE_DAY)}::bigint
       limit ${limit}
       for update skip locked
    )
    update account set password_warned_days = ${days}
      from picked where account.person_id = picked.person_id
    returning account.person_id, account.lang`.execute(tx);
  return rows;
}
