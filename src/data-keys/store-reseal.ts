import { sql } from "kysely";
import type { Tx } from "../db/house.ts";
import { OWN_PLACES, type OwnClass } from "../vault/places.ts";

/** Objects without a data key of their own, locked; those that somebody else is at are passed over. */
export async function takeUnkeyed(tx: Tx, purpose: OwnClass, most: number): Promise<{ id: string; sealed: Buffer }[]> {
  const { table, id, column } = OWN_PLACES[purpose];
  const { rows } = await sql<{ id: string; sealed: Buffer }>`
    select ${sql.ref(id)} as id, ${sql.ref(column)} as sealed from ${sql.table(table)}
     where data_key_id is null order by ${sql.ref(id)} limit ${most} for update skip locked`.execute(tx);
  return rows;
}

export async function saveResealed(
  tx: Tx,
  purpose: OwnClass,
  objectId: string,
  { sealed, dataKeyId }: { sealed: Buffer; dataKeyId: string },
): Promise<void> {
  const { table, id, column } = OWN_PLACES[purpose];
  await sql`
    update ${sql.table(table)} set ${sql.ref(column)} = ${sealed}, data_key_id = ${dataKeyId}
     where ${sql.ref(id)} = ${objectId}`.execute(tx);
}
