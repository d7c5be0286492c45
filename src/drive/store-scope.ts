import { type RawBuilder, sql } from "kysely";
import type { Db } from "../db/house.ts";
import { officesAtWork, type Staff } from "../kernel/actor.ts";

/**
 * The units of the roll-out that a member of staff may see on `today` (yyyy-mm-dd), by code: for a coordinator
 * or leader their own units and all that stood under them that day; for an office's staff the units that it serves.
 * Deny by default: no such role, no unit.
 */
export async function unitsInSight(db: Db, staff: Staff, today: string): Promise<string[]> {
  const seen = seenBy(staff, today);
  if (!seen) return [];
  const { rows } = await sql<{ code: string }>`${seen} select unit_code as code from seen order by unit_code`.execute(
    db,
  );
  return rows.map(({ code }) => code);
}

export interface UnitRow {
  code: string;
  kind: string;
  name: string;
  /** What it stood under that day. */
  parent: string | null;
  officeCode: string;
  headcount: number | null;
  /** Where its square stands on the tile map. */
  across: number | null;
  down: number | null;
}

/** The same, told whole, by name. */
export async function unitRowsInSight(db: Db, staff: Staff, today: string): Promise<UnitRow[]> {
  const seen = seenBy(staff, today);
  if (!seen) return [];
  const { rows } = await sql<UnitRow>`${seen}
    select u.unit_code as code, u.kind, u.name, s.parent_code as parent, u.office_code as "officeCode", u.headcount,
           t.across, t.down
      from seen
      join alive u using (unit_code)
      left join standing s using (unit_code)
      left join unit_tile t using (unit_code)
     order by u.folded_name collate "C", u.unit_code collate "C"`.execute(db);
  return rows;
}

/** "with recursive alive, standing, seen (unit_code)"; undefined for whoever sees no unit. */
function seenBy(staff: Staff, today: string): RawBuilder<unknown> | undefined {
  const own = staff.roles.flatMap(({ role, unitCode }) =>
    unitCode && (role === "coordinator" || role === "leader") ? [unitCode] : [],
  );
  const offices = [
    ...officesAtWork(staff),
    ...staff.roles.flatMap(({ role, officeCode }) => (officeCode && role === "leader" ? [officeCode] : [])),
  ];
  if (own.length === 0 && offices.length === 0) return undefined;
  // Units and tree of the day are read once, not for each level and each unit.
  return sql`
    with recursive alive as materialized (
      select unit_code, kind, name, folded_name, office_code, headcount from drive_unit
       where valid_from <= ${today}::date and (valid_to is null or valid_to >= ${today}::date)),
    standing as materialized (
      select unit_code, parent_code from drive_unit_standing where during @> ${today}::date),
    seen as (
      select unit_code from alive where unit_code = any(${own}::text[]) or office_code = any(${offices}::text[])
      union
      select alive.unit_code from seen
        join standing on standing.parent_code = seen.unit_code join alive on alive.unit_code = standing.unit_code)`;
}
