/** Messages that may be what killed their senders: whether one is due, and the end of those that were caught. */
import { sql } from "kysely";
import type { Db } from "../db/house.ts";
import { ISOLATED_AFTER } from "./rules-suspects.ts";
import { type Claim, isDueFor } from "./store.ts";

/** What a sender could take now. */
export type Look = Omit<Claim, "limit" | "owner" | "leaseUntil">;

export async function hasSuspect(db: Db, look: Look): Promise<boolean> {
  const { rows } = await sql<{ isThere: boolean }>`
    select exists (select from notice where ${isDueFor(look)}) as "isThere"`.execute(db);
  return rows[0]?.isThere ?? false;
}

/**
 * Ends those that went alone and whose sender died all the same; answers which. What it may have sent stays "unknown". A
 * code keeps no secret, a result keeps it for a resend.
 */
export async function isolateKillers(
  db: Db,
  { channel, now, inFlight, mayTakeOver }: Pick<Look, "channel" | "now" | "inFlight" | "mayTakeOver">,
): Promise<string[]> {
  if (!mayTakeOver) return [];
  const { rows } = await sql<{ notice_id: string }>`
    with caught as (
      select notice_id from notice
       where channel = ${channel} and state in ('queued', 'sending', 'unknown') and next_at <= ${now}
         and unanswered >= ${sql.lit(ISOLATED_AFTER)}
         and not (notice_id = any(${inFlight as string[]}::bigint[]))
       for update skip locked
    ), orphaned as (
      update notice_attempt attempt set ended_at = ${now}, outcome = 'unknown', error = 'lease_ended'
        from caught
       where attempt.notice_id = caught.notice_id and attempt.ended_at is null
    )
    update notice
       set state = 'failed', ended_at = ${now}, last_error = 'isolated', lease_owner = null,
           sealed_fields = case when class = 'code' then null else sealed_fields end
      from caught
     where notice.notice_id = caught.notice_id
    returning notice.notice_id`.execute(db);
  return rows.map(({ notice_id }) => notice_id);
}
