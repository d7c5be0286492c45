/**
 * Brings a new mark to what stands on record: visits, their earlier versions and papers, some persons at a time, each
 * time a transaction; who was gone through is kept, so that a stop costs nothing.
 */
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { bump } from "../intake/store-claims.ts";
import { dayOf } from "../kernel/calendar.ts";
import { endOfPersons, lockDueMark, markRecords, noteProgress } from "./store.ts";

const PERSONS_AT_ONCE = 500;
/** A run ends before the next is due; that one goes on where this one stopped. */
const RUN_MS = 45_000;

/** Answers of how many persons something became private. */
export async function sweepMarks(house: House, personsAtOnce = PERSONS_AT_ONCE): Promise<number> {
  const begun = performance.now();
  let persons = 0;
  while (performance.now() - begun < RUN_MS) {
    const marked = await inTransaction(house.db, async (tx) => {
      const now = house.clock.now();
      const mark = await lockDueMark(tx, dayOf(now).toString(), now);
      if (!mark) return undefined;
      const upTo = await endOfPersons(tx, mark.afterPerson, personsAtOnce);
      const found = upTo === undefined ? [] : await markRecords(tx, mark, upTo);
      await bump(
        tx,
        found.toSorted((a, b) => Number(a) - Number(b)),
      );
      await noteProgress(tx, mark, upTo, now);
      return found.length;
    });
    if (marked === undefined) break;
    persons += marked;
  }
  return persons;
}
