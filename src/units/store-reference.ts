import { sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";

export type ReferenceTable =
  | "admin_unit"
  | "admin_unit_successor"
  | "public_holiday_year"
  | "public_holiday"
  | "base_wage"
  | "code_list_entry"
  | "sensitive_mark"
  | "bhxh_office"
  | "bhxh_office_area"
  | "facility"
  | "employer";

const KEYS: Record<ReferenceTable, readonly string[]> = {
  admin_unit: ["level", "code", "valid_from"],
  admin_unit_successor: ["level", "code", "valid_from", "successor_code", "successor_valid_from"],
  public_holiday_year: ["year"],
  public_holiday: ["on_day"],
  base_wage: ["valid_from"],
  code_list_entry: ["list", "code", "valid_from"],
  sensitive_mark: ["kind", "from_code", "to_code", "valid_from"],
  bhxh_office: ["office_code"],
  bhxh_office_area: ["office_code", "commune_code"],
  facility: ["facility_code", "valid_from"],
  employer: ["unit_code"],
};

/** The lists of a release that an operator changes row by row. */
export type OperatorsList = "public_holiday" | "public_holiday_year" | "base_wage" | "code_list_entry";

/** As reference_change.key has it. */
export function keyOf(table: ReferenceTable, row: Record<string, unknown>): string {
  return JSON.stringify(KEYS[table].map((column) => String(row[column])));
}

/**
 * What an operator entered stands as it was entered, and what was struck out is not there: also where a version that
 * knows nothing of such changes has put its own rows back.
 */
export async function restoreChanges(tx: Tx, table: ReferenceTable): Promise<void> {
  const entered = await tx
    .selectFrom("reference_change")
    .select("entered")
    .where("list", "=", table)
    .where("is_struck", "=", false)
    .execute();
  for (const { entered: row } of entered) {
    const values = row as Record<string, unknown>;
    await upsertReference(tx, table, Object.keys(values), [values]);
  }
  const key = sql.join(KEYS[table].map((column) => sql`own.${sql.ref(column)}::text`));
  await sql`
    delete from ${sql.table(table)} own using reference_change change
     where change.list = ${table} and change.is_struck and change.key::jsonb = jsonb_build_array(${key})
  `.execute(tx);
}

/** One statement a list: the rows travel as JSON and are typed by the table itself. */
export async function upsertReference(
  tx: Tx,
  table: ReferenceTable,
  columns: readonly string[],
  rows: readonly Record<string, unknown>[],
  keepsChanges = false,
): Promise<void> {
  const keys = KEYS[table];
  const names = sql.join(columns.map((column) => sql.ref(column)));
  const changes = columns.filter((column) => !keys.includes(column));
  const onConflict =
    changes.length && !keepsChanges
      ? sql`do update set ${sql.join(changes.map((column) => sql`${sql.ref(column)} = excluded.${sql.ref(column)}`))}`
      : sql`do nothing`;
  await sql`
    insert into ${sql.table(table)} (${names})
    select ${names} from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::jsonb)
    on conflict (${sql.join(keys.map((key) => sql.ref(key)))}) ${onConflict}
  `.execute(tx);
}

export async function isEmptyReference(tx: Tx, table: ReferenceTable): Promise<boolean> {
  const { rows } = await sql`select from ${sql.table(table)} limit 1`.execute(tx);
  return rows.length === 0;
}

const SETTING = "reference_sha256";

/** Hash of the lists that were loaded last. */
export async function loadedReference(db: Db): Promise<string | undefined> {
  const row = await db
    .selectFrom("setting")
    .select("value")
    .where("name", "=", SETTING)
    .where("valid_from", "=", "1900-01-01")
    .executeTakeFirst();
  return typeof row?.value === "string" ? row.value : undefined;
}

export async function rememberReference(tx: Tx, hash: string): Promise<void> {
  const value = JSON.stringify(hash);
  await tx
    .insertInto("setting")
    .values({ name: SETTING, valid_from: "1900-01-01", value, changed_by: "start" })
    .onConflict((conflict) => conflict.columns(["name", "valid_from"]).doUpdateSet({ value }))
    .execute();
}
