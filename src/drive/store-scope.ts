import { sql } from "kysely";
import type { Db } from "../db/house.ts";
import { officesAtWork, type Staff } from "../kernel/actor.ts";

/**
 * The units of the roll-out that a member of staff may see on `today` (yyyy-mm-dd), by code: for a coordinator
 * or leader their own units and all that stood under them that day; for an office's staff the units that it serves.
 * Deny by default: no such role, no unit.
 */
export async function unitsInSight(db: Db, staff: Staff, today: string): Promise<string[]> {
  const own = staff.roles.flatMap(({ role, unitCode }) =>
    unitCode && (role === "coordinator" || role === "leader") ? [unitCode] : [],
  );
  const offices = [
    ...officesAtWork(staff),
    ...staff.roles.flatMap(({ role, officeCode }) => (officeCode && role === "leader" ? [officeCode] : [])),
  ];
  if (own.length === 0 && offices.length === 0) return [];
  const { rows } = await sql<{ code: string }>`
    with recursive seen as (
      select unit_code from drive_unit
      where (unit_code = any(${own}::text[]) or office_code = any(${offices}::text[]))
        and valid_from <= ${today}::date and (valid_to is null or valid_to >= ${today}::date)
      union
      select u.unit_code from seen
      join drive_unit_standing s on s.parent_code = seen.unit_code and s.during @> ${today}::date
      join drive_unit u on u.unit_code = s.unit_code
      where u.valid_from <= ${today}::date and (u.valid_to is null or u.valid_to >= ${today}::date))
    select unit_code as code from seen order by unit_code`.execute(db);
  return rows.map(({ code }) => code);
}
