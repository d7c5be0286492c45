/** What the list of visits reads: one statement for what surrounds it, one for the visits of the year. */
import { sql } from "kysely";
import type { Db } from "../db/house.ts";
import type { RecordOwner } from "../kernel/actor.ts";
import { vnd } from "../kernel/money.ts";
import { headColumns, headOf, type VisitHead, visitsOf } from "./store.ts";

export interface Overview {
  /**
   * Years with visits, newest first, with how many; among them those in which a visit of before ended: its co-payment
   * counts there. For whom some visits are hidden only the former, as they are told no sum.
   */
  years: { year: number; visits: number }[];
  /** When the newest claim came, and from where; a private one names no facility here. */
  fresh: { at: Date; facility: string | undefined } | undefined;
}

export async function readOverview(db: Db, { personId, hidesSensitive }: RecordOwner): Promise<Overview> {
  const { rows } = await sql<{ years: [number, number][] | null; at: Date | null; facility: string | null }>`
    with mine as (
      select admitted_at, discharged_at, co_paid, arrived_at, facility_code, is_sensitive
        from visit
       where person_id = ${personId} and not (is_sensitive and ${hidesSensitive}::boolean))
    select (select json_agg(json_build_array(y, n) order by y desc)
              from (select extract(year from day)::int as y, sum(begun)::int as n
                      from (select admitted_at as day, 1 as begun from mine
                            union all
                            select discharged_at, 0 from mine where co_paid > 0 and not ${hidesSensitive}::boolean) days
                     group by 1) counted
           ) as years,
           newest.arrived_at as at,
           case when not newest.is_sensitive then
             coalesce((select f.name from facility f where f.facility_code = newest.facility_code
                        order by f.valid_from desc limit 1), newest.facility_code) end as facility
      from (values (1)) one
      left join lateral (
        select arrived_at, facility_code, is_sensitive from mine order by arrived_at desc limit 1) newest on true`.execute(
    db,
  );
  const row = rows[0];
  return {
    years: (row?.years ?? []).map(([year, visits]) => ({ year, visits })),
    fresh: row?.at ? { at: row.at, facility: row.facility ?? undefined } : undefined,
  };
}

/** What was co-paid for visits that ended in a calendar year: a stay over New Year counts in the second. */
export async function coPaidIn(db: Db, owner: RecordOwner, year: number) {
  const rows = await visitsOf(db, owner)
    .select(["visit.discharged_at", "visit.co_paid", "visit.entitlement_code"])
    .where("visit.discharged_at", ">=", `${year}-01-01`)
    .where("visit.discharged_at", "<", `${year + 1}-01-01`)
    .where("visit.co_paid", ">", "0")
    .execute();
  return rows.map(({ discharged_at, co_paid, entitlement_code: entitlementCode }) => ({
    endedOn: discharged_at.slice(0, 10),
    coPaid: vnd(co_paid),
    entitlementCode,
  }));
}

/** The visits of one calendar year, newest first, without their lines; of the newest of the overview when none is asked for. */
export async function visitsOfYear(db: Db, owner: RecordOwner, year: number | undefined): Promise<VisitHead[]> {
  const query = visitsOf(db, owner).select(headColumns).orderBy("visit.admitted_at", "desc").orderBy("visit.visit_id");
  const lastCounted = sql`max(visit.discharged_at) filter (where visit.co_paid > 0 and not ${owner.hidesSensitive}::boolean)`;
  const firstDay = sql<string>`date_trunc('year', greatest(max(visit.admitted_at), ${lastCounted}))`.as("first_day");
  const asked =
    year === undefined
      ? query.where("visit.admitted_at", ">=", visitsOf(db, owner).select(firstDay))
      : query.where("visit.admitted_at", ">=", `${year}-01-01`).where("visit.admitted_at", "<", `${year + 1}-01-01`);
  return (await asked.execute()).map(headOf);
}
