/** Texts that a provider took and nobody reported as delivered. */
import { sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";
import type { ChannelName, NoticeClass } from "./rules.ts";
import { isOpen } from "./store.ts";

export interface Unconfirmed {
  notice_id: string;
  dedupe_key: string;
  class: NoticeClass;
  channel: ChannelName;
  template: string;
  template_version: number | null;
  lang: string;
  recipient: string;
  fields: Record<string, string>;
  sealed_fields: Buffer | null;
  declaration_id: string | null;
  person_id: string | null;
  office_code: string | null;
  due_at: Date;
  last_provider: string | null;
  repeat_of: string | null;
}

/** Locked until the transaction ends; what another sweep holds is left to it. */
export async function lockUnconfirmed(tx: Tx, sentBefore: Date, limit: number): Promise<Unconfirmed[]> {
  const rows = await tx
    .selectFrom("notice")
    .select([
      "notice_id",
      "dedupe_key",
      "class",
      "channel",
      "template",
      "template_version",
      "lang",
      "recipient",
      "fields",
      "sealed_fields",
      "declaration_id",
      "person_id",
      "office_code",
      "due_at",
      "last_provider",
      "repeat_of",
    ])
    .where("awaits_receipt", "=", true)
    .where("sent_at", "<=", sentBefore)
    .orderBy("sent_at")
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();
  return rows as Unconfirmed[];
}

/** Nothing is waited for any more, so nothing secret is kept. */
export async function noteUnconfirmed(tx: Tx, noticeIds: readonly string[], now: Date): Promise<void> {
  await tx
    .updateTable("notice")
    .set({ awaits_receipt: false, unconfirmed_at: now, sealed_fields: null })
    .where("notice_id", "in", [...noticeIds])
    .execute();
}

/** What a clock that was put back would make wait: due at once, and a lease no longer than one can be. */
export async function releaseFuture(
  db: Db,
  { now, leaseUntil, latestTry }: { now: Date; leaseUntil: Date; latestTry: Date },
): Promise<number> {
  const { rows } = await sql`
    update notice
       set next_at = case state when 'queued' then ${now} else least(next_at, ${leaseUntil}) end,
           queued_at = least(queued_at, ${now})
     where ${isOpen}
       and (queued_at > ${now}
            or (state = 'sending' and next_at > ${leaseUntil})
            or (state <> 'sending' and next_at > ${latestTry} and last_error is distinct from 'not_at_this_hour'))
    returning 1`.execute(db);
  return rows.length;
}
