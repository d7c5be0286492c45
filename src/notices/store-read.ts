/** What officers and the watch read of the outbox. Never a secret; recipients leave here masked. */
import { type RawBuilder, sql } from "kysely";
import type { Db } from "../db/house.ts";
import {
  type ChannelName,
  FAILING_TRIES,
  maskRecipient,
  type NoticeClass,
  type NoticeState,
  type Show,
} from "./rules.ts";
import type { TemplateName } from "./rules-templates.ts";
import { isOpen } from "./store.ts";

export interface NoticeView {
  id: string;
  class: NoticeClass;
  channel: ChannelName;
  template: TemplateName;
  /** Null: the built-in words. */
  templateVersion: number | null;
  lang: "vi" | "en";
  recipient: string;
  fields: Record<string, string>;
  fileCode: string | undefined;
  officeCode: string | null;
  personId: string | null;
  state: NoticeState;
  tries: number;
  createdAt: Date;
  dueAt: Date;
  nextAt: Date;
  sentAt: Date | null;
  deliveredAt: Date | null;
  endedAt: Date | null;
  lastError: string | null;
  /** When the wait for the report of delivery was over. */
  unconfirmedAt: Date | null;
  /** The message of which this is the second copy. */
  repeatOf: string | null;
  hasSecret: boolean;
}

/** `officeCodes` undefined: every message, also those of no office (operators). */
export interface Scope {
  officeCodes: readonly string[] | undefined;
  fileCode?: string | undefined;
}

const KEPT_IN_LIST = sql`interval '30 days'`;

/** One predicate a filter: the list and the counts above it are made of the same ones. */
function isShown(show: Show, now: Date): RawBuilder<boolean> {
  switch (show) {
    case "all":
      return sql<boolean>`true`;
    case "waiting":
      return sql<boolean>`state in ('queued', 'sending', 'unknown')`;
    case "late":
      return sql<boolean>`(state <> 'overtaken' and coalesce(sent_at, ended_at, ${now}::timestamptz) > due_at)`;
    case "failing":
      return sql<boolean>`(state = 'failed' or (state in ('queued', 'sending', 'unknown') and tries >= ${FAILING_TRIES}))`;
    case "unconfirmed":
      return sql<boolean>`(state = 'sent' and unconfirmed_at is not null)`;
    case "sent":
      return sql<boolean>`state = 'sent'`;
    case "delivered":
      // What waits in an account has reached no device.
      return sql<boolean>`(state = 'delivered' and channel <> 'inbox')`;
  }
}

/** Of one office as an equality: then its index gives the newest first. */
function isOfOffices(codes: readonly string[]): RawBuilder<boolean> {
  return codes.length === 1
    ? sql<boolean>`office_code = ${codes[0]}`
    : sql<boolean>`office_code = any(${codes as string[]}::text[])`;
}

/** The last 30 days; the messages of one file without that limit. */
function isInScope(scope: Scope, now: Date): RawBuilder<boolean> {
  const office = scope.officeCodes ? isOfOffices(scope.officeCodes) : sql`true`;
  const matter = scope.fileCode
    ? sql`(fields ->> 'code' = ${scope.fileCode} and declaration_id is not null)`
    : sql`created_at > ${now}::timestamptz - ${KEPT_IN_LIST}`;
  return sql<boolean>`(${office} and ${matter})`;
}

/** Newest first, by cursor. By time, so that an index ends with the thirtieth day. */
export async function listNotices(
  db: Db,
  scope: Scope,
  want: { show: Show; now: Date; before?: string | undefined; limit: number },
): Promise<NoticeView[]> {
  let query = selectViews(db)
    .where(isInScope(scope, want.now))
    .where(isShown(want.show, want.now))
    .orderBy("created_at", "desc")
    .orderBy("notice_id", "desc")
    .limit(want.limit);
  if (want.before) {
    query = query.where(
      sql<boolean>`(created_at, notice_id) < (select b.created_at, b.notice_id from notice b where b.notice_id = ${want.before}::bigint)`,
    );
  }
  return (await query.execute()).map(viewOf);
}

