/** The messages of one campaign: what became of them, and taking back those that have not gone out. */
import { sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";

export interface MailingCounts {
  /** Rows of the outbox: each is in exactly one of waiting, submitted, failed before it was taken, or ended unsent. */
  written: number;
  waiting: number;
  /** Taken by a provider, whatever came after. */
  submitted: number;
  /** On the handset, by the network's word; e-mail has no such report. */
  delivered: number;
  failed: number;
  /** Taken back when the campaign was stopped. */
  withdrawn: number;
  /** Ended at the last moment because the recipient refuses campaigns. */
  refusedInTime: number;
  /** Ended because the campaign was over, or the person had come further. */
  over: number;
  cameFurther: number;
}

export async function countMailing(db: Db, mailingId: string): Promise<MailingCounts> {
  const { rows } = await sql<MailingCounts>`
    select count(*)::integer as written,
           count(*) filter (where state in ('queued', 'sending', 'unknown'))::integer as waiting,
           count(sent_at)::integer as submitted,
           count(*) filter (where state = 'delivered')::integer as delivered,
           count(*) filter (where state = 'failed')::integer as failed,
           count(*) filter (where state = 'overtaken' and last_error = 'withdrawn')::integer as withdrawn,
           count(*) filter (where state = 'overtaken' and last_error = 'campaigns_refused')::integer as "refusedInTime",
           count(*) filter (where state = 'overtaken' and last_error = 'campaign_over')::integer as over,
           count(*) filter (where state = 'overtaken' and last_error = 'came_further')::integer as "cameFurther"
      from notice where mailing_id = ${mailingId}::uuid`.execute(db);
  const [counts] = rows;
  if (!counts) throw new Error("a count has one row");
  return counts;
}

/** What has not gone out does not go out any more. One that is being sent at this moment is judged at its gate. */
export async function withdrawMailing(tx: Tx, mailingId: string, now: Date): Promise<number> {
  const { numAffectedRows } = await sql`
    update notice set state = 'overtaken', ended_at = ${now}, last_error = 'withdrawn'
     where mailing_id = ${mailingId}::uuid and state = 'queued'`.execute(tx);
  return Number(numAffectedRows ?? 0n);
}

export interface MailingNotice {
  noticeId: string;
  mailingId: string;
  channel: "sms" | "email";
  recipient: string;
}

const columns = sql`notice_id as "noticeId", mailing_id as "mailingId", channel, recipient`;

export async function findMailingNotice(db: Db | Tx, noticeId: string): Promise<MailingNotice | undefined> {
  const { rows } = await sql<MailingNotice>`
    select ${columns} from notice where notice_id = ${noticeId}::bigint and mailing_id is not null`.execute(db);
  return rows[0];
}

/** The campaign of which something was last written to an address. */
export async function lastMailingTo(db: Db | Tx, address: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select mailing_id as id from notice where recipient = ${address} and mailing_id is not null
     order by notice_id desc limit 1`.execute(db);
  return rows[0]?.id ?? null;
}

/** The same for a person, wherever it went. */
export async function lastMailingOf(db: Db | Tx, personId: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select mailing_id as id from notice where person_id = ${personId}::bigint and mailing_id is not null
     order by created_at desc limit 1`.execute(db);
  return rows[0]?.id ?? null;
}
