/** The outbox table: rows in, leases out, marks back. Every change of state is a compare-and-set with the fence. */
import { sql } from "kysely";
import { AT_ONCE } from "../db/delete-old.ts";
import type { Db, Tx } from "../db/house.ts";
import { type ChannelName, type NoticeClass, URGENT_LANE } from "./rules.ts";
import { PLACES, type Share } from "./rules-shares.ts";
import { ISOLATED_AFTER, SUSPECT_AFTER } from "./rules-suspects.ts";
import { presentVersion } from "./store-texts.ts";

/** What a message says, whichever way it goes: its dedupe key without the channel ("to the old or new place", "again"). */
export const meaningOf = (column: string) =>
  sql<string>`regexp_replace(${sql.ref(column)}, '(:(old|new))?:(sms|email|inbox)(:again)?$', '')`;

export interface NewRow {
  dedupe_key: string;
  class: NoticeClass;
  channel: ChannelName;
  template: string;
  lang: string;
  recipient: string;
  fields: string;
  sealed_fields: Buffer | null;
  declaration_id: string | null;
  person_id: string | null;
  office_code: string | null;
  created_at: Date;
  queued_at: Date;
  due_at: Date;
  next_at: Date;
  state: "queued" | "failed" | "delivered";
  sent_at?: Date;
  delivered_at?: Date;
  ended_at: Date | null;
  last_error: string | null;
  /** The next try goes to another provider than this one. */
  last_provider?: string;
  /** The message of which this is the second copy, and the version of its words. */
  repeat_of?: string;
  template_version?: number | null;
  mailing_id?: string;
}

/**
 * How many were new; a row with the same meaning that is there already stays as it is. Each row keeps the version of
 * its words that is in use now: an edit never changes what is queued.
 */
export async function insertNotices(tx: Tx, rows: readonly NewRow[]): Promise<number> {
  if (!rows.length) return 0;
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto("notice")
    .values(rows.map((row) => ({ template_version: presentVersion(row.template, row.lang, row.created_at), ...row })))
    .onConflict((conflict) => conflict.column("dedupe_key").doNothing())
    .executeTakeFirst();
  return Number(numInsertedOrUpdatedRows ?? 0n);
}

export interface Claim {
  channel: ChannelName;
  /** Lanes from…to, 1 the most urgent. */
  lanes: readonly [number, number];
  limit: number;
  owner: string;
  provider: string;
  now: Date;
  leaseUntil: Date;
  /** Being sent by this very process: not taken again, even when a moved clock has ended their leases. */
  inFlight: readonly string[];
  /** Which first tries are this provider's, and whether it leaves alone what it tried last itself. */
  share: Share;
  /** False just after the clock has jumped: that a lease is over cannot be known then. */
  mayTakeOver: boolean;
  /** Suspects, which go alone, or all others. */
  suspects: boolean;
  /** Begins at this message, in the order of leases; absent: at the first. */
  from?: { lane: number; dueAt: Date; noticeId: string } | undefined;
}

export interface Claimed {
  notice_id: string;
  dedupe_key: string;
  class: NoticeClass;
  channel: ChannelName;
  lane: number;
  template: string;
  /** Null: the built-in words. */
  template_version: number | null;
  lang: "vi" | "en";
  recipient: string;
  fields: Record<string, string>;
  sealed_fields: Buffer | null;
  declaration_id: string | null;
  person_id: string | null;
  queued_at: Date;
  due_at: Date;
  tries: number;
  fence: number;
  /** The message of which this is the second copy. */
  repeat_of: string | null;
  /** Of a campaign; the class alone does not tell, letters go behind outcomes by it as well. */
  mailing_id: string | null;
}

/** Neighbours in the outbox go to different providers: has no factor in common with PLACES. */
const SCATTER = 617;

const isSuspect = sql`unanswered >= ${sql.lit(SUSPECT_AFTER)} and unanswered < ${sql.lit(ISOLATED_AFTER)}`;

/**
 * Neither taken by a provider nor ended. By times that a lease leaves alone, word for word as in notice_due_to_send: so
 * a lease writes no index. A message that came back from the network and was queued again is younger than its sending.
 */
export const isOpen = sql<boolean>`(ended_at is null and (sent_at is null or sent_at < queued_at)
  and state in ('queued', 'sending', 'unknown'))`;

