import { sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";
import type { Come } from "./rules.ts";
import type { Counts, Moment } from "./rules-moments.ts";

/** What pages and reports read: never a roster, only what was counted. */

/** By "scope day": as of the end of that day; nobody where nothing was counted yet. Days as yyyy-mm-dd. */
export async function countsOn(
  db: Db,
  scopes: readonly string[],
  days: readonly string[],
): Promise<Map<string, Counts>> {
  const { rows } = await sql<Counts & { scope: string; day: string }>`
    select s.scope, d.day::text as day, coalesce(u.people, 0) as people, coalesce(u.declared, 0) as declared,
           coalesce(u.handed_in, 0) as handed_in, coalesce(u.approved, 0) as approved,
           coalesce(u.signed_in, 0) as signed_in, coalesce(u.installed, 0) as installed
      from unnest(${scopes}::text[]) as s (scope) cross join unnest(${days}::date[]) as d (day)
      left join lateral (select * from unit_day b where b.scope_code = s.scope and b.day <= d.day
                          order by b.day desc limit 1) as u on true`.execute(db);
  return new Map(rows.map(({ scope, day, ...counts }) => [`${scope} ${day}`, counts]));
}

/** Of each scope its people and how many of them had come to a moment, at the end of a day; of thousands as one text. */
export async function comeOn(
  db: Db,
  scopes: readonly string[],
  moment: Moment,
  day: string,
): Promise<Map<string, Come>> {
  const half = Math.ceil(scopes.length / 2);
  // Each is an index's walk of its own: two connections make two at a time.
  const parts = scopes.length < MANY ? [scopes] : [scopes.slice(0, half), scopes.slice(half)];
  const read = parts.map(async (part) => {
    const { rows } = await sql<{ people: number[] | null; come: number[] | null }>`
      select json_agg(coalesce(u.people, 0) order by s.nth) as people, json_agg(coalesce(u.come, 0) order by s.nth) as come
        from unnest(${part}::text[]) with ordinality as s (scope, nth)
        left join lateral (select people, ${sql.ref(moment)} as come from unit_day b
                            where b.scope_code = s.scope and b.day <= ${day}::date
                            order by b.day desc limit 1) as u on true`.execute(db);
    const { people, come } = rows[0] ?? {};
    return part.map((scope, at) => [scope, { people: people?.[at] ?? 0, come: come?.[at] ?? 0 }] as const);
  });
  return new Map((await Promise.all(read)).flat());
}

const MANY = 1000;

export interface Target {
  scopeCode: string;
  moment: Moment;
  percent: number;
  dueOn: string;
  setAt: Date;
  setBy: string;
}

/** The targets in force, one a scope and moment: the latest that was set. */
export async function targetsOf(db: Db, scopes: readonly string[]): Promise<Target[]> {
  const { rows } = await sql<Target>`
    select distinct on (t.scope_code, t.moment) t.scope_code as "scopeCode", t.moment, t.percent, t.due_on::text as "dueOn",
           t.set_at as "setAt", s.full_name as "setBy"
      from coverage_target t join staff s on s.staff_id = t.set_by
     where t.scope_code = any(${scopes}::text[]) order by t.scope_code, t.moment, t.set_at desc, t.target_id desc`.execute(
    db,
  );
  return rows;
}

export async function insertTarget(
  tx: Tx,
  target: Pick<Target, "scopeCode" | "moment" | "percent" | "dueOn"> & { staffId: string; now: Date },
): Promise<void> {
  await tx
    .insertInto("coverage_target")
    .values({
      scope_code: target.scopeCode,
      moment: target.moment,
      percent: target.percent,
      due_on: target.dueOn,
      set_at: target.now,
      set_by: target.staffId,
    })
    .execute();
}

/** When the counts were last brought up to date. */
export async function rolledAt(db: Db): Promise<Date | undefined> {
  const row = await db.selectFrom("roll_up").select("rolled_at").executeTakeFirst();
  return row?.rolled_at;
}
