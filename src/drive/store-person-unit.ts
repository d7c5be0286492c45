/** Units by code, and the unit on whose list somebody stands. */
import type { Db, Tx } from "../db/house.ts";

export interface UnitName {
  code: string;
  name: string;
  officeCode: string;
}

export async function findUnitByCode(db: Db | Tx, code: string, on: string): Promise<UnitName | undefined> {
  return db
    .selectFrom("drive_unit")
    .select(["unit_code as code", "name", "office_code as officeCode"])
    .where("unit_code", "=", code)
    .where("valid_from", "<=", on)
    .where((where) => where.or([where("valid_to", "is", null), where("valid_to", ">=", on)]))
    .executeTakeFirst();
}

/** The one whose list the person joined last and has not left. */
export async function unitOfPerson(db: Db | Tx, personIds: readonly string[]): Promise<string | undefined> {
  if (personIds.length === 0) return undefined;
  const row = await db
    .selectFrom("roster_person")
    .select("unit_code")
    .where("person_id", "in", [...personIds])
    .where("left_at", "is", null)
    .orderBy("joined_at", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.unit_code;
}

export async function unitNames(db: Db, codes: readonly string[]): Promise<Map<string, string>> {
  if (codes.length === 0) return new Map();
  const rows = await db
    .selectFrom("drive_unit")
    .select(["unit_code", "name"])
    .where("unit_code", "in", [...codes])
    .execute();
  return new Map(rows.map((row) => [row.unit_code, row.name]));
}