/** What this sender could lease now. Written out, so that PostgreSQL sees which index of few rows holds the suspects, and for them no other. */
export const isDueFor = (want: Omit<Claim, "limit" | "owner" | "leaseUntil">) => sql<boolean>`
  channel = ${want.channel} and lane <= ${want.lanes[1]}
  and (lane, due_at, notice_id) >= (${want.from?.lane ?? want.lanes[0]}::smallint,
                                    ${want.from?.dueAt ?? "-infinity"}::timestamptz, ${want.from?.noticeId ?? 0}::bigint)
  and next_at <= ${want.now}
  and ${want.suspects ? sql`state in ('queued', 'sending', 'unknown') and ${isSuspect}` : sql`${isOpen} and unanswered < ${sql.lit(SUSPECT_AFTER)}`}
  and (class <> 'code' or due_at > ${want.now})
  and (state <> 'sending' or ${want.mayTakeOver})
  and not (notice_id = any(${want.inFlight as string[]}::bigint[]))
  and case when last_provider is null
        then notice_id * ${SCATTER} % ${PLACES} between ${want.share.from} and ${want.share.to - 1}
        else not ${want.share.leavesOwn} or last_provider <> ${want.provider} end`;

/**
 * Leases what is due, earliest deadline first, and writes the attempt before any call goes out: one
 * statement, so a sender that dies leaves a trace of each message that may be on the air.
 */
export async function claim(db: Db, want: Claim): Promise<Claimed[]> {
  const { rows } = await sql<Claimed>`
    with picked as (
      select notice_id, state as stood from notice
       where ${isDueFor(want)}
       order by lane, due_at, notice_id
       limit ${want.limit}
       for update skip locked
    ), orphaned as (
      update notice_attempt attempt
         set ended_at = ${want.now}, outcome = 'unknown', error = 'lease_ended'
        from picked
       where stood = 'sending' and attempt.notice_id = picked.notice_id and attempt.ended_at is null
    ), taken as (
      update notice
         set state = 'sending', lease_owner = ${want.owner}, next_at = ${want.leaseUntil},
             fence = fence + 1, tries = tries + 1, last_provider = ${want.provider},
             unanswered = unanswered + (stood = 'sending' or unanswered > 0)::integer
        from picked
       where notice.notice_id = picked.notice_id
      returning notice.notice_id, dedupe_key, class, channel, lane, template, template_version, lang, recipient, fields,
                sealed_fields, declaration_id, person_id, queued_at, due_at, tries, fence, repeat_of, mailing_id,
                stood
    ), begun as (
      insert into notice_attempt (notice_id, attempt_no, provider, started_at, after_unknown)
      select taken.notice_id, fence, ${want.provider}, ${want.now},
             stood in ('sending', 'unknown')
             or (fence > 1 and exists (select from notice_attempt earlier
                                        where earlier.notice_id = taken.notice_id
                                          and earlier.outcome in ('accepted', 'unknown')))
        from taken
    )
    select * from taken order by lane, due_at, notice_id`.execute(db);
  return rows;
}

export interface MarkRow {
  notice_id: string;
  provider: string;
  fence: number;
  outcome: string;
  error: string | null;
  references: readonly string[];
  state: string;
  next_at: Date;
  tries: number;
  wipes_secret: boolean;
  awaits_receipt: boolean;
}

/**
 * Writes what came of attempts. The attempt itself is always told the truth; the message moves only
 * where the mark's lease is still the last one. Answers how many messages moved, and whether receipts of
 * these attempts came before the answer: they wait to be applied.
 */