export interface NoticeCounts {
  shown: Record<Show, number>;
  /** Perhaps not all were counted: there are at least so many. */
  isMore: boolean;
}

/** The newest alone are counted: a month of the country, or of a large office, would meet the limit of a statement. */
export async function countNotices(db: Db, scope: Scope, now: Date, atMost: number): Promise<NoticeCounts> {
  const isOfMonth = scope.fileCode === undefined;
  const newest = isOfMonth ? sql`order by created_at desc limit ${atMost}` : sql``;
  const count = (show: Show) => sql`count(*) filter (where ${isShown(show, now)})::integer`;
  const { rows } = await sql<Record<Show, number>>`
    select ${count("all")} as "all", ${count("waiting")} as waiting, ${count("late")} as late,
           ${count("failing")} as failing, ${count("unconfirmed")} as unconfirmed, ${count("sent")} as sent,
           ${count("delivered")} as delivered
      from (select * from notice where ${isInScope(scope, now)} ${newest}) n`.execute(db);
  const shown = rows[0] ?? { all: 0, waiting: 0, late: 0, failing: 0, unconfirmed: 0, sent: 0, delivered: 0 };
  return { shown, isMore: isOfMonth && shown.all >= atMost };
}

/** Whose messages are looked for: any of these. */
export interface NoticeSearch {
  /** Telephones and addresses. */
  recipients: readonly string[];
  personIds: readonly string[];
  declarationIds: readonly string[];
  /** Persons whose messages of no office may be seen too: they have a file here. */
  ownPersonIds: readonly string[];
}

/** Newest first, without the limit of thirty days. */
export async function searchNotices(
  db: Db,
  { officeCodes }: Scope,
  search: NoticeSearch,
  limit: number,
): Promise<NoticeView[]> {
  return (await searchStatement(db, { officeCodes }, search, limit).execute()).map(viewOf);
}

/** Each way of finding has an index of its own, and few rows each. */
export function searchStatement(db: Db, { officeCodes }: Scope, search: NoticeSearch, limit: number) {
  const { recipients, personIds, declarationIds, ownPersonIds } = search;
  const isFound = sql<boolean>`(recipient = any(${recipients as string[]}::text[])
    or person_id = any(${personIds as string[]}::bigint[])
    or declaration_id = any(${declarationIds as string[]}::bigint[]))`;
  const isSeen = officeCodes
    ? sql<boolean>`(office_code = any(${officeCodes as string[]}::text[])
        or (office_code is null and person_id = any(${ownPersonIds as string[]}::bigint[])))`
    : sql<boolean>`true`;
  return selectViews(db)
    .where(isFound)
    .where(isSeen)
    .orderBy("created_at", "desc")
    .orderBy("notice_id", "desc")
    .limit(limit);
}

/** The messages of one declaration, oldest first: for the page of the file. */
export async function noticesOf(db: Db, declarationId: string): Promise<NoticeView[]> {
  const rows = await selectViews(db).where("declaration_id", "=", declarationId).orderBy("notice_id").execute();
  return rows.map(viewOf);
}

export async function findNotice(db: Db, noticeId: string): Promise<NoticeView | undefined> {
  const row = await selectViews(db).where("notice_id", "=", noticeId).executeTakeFirst();
  return row && viewOf(row);
}

export interface AttemptView {
  no: number;
  startedAt: Date;
  endedAt: Date | null;
  outcome: string | null;
  error: string | null;
}

/** Newest first. */
export async function attemptsOf(db: Db, noticeId: string, limit: number): Promise<AttemptView[]> {
  const rows = await db
    .selectFrom("notice_attempt")
    .select(["attempt_no", "started_at", "ended_at", "outcome", "error"])
    .where("notice_id", "=", noticeId)
    .orderBy("attempt_no", "desc")
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    no: row.attempt_no,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    outcome: row.outcome,
    error: row.error,
  }));
}

