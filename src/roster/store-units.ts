import type { Db, Tx } from "../db/house.ts";
import type { RosterUnit } from "./rules.ts";

const columns = [
  "unit_code as code",
  "name",
  "kind",
  "parent_code as parentCode",
  "office_code as officeCode",
] as const;

export async function unitsOf(db: Db, codes: readonly string[]): Promise<RosterUnit[]> {
  if (codes.length === 0) return [];
  return db
    .selectFrom("drive_unit")
    .select(columns)
    .where("unit_code", "in", [...codes])
    .execute();
}

/** Held to the end of the transaction: one list of a unit at a time. Undefined when there is no such unit. */
export async function lockUnit(tx: Tx, code: string): Promise<RosterUnit | undefined> {
  return tx.selectFrom("drive_unit").select(columns).where("unit_code", "=", code).forUpdate().executeTakeFirst();
}
