/** Results that ended in vain: found by the sweep that looks after them; and telephones known to be dead. */
import { sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";
import type { ChannelName, NoticeState } from "./rules.ts";
import type { TemplateName } from "./rules-templates.ts";
import { meaningOf } from "./store.ts";

export interface FailedResult {
  id: string;
  dedupeKey: string;
  meaning: string;
  channel: ChannelName;
  template: TemplateName;
  lang: "vi" | "en";
  fields: Record<string, string>;
  sealed: Buffer | null;
  declarationId: string | null;
  personId: string | null;
  officeCode: string | null;
  dueAt: Date;
}

/** Locked, the oldest first; those whose sister on another channel is still under way wait for it. */
export async function failedResults(tx: Tx, limit: number): Promise<FailedResult[]> {
  const { rows } = await sql<FailedResult>`
    select notice_id::text as id, dedupe_key as "dedupeKey", ${meaningOf("dedupe_key")} as meaning, channel, template,
           lang, fields, sealed_fields as sealed, declaration_id::text as "declarationId",
           person_id::text as "personId", office_code as "officeCode", due_at as "dueAt"
      from notice n
     where state = 'failed' and ended_at is not null and class = 'outcome' and followed_at is null and channel <> 'push'
       and not exists (select from notice sister
             where sister.declaration_id = n.declaration_id and sister.class = 'outcome' and sister.channel <> 'push'
               and sister.state in ('queued', 'sending', 'unknown'))
     order by ended_at limit ${limit}
     for update of n skip locked`.execute(tx);
  return rows;
}

export async function markFollowed(tx: Tx, noticeId: string, at: Date): Promise<void> {
  await tx.updateTable("notice").set({ followed_at: at }).where("notice_id", "=", noticeId).execute();
}

export interface ResultWay {
  meaning: string;
  channel: ChannelName;
  recipient: string;
  state: NoticeState;
}

/** The texts and e-mails of the results of these files; a device shows only that there is one. Recipients are whole: for verbs, never for a page. */
export async function resultWays(db: Db | Tx, declarationIds: readonly string[]): Promise<ResultWay[]> {
  const { rows } = await sql<ResultWay>`
    select ${meaningOf("dedupe_key")} as meaning, channel, recipient, state
      from notice where declaration_id = any(${declarationIds as string[]}::bigint[]) and class = 'outcome'
       and channel <> 'push'
     order by notice_id`.execute(db);
  return rows;
}

/** Nobody can say more of a mailbox than that its server took the letter; of a handset its network says more. */
export function hasReached({ channel, state }: Pick<ResultWay, "channel" | "state">): boolean {
  return state === "delivered" || (state === "sent" && channel === "email");
}

/** Open tasks of every office whose result has reached the person after all, in the sense of `hasReached`. */
export async function arrivedTasks(tx: Tx, limit: number): Promise<{ id: string; officeCode: string }[]> {
  const { rows } = await sql<{ id: string; officeCode: string }>`
    select task_id::text as id, office_code as "officeCode"
      from unreached_task t
     where done_at is null
       and exists (select from notice n
             where n.declaration_id = t.declaration_id and n.class = 'outcome' and n.channel <> 'push'
               and ${meaningOf("n.dedupe_key")} = t.meaning
               and (n.state = 'delivered' or n.state = 'sent' and n.channel = 'email'))
     order by task_id limit ${limit}`.execute(tx);
  return rows;
}

const NO_SUCH_NUMBER = ["bad_recipient", "smpp_0x0b", "esms_108", "speedsms_invalid_phone"];

/**
 * The network gave a text back since then, or says that there is no such number, and none has arrived after that.
 * A handset that was only switched off for long (EXPIRED) is not dead.
 */
export async function isDeadNumber(db: Db, phone: string, since: Date): Promise<boolean> {
  const { rows } = await sql<{ isDead: boolean }>`
    select exists (
      select from notice n
       where n.recipient = ${phone} and n.channel = 'sms' and n.state = 'failed' and n.ended_at >= ${since}
         and (n.last_error = any(${NO_SUCH_NUMBER}::text[])
              or (n.last_error = 'undelivered' and exists (
                    select from notice_part join notice_receipt using (provider, reference)
                     where notice_id = n.notice_id and notice_receipt.receipt = 'undelivered'
                       and coalesce(detail, '') !~ '^EXPIRED')))
         and not exists (select from notice later
               where later.recipient = n.recipient and later.channel = 'sms' and later.state = 'delivered'
                 and later.delivered_at > n.ended_at)) as "isDead"`.execute(db);
  return rows[0]?.isDead ?? false;
}
