/** What a restored database must forget, and what it must not send by itself. */
import { sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";
import { HELD } from "./rules.ts";

/** Until which change the log was played; undefined where the copy needed none. */
export async function restoredTo(db: Db): Promise<Date | undefined> {
  const { rows } = await sql<{ at: Date | null }>`select pg_last_xact_replay_timestamp() as at`.execute(db);
  return rows[0]?.at ?? undefined;
}

/**
 * What lets somebody in without a password of their own: used, ended or replaced after the restored moment, it would
 * open again. How many of each were ended.
 */
export async function endSecrets(tx: Tx, now: Date): Promise<Record<string, number>> {
  const counted = async (statement: ReturnType<typeof sql>): Promise<number> =>
    Number((await statement.execute(tx)).numAffectedRows ?? 0n);
  return {
    sessions: await counted(sql`update session set ended_at = ${now} where ended_at is null`),
    codes: await counted(sql`delete from one_time_code where used_at is null`),
    tickets: await counted(sql`delete from sign_in_ticket`),
    challenges: await counted(sql`delete from passkey_challenge`),
    eidRequests: await counted(sql`delete from eid_request`),
    invitations: await counted(
      sql`update drive_invitation set ends_at = ${now} where accepted_at is null and withdrawn_at is null and ends_at > ${now}`,
    ),
    activations: await counted(sql`update account set issued_until = ${now} where issued_until > ${now}`),
  };
}

/**
 * Everything that waits to be sent, and everything whose report of delivery is waited for: which of it a provider took
 * after the restored moment cannot be known. Held as failed, so that it is seen and released by hand.
 */
export async function holdNotices(tx: Tx, now: Date): Promise<void> {
  await sql`
    update notice set state = 'failed', ended_at = ${now}, last_error = ${HELD}, lease_owner = null, followed_at = ${now}
     where state in ('queued', 'sending', 'unknown')`.execute(tx);
  await sql`
    update notice_attempt set ended_at = ${now}, outcome = 'unknown', error = ${HELD} where ended_at is null`.execute(
    tx,
  );
  await sql`
    update notice set awaits_receipt = false, unconfirmed_at = ${now}, sealed_fields = null where awaits_receipt`.execute(
    tx,
  );
}

export async function countHeld(tx: Tx): Promise<number> {
  const row = await tx
    .selectFrom("notice")
    .select((e) => e.fn.countAll<string>().as("n"))
    .where("last_error", "=", HELD)
    .executeTakeFirstOrThrow();
  return Number(row.n);
}

/** A new round of tries for what was held; codes past their time stay where they are. */
export async function releaseNotices(tx: Tx, now: Date): Promise<number> {
  const released = await sql`
    update notice set state = 'queued', queued_at = ${now}, next_at = ${now}, tries = 0, ended_at = null, last_error = null,
                      last_provider = null, followed_at = null
     where state = 'failed' and last_error = ${HELD} and (class <> 'code' or due_at > ${now})`.execute(tx);
  return Number(released.numAffectedRows ?? 0n);
}
