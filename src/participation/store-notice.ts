/** Statements of the notice of the 10th: whose turn it is, and what nobody paid for them. */
import { sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";
import { dayOf } from "../kernel/calendar.ts";
import type { Fund, PeriodStatus } from "./rules.ts";
import type { PayablePeriod } from "./rules-arrears.ts";
import type { SentNotice } from "./rules-notice.ts";

export interface Turn {
  personId: string;
  lang: "vi" | "en";
}

/**
 * The next persons of the month with an open account and an unpaid period; undefined: the month is done, or another
 * worker is at it. Only once `advanceRun` is committed does the next call go on behind them.
 */
export async function takeTurns(tx: Tx, month: string, at: Date, limit: number): Promise<Turn[] | undefined> {
  await sql`insert into arrears_run (month, begun_at) values (${month}::date, ${at}) on conflict do nothing`.execute(
    tx,
  );
  const run = await sql<{ after: string }>`
    select after_person as after from arrears_run
     where month = ${month}::date and finished_at is null for update skip locked`.execute(tx);
  const after = run.rows[0]?.after;
  if (after === undefined) return undefined;
  // In the order of the key, so that a batch is a piece of the index and not the table.
  const { rows } = await sql<Turn>`
    select distinct r.person_id as "personId", a.lang
      from participation_period r
      join account a on a.person_id = r.person_id and a.status = 'active'
      join person p on p.person_id = r.person_id and p.died_on is null
     where r.person_id > ${after}::bigint and r.status = 'unpaid'
     order by r.person_id limit ${limit}`.execute(tx);
  return rows;
}

/** `to` undefined: nobody is left, the month is done. */
export async function advanceRun(tx: Tx, month: string, at: Date, to: string | undefined, told: number): Promise<void> {
  await sql`
    update arrears_run set told = told + ${told}, after_person = coalesce(${to ?? null}::bigint, after_person),
           finished_at = case when ${to ?? null}::bigint is null then ${at}::timestamptz end
     where month = ${month}::date`.execute(tx);
}

/** All periods of these persons: a month that another unit paid is paid. */
export async function periodsOfMany(db: Db | Tx, personIds: readonly string[]): Promise<Map<string, PayablePeriod[]>> {
  const found = new Map<string, PayablePeriod[]>();
  if (personIds.length === 0) return found;
  const rows = await db
    .selectFrom("participation_period")
    .select(["person_id", "fund", "from_month", "to_month", "unit_code", "unit_name", "status"])
    .where("person_id", "in", [...personIds])
    .orderBy("from_month", "desc")
    .orderBy("unit_code")
    .execute();
  for (const row of rows) {
    const own = found.get(row.person_id) ?? [];
    own.push({
      ...{ fund: row.fund as Fund, fromMonth: String(row.from_month), toMonth: String(row.to_month) },
      ...{ unitCode: row.unit_code, unitName: row.unit_name, status: row.status as PeriodStatus },
      ...{ contributionBase: undefined, rate: undefined },
    });
    found.set(row.person_id, own);
  }
  return found;
}

/** Notices of unpaid months that a person has in the account. */
export async function noticesSentTo(db: Db, personId: string): Promise<SentNotice[]> {
  const { rows } = await sql<{ at: Date; unpaid: string | null }>`
    select created_at as at, fields ->> 'unpaid' as unpaid from notice
     where person_id = ${personId}::bigint and template = 'arrears_notice' and channel = 'inbox'`.execute(db);
  return rows.map(({ at, unpaid }) => ({ on: dayOf(at), unpaid: unpaid ?? "" }));
}
