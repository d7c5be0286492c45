/** Counts of tickets by kind, week and unit, and how long the first answer took. Nobody's name is read here. */
import { sql } from "kysely";
import type { Db } from "../db/house.ts";
import { ZONE } from "../kernel/calendar.ts";
import type { WeekCount } from "./rules-themes.ts";

export interface ThemeScope {
  /** Instants: from the first Monday to the end of the last week. */
  from: Date;
  to: Date;
  /** Undefined: everybody's. */
  unitCodes: readonly string[] | undefined;
}

const within = ({ from, to, unitCodes }: ThemeScope) => sql`
  opened_at >= ${from} and opened_at < ${to}
  and (${unitCodes === undefined} or unit_code = any(${(unitCodes ?? []) as string[]}::text[]))`;

export async function weekCounts(db: Db, scope: ThemeScope): Promise<WeekCount[]> {
  const { rows } = await sql<{ week: string; category: string; count: string }>`
    select to_char(date_trunc('week', opened_at at time zone ${sql.lit(ZONE)}), 'YYYY-MM-DD') as week, category,
           count(*) as count
      from ticket where ${within(scope)} group by 1, 2`.execute(db);
  return rows.map((row) => ({ ...row, count: Number(row.count) }));
}

export interface GroupFigures {
  /** Category or unit; null: no unit is known. */
  of: string | null;
  count: number;
  /** Tickets that have a first answer, and the median of the minutes to it. */
  answered: number;
  medianMinutes: number | undefined;
}

export async function groupFigures(db: Db, by: "category" | "unit_code", scope: ThemeScope): Promise<GroupFigures[]> {
  const { rows } = await sql<{ of: string | null; count: string; answered: string; median: number | null }>`
    select ${sql.ref(by)} as of, count(*) as count, count(first_answered_at) as answered,
           percentile_cont(0.5) within group (order by extract(epoch from first_answered_at - opened_at) / 60)
             filter (where first_answered_at is not null) as median
      from ticket where ${within(scope)} group by 1 order by 2 desc, 1`.execute(db);
  return rows.map((row) => ({
    of: row.of,
    count: Number(row.count),
    answered: Number(row.answered),
    medianMinutes: row.median === null ? undefined : Math.round(row.median),
  }));
}