export interface OutboxState {
  /** Not accepted by a provider yet; of these by the way they take. */
  queued: number;
  queuedSms: number;
  queuedEmail: number;
  queuedPush: number;
  /** Outcomes and codes of these past a third of their window. */
  endangered: number;
  /** Of these past their deadline. */
  late: number;
  /** Tried in vain several times, or ended as failed in the last day. */
  failing: number;
  oldestDueAt: Date | null;
  /** Receipts of the last day that found no message within 5 minutes. */
  strayReceipts: number;
  /** Tries of the last day after one without an answer, where both may have gone out: somebody may have got two. */
  perhapsTwice: number;
  /** Texts of the last day that no network reported as delivered in time. */
  unconfirmed: number;
}

/** For /readyz and the watch: whether the promises are being kept, now. */
export async function outboxState(db: Db, now: Date): Promise<OutboxState> {
  const { rows } = await sql<
    Omit<OutboxState, "failing" | "strayReceipts"> & { trying: number; failed: number; stray: number }
  >`
    select count(*)::integer as queued,
           count(*) filter (where channel = 'sms')::integer as "queuedSms",
           count(*) filter (where channel = 'email')::integer as "queuedEmail",
           count(*) filter (where channel = 'push')::integer as "queuedPush",
           count(*) filter (where lane = 1 and queued_at + (due_at - queued_at) / 3 <= ${now})::integer as endangered,
           count(*) filter (where due_at < ${now})::integer as late,
           count(*) filter (where tries >= ${FAILING_TRIES})::integer as trying,
           min(due_at) as "oldestDueAt",
           (select count(*)::integer from notice
             where state = 'failed' and ended_at > ${now}::timestamptz - interval '1 day') as failed,
           (select count(*)::integer from notice_receipt
             where matched_at is null and arrived_at between ${now}::timestamptz - interval '1 day'
                   and ${now}::timestamptz - interval '5 minutes') as stray,
           (select count(*)::integer from notice_attempt later
             where after_unknown and started_at > ${now}::timestamptz - interval '1 day'
               and outcome in ('accepted', 'unknown')
               and exists (select from notice_attempt earlier
                            where earlier.notice_id = later.notice_id and earlier.attempt_no < later.attempt_no
                              and earlier.outcome in ('accepted', 'unknown'))) as "perhapsTwice",
           (select count(*)::integer from notice
             where unconfirmed_at > ${now}::timestamptz - interval '1 day' and state = 'sent') as unconfirmed
      from notice where ${isOpen}`.execute(db);
  const [row] = rows;
  if (!row) throw new Error("a count has no row");
  const { trying, failed, stray, ...counts } = row;
  return { ...counts, failing: trying + failed, strayReceipts: stray };
}

const selectViews = (db: Db) =>
  db
    .selectFrom("notice")
    .select([
      "notice_id",
      "class",
      "channel",
      "template",
      "template_version",
      "lang",
      "recipient",
      "fields",
      "declaration_id",
      "office_code",
      "person_id",
      "state",
      "tries",
      "created_at",
      "due_at",
      "next_at",
      "sent_at",
      "delivered_at",
      "ended_at",
      "last_error",
      "unconfirmed_at",
      "repeat_of",
      (build) => build("sealed_fields", "is not", null).as("has_secret"),
    ]);

type ViewRow = Awaited<ReturnType<ReturnType<typeof selectViews>["executeTakeFirstOrThrow"]>>;

function viewOf(row: ViewRow): NoticeView {
  const fields = row.fields as Record<string, string>;
  const channel = row.channel as ChannelName;
  return {
    id: row.notice_id,
    class: row.class as NoticeClass,
    channel,
    template: row.template as TemplateName,
    templateVersion: row.template_version,
    lang: row.lang === "en" ? "en" : "vi",
    recipient: maskRecipient(channel, row.recipient),
    fields,
    fileCode: row.declaration_id ? fields.code : undefined,
    officeCode: row.office_code,
    personId: row.person_id,
    state: row.state as NoticeState,
    tries: row.tries,
    createdAt: row.created_at,
    dueAt: row.due_at,
    nextAt: row.next_at,
    sentAt: row.sent_at,
    deliveredAt: row.delivered_at,
    endedAt: row.ended_at,
    lastError: row.last_error,
    unconfirmedAt: row.unconfirmed_at,
    repeatOf: row.repeat_of,
    hasSecret: Boolean(row.has_secret),
  };
}
