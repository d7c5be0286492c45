import { type Connection, ownerOf } from "../db/connection.ts";
import type { Db, House } from "../db/house.ts";
import { createDb, createPool } from "../db/pool.ts";
import { inTransaction } from "../db/transaction.ts";
import { OWN_PLACES } from "../vault/places.ts";
import { countUnheaded, countUnkeyed, OLD_PLACES, saveUnheaded, takeUnheaded } from "./store-reseal.ts";

const BATCH = 200;

/**
 * Seals under data keys what lies sealed under a secret itself, from before there were data keys: seeds of second
 * factors, addresses of devices, letters and signatures. As the owner of the database, for signed rows that the
 * application may not change. What opens under no known secret is left, and counted as lost.
 */
export async function resealOld(
  house: House & { owner: Connection | undefined },
): Promise<{ done: number; lost: number }> {
  const pool = createPool(ownerOf(house), { log: house.log, size: 1, statementTimeoutMs: 0, asApp: false });
  try {
    const count = { done: 0, lost: 0 };
    for (const place of OLD_PLACES) await resealPlace(createDb(pool), house, place, count);
    return count;
  } finally {
    await pool.end();
  }
}

async function resealPlace(
  db: Db,
  { vault }: House,
  place: (typeof OLD_PLACES)[number],
  count: { done: number; lost: number },
): Promise<void> {
  for (let after = ""; ; ) {
    const last = await inTransaction(db, async (tx) => {
      const rows = await takeUnheaded(tx, place, after, BATCH);
      for (const { id, sealed } of rows) {
        const context = `${place.before}${id}`;
        let plain: Buffer;
        try {
          plain = vault.open(place.purpose, sealed, context);
        } catch {
          count.lost += 1;
          continue;
        }
        await saveUnheaded(tx, place, id, vault.seal(place.purpose, plain, context));
        count.done += 1;
      }
      return rows.at(-1);
    });
    if (!last) return;
    after = last.id;
  }
}

/** Values that only a secret opens. */
export async function countOldSeals(db: Db): Promise<number> {
  let count = 0;
  for (const place of Object.values(OWN_PLACES)) count += await countUnkeyed(db, place);
  for (const place of OLD_PLACES) count += await countUnheaded(db, place);
  return count;
}
