import type { Db, House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import {
  fillTouched,
  fillUnit,
  lockFollow,
  matchAgain,
  saveFollow,
  touchedSince,
  unitsWithList,
} from "./store-moments.ts";

/** Longer than a transaction that writes a moment may take; what is filled twice stays as it is. */
const OVERLAP_MS = 60_000;

/**
 * Files and accounts that moved since the last run → the moments of the people of lists. Idempotent. A clock that
 * was put back is followed from where it stands.
 */
export async function followRosters(house: House): Promise<{ matched: number; filled: number }> {
  const now = house.clock.now();
  return inTransaction(house.db, async (tx) => {
    const last = await lockFollow(tx);
    await saveFollow(tx, now);
    if (!last) return { matched: 0, filled: await fillAll(tx) };
    const since = new Date(Math.min(last.getTime(), now.getTime()) - OVERLAP_MS);
    const touched = await touchedSince(tx, since);
    const matched = await matchAgain(tx, touched.personIds);
    return { matched, filled: await fillTouched(tx, touched) };
  });
}

/** Every person of every list from the sources again: answers how many lines the follower had missed. */
export async function recountRosters(house: House): Promise<number> {
  return fillAll(house.db);
}

/** A unit at a time: a statement over the lists of the whole country would meet its limit. */
async function fillAll(db: Db): Promise<number> {
  let filled = 0;
  for (const unitCode of await unitsWithList(db)) filled += await inTransaction(db, (tx) => fillUnit(tx, unitCode));
  return filled;
}
