import { insertKeys } from "../db/data-keys.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { OWN_PLACES, type OwnClass } from "../vault/places.ts";
import { saveResealed, takeUnkeyed } from "./store-reseal.ts";

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

async function resealBatch({ db, vault, clock }: House, purpose: OwnClass): Promise<number> {
  return inTransaction(db, async (tx) => {
    const rows = await takeUnkeyed(tx, OWN_PLACES[purpose], BATCH);
    for (const { id, sealed } of rows) {
      const held = { sealed, dataKeyId: null, keyVersion: null, wrapped: null };
      const anew = await vault.sealOwn(purpose, await vault.openOwn(purpose, held, id), id);
      await insertKeys(tx, [anew.dataKey], clock.now());
      await saveResealed(tx, OWN_PLACES[purpose], id, anew);
    }
    return rows.length;
  });
}
