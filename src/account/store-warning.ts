import { sql } from "kysely";
import type { Tx } from "../db/house.ts";
import { SLOTS } from "./rules-warning.ts";

/** Passwords whose end is near. */

/** Any two neighbours of the list stand far apart in the day. */
const SPREAD = 7919;

export interface WarningBatch {
  setOn: string;
  days: number;
  /** Slots of the day that have come. */
  slots: number;
  limit: number;
}

/**
 * Takes people whose password was set that day and still stands, and who have not had this warning; marking and
 * choosing are one statement, so two workers never take one person, and a password changed meanwhile is not among them.
 */
export async function takeToWarn(tx: Tx, batch: WarningBatch): Promise<{ person_id: string; lang: string }[]> {
  const { setOn, days, slots, limit } = batch;
  const { rows } = await sql<{ person_id: string; lang: string }>`
    with picked as (
      select person_id from account
       where password_kind = 'chosen' and password_dropped_at is null and status = 'active' and password_set_on = ${setOn}
         and (password_warned_days is null or password_warned_days > ${days})
         and (person_id * ${SPREAD}) % ${SLOTS} < ${slots}
       limit ${limit}
       for update skip locked
    )
    update account set password_warned_days = ${days}
      from picked where account.person_id = picked.person_id
    returning account.person_id, account.lang`.execute(tx);
  return rows;
}
