import { sql } from "kysely";
import type { Db } from "../db/house.ts";
import type { Counts } from "./rules-moments.ts";

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
