import { type RawBuilder, sql } from "kysely";
import type { Db } from "../db/house.ts";
import { type PromiseCounts, SHOWS, type Show } from "./rules.ts";

/** What the view outcome_promise says: reception, deadline and first way taken, one row a received file. */
export interface Scope {
  /** Undefined: every office. */
  officeCodes: readonly string[] | undefined;
  /** Received from this instant on. */
  from: Date;
  now: Date;
  warnMinutes: number;
}

export interface PromisedFile {
  id: string;
  code: string;
  officeCode: string | null;
  receivedAt: Date;
  dueAt: Date;
  toldAt: Date | null;
}

export interface OfficeDay extends PromiseCounts {
  day: string;
  officeCode: string | null;
}

/** One predicate a view: the counts, the list and the alarm are made of the same ones. */
function isShown(show: Show, { now, warnMinutes }: Pick<Scope, "now" | "warnMinutes">): RawBuilder<boolean> {
  switch (show) {
    case "all":
      return sql<boolean>`true`;
    case "kept":
      return sql<boolean>`(told_at <= due_at)`;
    case "late":
      return sql<boolean>`(coalesce(told_at, ${now}::timestamptz) > due_at)`;
    case "open":
      return sql<boolean>`(told_at is null and due_at >= ${now})`;
    case "endangered":
      return sql<boolean>`(told_at is null and due_at >= ${now}
        and received_at <= ${new Date(now.getTime() - warnMinutes * 60_000)})`;
  }
}

const isOfOffices = ({ officeCodes }: Pick<Scope, "officeCodes">): RawBuilder<boolean> =>
  officeCodes ? sql<boolean>`office_code = any(${officeCodes as string[]}::text[])` : sql<boolean>`true`;

const isInScope = (scope: Scope): RawBuilder<boolean> =>
  sql<boolean>`(received_at >= ${scope.from} and ${isOfOffices(scope)})`;

function countsOf(scope: Scope): RawBuilder<PromiseCounts> {
  const counts = SHOWS.map((show) => sql`count(*) filter (where ${isShown(show, scope)})::integer as ${sql.ref(show)}`);
  return sql`${sql.join(counts)},
    percentile_cont(0.5) within group (order by extract(epoch from told_at - received_at)::double precision)
      filter (where told_at is not null) as "medianSeconds"`;
}

/** When each file was told is looked up once a file: `offset 0` keeps the planner from asking it for each figure anew. */
const toldOnce = (scope: Scope) => sql`
  (select office_code, received_at, due_at, told_at from outcome_promise where ${isInScope(scope)} offset 0) promised`;

export async function countPromises(db: Db, scope: Scope): Promise<PromiseCounts> {
  const { rows } = await sql<PromiseCounts>`
    select ${countsOf(scope)} from ${toldOnce(scope)}`.execute(db);
  return rows[0] ?? { all: 0, kept: 0, late: 0, open: 0, endangered: 0, medianSeconds: null };
}

/** By day of reception in Viet Nam and by office: the newest day first, of one day the offices with most late files. */
export async function promisesByDay(db: Db, scope: Scope, limit: number): Promise<OfficeDay[]> {
  const { rows } = await sql<OfficeDay>`
    select (received_at at time zone 'Asia/Ho_Chi_Minh')::date as day, office_code as "officeCode", ${countsOf(scope)}
      from ${toldOnce(scope)} group by 1, 2 order by 1 desc, late desc, 2 limit ${limit}`.execute(db);
  return rows;
}

/** The files of one view: the latest received first, those in danger by what is left. */
export async function listPromises(db: Db, scope: Scope, show: Show, limit: number): Promise<PromisedFile[]> {
  const order =
    show === "open" || show === "endangered" ? sql`due_at, declaration_id` : sql`received_at desc, declaration_id`;
  const { rows } = await sql<PromisedFile>`
    select declaration_id as id, code, office_code as "officeCode", received_at as "receivedAt", due_at as "dueAt",
           told_at as "toldAt"
      from outcome_promise where ${isInScope(scope)} and ${isShown(show, scope)} order by ${order} limit ${limit}`.execute(
    db,
  );
  return rows;
}

export interface OfficeInDanger {
  officeCode: string | null;
  endangered: number;
  /** Over, and still nothing has left. */
  overdue: number;
  /** When the oldest of these files was received. */
  oldestAt: Date;
}

/**
 * Offices with files whose fifteen minutes are nearly over or over, and whose result has not left. What is older than a
 * day counts while somebody can still do it: decide, or send. A result that failed is a task of the desk by then.
 */
export async function inDanger(db: Db, scope: Scope): Promise<OfficeInDanger[]> {
  const dayBefore = new Date(scope.now.getTime() - 86_400_000);
  const endangered = isShown("endangered", scope);
  const overdue = sql`(${isShown("late", scope)} and told_at is null)`;
  // Asked for every page of the console. Each part by an index of few rows, and each of those files by its key: the
  // planner takes what waits for many, and would go through thirty days of the office, or of all. `offset 0`: offices
  // are compared after what waits is found; compared together, another index would be taken.
  const { rows } = await sql<OfficeInDanger>`
    with few as materialized (
      select declaration_id from declaration where ${isInScope({ ...scope, from: dayBefore })}
       union
      select declaration_id from declaration where status = 'received' and ${isInScope(scope)}
       union
      select declaration_id from (
        select declaration_id, office_code from notice
         where ended_at is null and (sent_at is null or sent_at < queued_at)
           and channel in ('sms', 'email') and lane = 1 and class = 'outcome' offset 0) waiting
       where ${isOfOffices(scope)})
    select office_code as "officeCode", count(*) filter (where ${endangered})::integer as endangered,
           count(*) filter (where ${overdue})::integer as overdue, min(received_at) as "oldestAt"
      from few cross join lateral (
             select office_code, received_at, due_at, told_at from outcome_promise o
              where o.declaration_id = few.declaration_id and ${isInScope(scope)} limit 1) promised
     where ${endangered} or ${overdue} group by 1 order by 1`.execute(db);
  return rows;
}
