import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { carryOver } from "./carry-over.ts";
import { LATE_ROWS_DAYS } from "./rules-merge.ts";
import { hasRows, lockMerge, lockPersons, mergesSince } from "./store-merge.ts";

const DAY_MS = 86_400_000;

/**
 * The sweep behind the merges: an import that had looked a number up before the merge may write its rows after it.
 * They follow to the survivor. Answers how many rows did.
 */
export async function followMerges(house: House): Promise<number> {
  const now = house.clock.now();
  let followed = 0;
  for (const { id, mergedId, survivorId } of await mergesSince(
    house.db,
    new Date(now.getTime() - LATE_ROWS_DAYS * DAY_MS),
  )) {
    if (!(await hasRows(house.db, mergedId))) continue;
    followed += await inTransaction(house.db, async (tx) => {
      const merge = await lockMerge(tx, id);
      if (merge?.status !== "merged") return 0;
      await lockPersons(tx, [mergedId, survivorId]);
      return carryOver(tx, merge, now, false);
    });
  }
  return followed;
}