export async function mark(
  db: Db,
  marks: readonly MarkRow[],
  now: Date,
): Promise<{ moved: number; hasReceipts: boolean }> {
  const { rows } = await sql<{ moved: number; hasReceipts: boolean }>`
    with m as (
      select * from jsonb_to_recordset(${JSON.stringify(marks)}::jsonb)
        as m(notice_id bigint, provider text, fence integer, outcome text, error text, "references" text[],
             state text, next_at timestamptz, tries integer, wipes_secret boolean, awaits_receipt boolean)
       limit ${marks.length} -- else a hundred are expected, and going through a young table looks cheaper than its key
    ), told as (
      update notice_attempt attempt set ended_at = ${now}, outcome = m.outcome, error = m.error
        from m
       where attempt.notice_id = m.notice_id and attempt.attempt_no = m.fence
         and (attempt.ended_at is null or attempt.outcome = 'unknown')
    ), named as (
      insert into notice_part (notice_id, attempt_no, part_no, provider, reference)
      select m.notice_id, m.fence, part.no, m.provider, part.reference
        from m
        -- A message that is gone holds up none of the others in its batch.
        join notice_attempt attempt on attempt.notice_id = m.notice_id and attempt.attempt_no = m.fence
        cross join unnest(m."references") with ordinality as part(reference, no)
      on conflict do nothing
    ), moved as (
      update notice
         set state = m.state, next_at = m.next_at, tries = m.tries, last_error = m.error, lease_owner = null,
             unanswered = 0,
             sent_at = case when m.state = 'sent' then ${now}::timestamptz end,
             ended_at = case when m.state in ('failed', 'overtaken') then ${now}::timestamptz end,
             awaits_receipt = m.awaits_receipt and m.state = 'sent',
             sealed_fields = case when m.wipes_secret then null else sealed_fields end
        from m
       where notice.notice_id = m.notice_id and notice.fence = m.fence and notice.state in ('sending', 'unknown')
      returning 1
    )
    select count(*)::integer as moved,
           exists (select from m cross join unnest(m."references") as part(reference)
                    where exists (select from notice_receipt receipt
                                   where receipt.provider = m.provider and receipt.reference = part.reference
                                  offset 0)) as "hasReceipts" -- offset: asked by key for each, never joined
      from moved`.execute(db);
  return rows[0] ?? { moved: 0, hasReceipts: false };
}

/** Codes past their time end unsent, and their secrets go. */
export async function endOutlivedCodes(db: Db, now: Date): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable("notice")
    .set({ state: "failed", ended_at: now, last_error: "outlived", lease_owner: null, sealed_fields: null })
    .where("class", "=", "code")
    // The way to them in notice_due_to_send.
    .where("channel", "in", ["sms", "email", "push"])
    .where("lane", "=", URGENT_LANE)
    .where(isOpen)
    .where("due_at", "<=", now)
    // A sender that died over it will never tell; nobody takes over a code past its time.
    .where((e) => e.or([e("state", "in", ["queued", "unknown"]), e("state", "=", "sending").and("next_at", "<=", now)]))
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** What waits for a way out that is closed ends unsent: the other ways carry the same message. */
export async function endChannel(db: Db, channel: ChannelName, now: Date): Promise<void> {
  await db
    .updateTable("notice")
    .set({ state: "overtaken", ended_at: now, last_error: `${channel}_off`, lease_owner: null })
    .where("channel", "=", channel)
    .where(isOpen)
    .where("state", "in", ["queued", "unknown"])
    .execute();
}

/** A message that ended unsent keeps its secret for a resend, but not for ever. Some at a time, the oldest first. */
export async function wipeOldSecrets(db: Db, endedBefore: Date): Promise<number> {
  const some = db
    .selectFrom("notice")
    .select("notice_id")
    .where("ended_at", "<", endedBefore)
    .where("sealed_fields", "is not", null)
    .orderBy("ended_at")
    .limit(AT_ONCE)
    .forUpdate()
    .skipLocked();
  const { numUpdatedRows } = await db
    .updateTable("notice")
    .set({ sealed_fields: null })
    .where("notice_id", "in", some)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

export async function lockNotice(tx: Tx, noticeId: string) {
  return tx
    .selectFrom("notice")
    .select(["notice_id", "state", "class", "template", "channel", "sealed_fields", "office_code", "person_id"])
    .where("notice_id", "=", noticeId)
    .forUpdate()
    .executeTakeFirst();
}

/** A new round of tries; the deadline stays what it was. What was isolated goes alone from its first try. */
export async function requeue(tx: Tx, noticeId: string, now: Date): Promise<void> {
  await tx
    .updateTable("notice")
    .set({
      state: "queued",
      queued_at: now,
      next_at: now,
      tries: 0,
      sent_at: null,
      ended_at: null,
      last_error: null,
      last_provider: null,
      followed_at: null,
      unanswered: sql`least(unanswered, ${SUSPECT_AFTER})`,
    })
    .where("notice_id", "=", noticeId)
    .where("state", "=", "failed")
    .execute();
}
