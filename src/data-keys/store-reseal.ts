import { sql } from "kysely";
import type { Tx } from "../db/house.ts";

/** Where such objects lie (vault/places.ts). */
interface OwnPlace {
  table: string;
  id: string;
  column: string;
}

/** Objects without a data key of their own, locked; those that somebody else is at are passed over. */
export async function takeUnkeyed(tx: Tx, place: OwnPlace, most: number): Promise<{ id: string; sealed: Buffer }[]> {
  const { table, id, column } = place;
  const { rows } = await sql<{ id: string; sealed: Buffer }>`
    select ${sql.ref(id)} as id, ${sql.ref(column)} as sealed from ${sql.table(table)}
     where data_key_id is null order by ${sql.ref(id)} limit ${most} for update skip locked`.execute(tx);
  return rows;
}

export async function saveResealed(
  tx: Tx,
  place: OwnPlace,
  objectId: string,
  { sealed, dataKeyId }: { sealed: Buffer; dataKeyId: string },
): Promise<void> {
  const { table, id, column } = place;
  await sql`
    update ${sql.table(table)} set ${sql.ref(column)} = ${sealed}, data_key_id = ${dataKeyId}
     where ${sql.ref(id)} = ${objectId}`.execute(tx);
}
