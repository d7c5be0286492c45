import { sql } from "kysely";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { OWN_PLACES, type OwnClass } from "./places.ts";

const BATCH = 20;

/** Gives pictures that were sealed under the secret, before data keys were, one of their own. Answers how many. */
export async function resealPictures(
  house: House,
  progress: (done: number) => void = () => undefined,
): Promise<number> {
  let done = 0;
  for (const purpose of Object.keys(OWN_PLACES) as OwnClass[]) {
    for (;;) {
      const taken = await resealBatch(house, purpose);
      if (taken === 0) break;
      done += taken;
      progress(done);
    }
  }
  return done;
}

async function resealBatch({ db, vault }: House, purpose: OwnClass): Promise<number> {
  const { table, id, column } = OWN_PLACES[purpose];
  const [inTable, idColumn, sealedColumn] = [sql.table(table), sql.ref(id), sql.ref(column)];
  return inTransaction(db, async (tx) => {
    const { rows } = await sql<{ id: string; sealed: Buffer }>`
      select ${idColumn} as id, ${sealedColumn} as sealed from ${inTable}
       where data_key_id is null order by ${idColumn} limit ${BATCH} for update skip locked`.execute(tx);
    for (const { id: objectId, sealed: old } of rows) {
      const held = { sealed: old, dataKeyId: null, keyVersion: null, wrapped: null };
      const plain = await vault.openOwn(purpose, held, objectId);
      const { sealed, dataKeyId, keep } = await vault.sealOwn(purpose, plain, objectId);
      await keep(tx);
      await sql`
        update ${inTable} set ${sealedColumn} = ${sealed}, data_key_id = ${dataKeyId}
         where ${idColumn} = ${objectId}`.execute(tx);
    }
    return rows.length;
  });
}
