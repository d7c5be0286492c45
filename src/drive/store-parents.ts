import { sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";
import type { PastParent } from "./rules-parents.ts";

/** What units stood under before, and on a day: decision 0058. */

/** The oldest first. */
export async function pastParentsOf(db: Db | Tx, code: string): Promise<PastParent[]> {
  return db
    .selectFrom("drive_unit_past_parent")
    .select(["parent_code as parentCode", "valid_to as validTo"])
    .where("unit_code", "=", code)
    .orderBy("valid_to")
    .execute();
}

/** In the place of those named before; true when that changes something. */
export async function savePastParents(tx: Tx, code: string, past: readonly PastParent[]): Promise<boolean> {
  const known = await pastParentsOf(tx, code);
  const isSame = (one: PastParent, at: number) =>
    one.parentCode === known[at]?.parentCode && one.validTo === known[at]?.validTo;
  if (known.length === past.length && past.every(isSame)) return false;
  await tx.deleteFrom("drive_unit_past_parent").where("unit_code", "=", code).execute();
  const rows = past.map(({ parentCode, validTo }) => ({ unit_code: code, parent_code: parentCode, valid_to: validTo }));
  if (rows.length > 0) await tx.insertInto("drive_unit_past_parent").values(rows).execute();
  return true;
}

/** By unit, what it stood under on an ISO day; units on top are not among them. */
export async function parentsOn(db: Db | Tx, codes: readonly string[], day: string): Promise<Map<string, string>> {
  const { rows } = await sql<{ code: string; parent: string }>`
    select unit_code as code, parent_code as parent from drive_unit_standing
     where unit_code = any(${[...codes]}::text[]) and during @> ${day}::date and parent_code is not null`.execute(db);
  return new Map(rows.map(({ code, parent }) => [code, parent]));
}

/** Codes of everything above a unit on an ISO day, the nearest first; the unit itself is not among them. */
export async function ancestorsOn(db: Db | Tx, code: string, day: string): Promise<string[]> {
  const { rows } = await sql<{ code: string }>`
    with recursive above as (
      select parent_code, 1 as step from drive_unit_standing where unit_code = ${code} and during @> ${day}::date
      union all
      select s.parent_code, above.step + 1
        from above join drive_unit_standing s on s.unit_code = above.parent_code and s.during @> ${day}::date
       where above.step < 20)
    select parent_code as code from above where parent_code is not null order by step`.execute(db);
  return rows.map((row) => row.code);
}

/** Codes of units that stand under this one on some day after this ISO day. */
export async function childrenAfter(db: Db | Tx, code: string, day: string): Promise<string[]> {
  const { rows } = await sql<{ code: string }>`
    select distinct u.unit_code as code
      from drive_unit_standing s join drive_unit u on u.unit_code = s.unit_code
     where s.parent_code = ${code}
       and not isempty(s.during * daterange(u.valid_from, u.valid_to + 1) * daterange(${day}::date + 1, null))
     order by 1`.execute(db);
  return rows.map((row) => row.code);
}
