import { sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";
import type { TilePlace, TileUnit } from "./rules-tiles.ts";

/** Where squares stand on the tile map. */

/** Squares of a kind of unit in these units' provinces, without these units: a map may show them side by side. */
export async function squaresBeside(
  db: Db | Tx,
  codes: readonly string[],
  kind: string,
  today: string,
): Promise<(TileUnit & TilePlace)[]> {
  const { rows } = await sql<TileUnit & TilePlace>`
    select u.unit_code as code, u.name, t.across, t.down
      from unit_tile t join drive_unit u on u.unit_code = t.unit_code
     where u.kind = ${kind} and u.unit_code <> all(${[...codes]}::text[])
       and u.valid_from <= ${today}::date and (u.valid_to is null or u.valid_to >= ${today}::date)
       and u.province_code in (select province_code from drive_unit where unit_code = any(${[...codes]}::text[]))`.execute(
    db,
  );
  return rows;
}

/** Null: no place of its own any more. */
export async function savePlaces(tx: Tx, places: ReadonlyMap<string, TilePlace | null>): Promise<void> {
  await tx
    .deleteFrom("unit_tile")
    .where(sql<boolean>`unit_code = any(${[...places.keys()]}::text[])`)
    .execute();
  const rows = [...places].flatMap(([unit_code, place]) => (place ? [{ unit_code, ...place }] : []));
  if (rows.length > 0) await tx.insertInto("unit_tile").values(rows).execute();
}

/** Two who place squares at once do so one after the other. */
export async function lockTiles(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(8330053)`.execute(tx);
}
