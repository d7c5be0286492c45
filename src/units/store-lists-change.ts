/** Rows of the dated lists as an operator enters them and strikes them out. Tables and columns are constants. */
import { sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";
import { keyOf, type OperatorsList, upsertReference } from "./store-reference.ts";

export interface ListChange {
  list: OperatorsList;
  /** Of a row that is struck out, its key alone. */
  row: Record<string, string | number | null | object>;
  by: string;
  why: string;
}

export async function enterRow(tx: Tx, change: ListChange, at: Date): Promise<void> {
  await upsertReference(tx, change.list, Object.keys(change.row), [change.row]);
  await noteChange(tx, change, false, at);
}

/** Was there such a row? */
export async function strikeRow(tx: Tx, change: ListChange, at: Date): Promise<boolean> {
  const { list, row } = change;
  const isIt = Object.entries(row).map(([column, value]) => sql`${sql.ref(column)} = ${value}`);
  const { rows } = await sql`delete from ${sql.table(list)} where ${sql.join(isIt, sql` and `)} returning 1`.execute(
    tx,
  );
  if (rows.length > 0) await noteChange(tx, change, true, at);
  return rows.length > 0;
}

async function noteChange(tx: Tx, { list, row, by, why }: ListChange, isStruck: boolean, at: Date): Promise<void> {
  const entered = isStruck ? null : JSON.stringify(row);
  const change = { is_struck: isStruck, entered, reason: why, changed_by: by, changed_at: at };
  await tx
    .insertInto("reference_change")
    .values({ list, key: keyOf(list, row), ...change })
    .onConflict((conflict) => conflict.columns(["list", "key"]).doUpdateSet(change))
    .execute();
}

export async function holidaysOf(db: Db | Tx, year: number) {
  return db
    .selectFrom("public_holiday")
    .select(["on_day as day", "kind", "name", "source"])
    .where("on_day", ">=", `${year}-01-01`)
    .where("on_day", "<=", `${year}-12-31`)
    .orderBy("on_day")
    .execute();
}

export async function baseWages(db: Db | Tx) {
  return db
    .selectFrom("base_wage")
    .select(["valid_from as from", "amount_vnd as amount", "source"])
    .orderBy("valid_from")
    .execute();
}

/** The sets of names that `detail` has in a list: [] where no such list is known. */
export async function detailNames(db: Db | Tx, list: string): Promise<string[]> {
  const { rows } = await sql<{ names: string }>`
    select distinct coalesce((select string_agg(name, ' ' order by name) from jsonb_object_keys(detail) name), '') as names
      from code_list_entry where list = ${list}`.execute(db);
  return rows.map(({ names }) => names);
}
