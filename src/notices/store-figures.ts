/** What became of messages, counted by provider and by office: taken, on the handset, late, failing are separate figures. */
import { type RawBuilder, sql } from "kysely";
import type { Db } from "../db/house.ts";
import { type ChannelName, FAILING_TRIES } from "./rules.ts";
import { isOpen } from "./store.ts";

export interface FigureScope {
  /** Undefined: every office, also the messages of none. */
  officeCodes: readonly string[] | undefined;
  /** Made from this instant on. */
  from: Date;
  now: Date;
  /** A receipt that has not come for a message taken before this instant is missing. */
  receiptBy: Date;
}

export interface MessageFigures {
  channel: ChannelName;
  /** Provider of the latest attempt, or the office; null: not tried yet, or of no office. */
  of: string | null;
  /** Taken by a provider; says nothing of the handset. */
  accepted: number;
  /** The handset's network said so. E-mail has no such receipt. */
  delivered: number;
  /** Taken, and nothing heard since. */
  unconfirmed: number;
  /** Not taken yet. */
  waiting: number;
  late: number;
  /** Ended in vain (refused, given back by the network), or tried in vain several times. */
  failing: number;
  /** Taken long enough ago for a receipt, and of these with a good one. */
  receiptsDue: number;
  receiptsCame: number;
}

const COLUMN = { provider: sql.ref("last_provider"), office: sql.ref("office_code") };
const IS_WAITING = sql`state in ('queued', 'sending', 'unknown')`;

export async function messageFigures(db: Db, by: keyof typeof COLUMN, scope: FigureScope): Promise<MessageFigures[]> {
  const { officeCodes, from, now, receiptBy } = scope;
  const count = (condition: RawBuilder<unknown>) => sql`count(*) filter (where ${condition})::integer`;
  const office = officeCodes ? sql`office_code = any(${officeCodes as string[]}::text[])` : sql`true`;
  const hasGone = sql`state in ('sent', 'delivered', 'failed') and sent_at is not null`;
  const { rows } = await sql<MessageFigures>`
    select channel, ${COLUMN[by]} as "of",
           ${count(hasGone)} as accepted,
           ${count(sql`state = 'delivered'`)} as delivered,
           ${count(sql`state = 'sent'`)} as unconfirmed,
           ${count(IS_WAITING)} as waiting,
           ${count(sql`state <> 'overtaken' and coalesce(sent_at, ended_at, ${now}::timestamptz) > due_at`)} as late,
           ${count(sql`state = 'failed' or (${IS_WAITING} and tries >= ${FAILING_TRIES})`)} as failing,
           ${count(sql`${hasGone} and sent_at <= ${receiptBy}`)} as "receiptsDue",
           ${count(sql`state = 'delivered' and sent_at <= ${receiptBy}`)} as "receiptsCame"
      from notice where created_at >= ${from} and ${office}
     group by 1, 2 order by 1 desc, 2 nulls last`.execute(db);
  return rows;
}

export interface WaitingResults {
  /** Past a third, two thirds of their time, past the minute of the alarm, past their deadline: each holds the next. */
  third: number;
  twoThirds: number;
  warned: number;
  late: number;
  /** Due to be tried for two minutes, and no sender has come. */
  stalled: number;
}

const STALLED_AFTER = sql`interval '2 minutes'`;

export interface Watched {
  officeCodes: readonly string[] | undefined;
  now: Date;
  /** Marks that are passed by then are told now; a deadline is only told when it is over. */
  soon: Date;
  /** So long before the deadline comes the alarm. */
  warnLeftMs: number;
}

/** Results of files that no provider has taken. */
export async function waitingResults(db: Db, { officeCodes, now, soon, warnLeftMs }: Watched): Promise<WaitingResults> {
  const office = officeCodes ? sql`office_code = any(${officeCodes as string[]}::text[])` : sql`true`;
  const passed = (thirds: number) =>
    sql`count(*) filter (where queued_at + (due_at - queued_at) * ${thirds}::integer / 3 <= ${soon})::integer`;
  const { rows } = await sql<WaitingResults>`
    select ${passed(1)} as third, ${passed(2)} as "twoThirds",
           count(*) filter (where due_at <= ${new Date(soon.getTime() + warnLeftMs)})::integer as warned,
           count(*) filter (where due_at <= ${now})::integer as late,
           count(*) filter (where next_at <= ${now}::timestamptz - ${STALLED_AFTER})::integer as stalled
      from notice
     where ${isOpen} and channel in ('sms', 'email') and lane = 1 and class = 'outcome' and ${office}`.execute(db);
  return rows[0] ?? { third: 0, twoThirds: 0, warned: 0, late: 0, stalled: 0 };
}
