/** Receipts of the network: kept first, then matched; repeats, early ones and contradictions do no harm. */
import { sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";

export interface PartKey {
  provider: string;
  reference: string;
}

export interface Receipt extends PartKey {
  receipt: "delivered" | "undelivered";
  detail: string | null;
}

const byKey = (one: PartKey, other: PartKey) =>
  compare(one.provider, other.provider) || compare(one.reference, other.reference);
const compare = (one: string, other: string) => (one < other ? -1 : Number(one > other));

/**
 * Keeps receipts, one row a meaning: the same one three times is one. What nearly all of them say, that a text in one
 * part was delivered, is written to its message by the same statement. Answers the others that found their part:
 * applyReceipts gives them to their messages.
 */
export async function keepReceipts(db: Db, receipts: readonly Receipt[], now: Date): Promise<PartKey[]> {
  const { rows } = await sql<PartKey>`
    with came as (
      select * from jsonb_to_recordset(${JSON.stringify(receipts)}::jsonb)
        as r(provider text, reference text, receipt text, detail text)
       limit ${receipts.length} -- else a hundred are expected, and going through all parts looks cheaper
    ), seen as materialized (
      select came.*, part.notice_id, part.attempt_no, part.part_no, part.receipt as had,
             came.receipt = 'delivered' and part.notice_id is not null
               and not exists (select from notice_part other
                                where other.notice_id = part.notice_id and other.attempt_no = part.attempt_no
                                  and other.part_no <> part.part_no offset 0) as is_plain
        from came left join notice_part part on part.provider = came.provider and part.reference = came.reference
       order by part.notice_id -- as marks and applyReceipts lock messages: none waits for another in a circle
    ), kept as (
      insert into notice_receipt (provider, reference, receipt, detail, arrived_at, matched_at)
      select distinct on (provider, reference, receipt)
             provider, reference, receipt, detail, ${now}, case when is_plain then ${now}::timestamptz end
        from seen order by provider, reference, receipt
      -- One that came too early waits without a match: its repetition finds the message for both.
      on conflict (provider, reference, receipt) do update set matched_at = excluded.matched_at
       where notice_receipt.matched_at is null and excluded.matched_at is not null
    ), told as (
      update notice_part part set receipt = 'delivered'
        from seen
       where is_plain and had is distinct from 'delivered'
         and part.notice_id = seen.notice_id and part.attempt_no = seen.attempt_no and part.part_no = seen.part_no
    ), moved as (
      update notice
         set state = 'delivered', delivered_at = ${now}, sent_at = coalesce(sent_at, ${now}::timestamptz),
             ended_at = null, last_error = null, lease_owner = null, sealed_fields = null, awaits_receipt = false
        from seen
       where is_plain and had is distinct from 'delivered'
         and notice.notice_id = seen.notice_id and notice.state <> 'delivered'
    )
    select provider, reference from seen where notice_id is not null and not is_plain`.execute(db);
  return rows;
}

/**
 * Gives waiting receipts to their parts and moves the messages: delivered when every part of one
 * attempt is, failed when a part of the last attempt is not. Delivered never falls back.
 */
export async function applyReceipts(tx: Tx, asked: readonly PartKey[], now: Date): Promise<number> {
  // Two that hold the same receipts take them in one order.
  const keys = asked.map(({ provider, reference }) => ({ provider, reference })).sort(byKey);
  const { rows: touched } = await sql<{ notice_id: string; attempt_no: number }>`
    with asked as (
      select * from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as k(provider text, reference text)
       limit ${keys.length} -- else a hundred are expected, and going through all unmatched ones looks cheaper
    ), told as (
      select provider, reference, case when bool_or(receipt = 'delivered') then 'delivered' else 'undelivered' end as receipt
        from notice_receipt join asked using (provider, reference) group by provider, reference
    ), matched as (
      update notice_receipt set matched_at = ${now}
        from notice_part
        join asked using (provider, reference)
       where notice_part.provider = notice_receipt.provider and notice_part.reference = notice_receipt.reference
         and notice_receipt.matched_at is null
    )
    update notice_part set receipt = told.receipt
      from told
     where notice_part.provider = told.provider and notice_part.reference = told.reference
       and notice_part.receipt is distinct from told.receipt and notice_part.receipt is distinct from 'delivered'
    returning notice_id, attempt_no`.execute(tx);
  if (touched.length) await moveNotices(tx, touched, now);
  return touched.length;
}

/** Locks before it judges: receipts of two parts in two transactions must see each other. */
async function moveNotices(
  tx: Tx,
  touched: readonly { notice_id: string; attempt_no: number }[],
  now: Date,
): Promise<void> {
  const ids = touched.map((part) => part.notice_id);
  await sql`
    select notice_id from notice where notice_id = any(${ids}::bigint[]) order by notice_id for update`.execute(tx);
  await sql`
    with judged as (
      select part.notice_id, part.attempt_no, bool_and(part.receipt is not distinct from 'delivered') as all_came,
             bool_or(part.receipt = 'undelivered') as one_lost
        from notice_part part
        join (select distinct * from jsonb_to_recordset(${JSON.stringify(touched)}::jsonb)
                as t(notice_id bigint, attempt_no integer) limit ${touched.length}) touched using (notice_id, attempt_no)
       group by part.notice_id, part.attempt_no
    )
    update notice
       set state = case when all_came then 'delivered' else 'failed' end,
           delivered_at = case when all_came then ${now}::timestamptz end,
           sent_at = coalesce(sent_at, ${now}::timestamptz),
           ended_at = case when all_came then null else ${now}::timestamptz end,
           last_error = case when all_came then null else 'undelivered' end,
           lease_owner = null, sealed_fields = null, awaits_receipt = false
      from judged
     where notice.notice_id = judged.notice_id and notice.state <> 'delivered'
       and (all_came or (one_lost and notice.state = 'sent' and notice.fence = judged.attempt_no))`.execute(tx);
}

/** Receipts that found no message yet, oldest first: matched again by the sweep. */
export async function unmatchedReceipts(db: Db, limit: number): Promise<PartKey[]> {
  return db
    .selectFrom("notice_receipt")
    .innerJoin("notice_part", (join) =>
      join
        .onRef("notice_part.provider", "=", "notice_receipt.provider")
        .onRef("notice_part.reference", "=", "notice_receipt.reference"),
    )
    .select(["notice_receipt.provider", "notice_receipt.reference"])
    .where("notice_receipt.matched_at", "is", null)
    .orderBy("notice_receipt.arrived_at")
    .limit(limit)
    .execute();
}
