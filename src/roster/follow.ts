import type { Db, House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import {
  fillSome,
  fillTouched,
  lastFollow,
  lockFollow,
  matchAgain,
  reachOfMoves,
  saveFollow,
  type Touched,
  touchedBetween,
  unitsWithList,
} from "./store-moments.ts";

/** Longer than a transaction that writes a moment may take; what is filled twice stays as it is. */
const OVERLAP_MS = 60_000;

/** Persons a transaction, and moves a step: however much has gathered, no statement meets its limit. */
export const AT_ONCE = 2000;

const BEFORE_ALL = "00000000-0000-0000-0000-000000000000";

export interface Followed {
  matched: number;
  filled: number;
}

/**
 * Files and accounts that moved since the last run → the moments of the people of lists. Idempotent, and goes on from
 * the last step that it ended. A clock that was put back is followed from where it stands.
 */
export async function followRosters(house: House): Promise<Followed> {
  const now = house.clock.now();
  const done = { matched: 0, filled: 0 };
  let last = await lastFollow(house.db);
  if (!last) {
    done.filled = await fillAll(house.db);
    await saveFollow(house.db, now);
    return done;
  }
  let after = new Date(Math.min(last.getTime(), now.getTime()) - OVERLAP_MS);
  for (;;) {
    const to = await reachOfMoves(house.db, after, AT_ONCE);
    for (const part of inParts(await touchedBetween(house.db, after, to))) {
      const from = last;
      const did = await inTransaction(house.db, (tx) => followPart(tx, part, from));
      if (!did) return done;
      done.matched += did.matched;
      done.filled += did.filled;
    }
    last = to && to < now ? to : now;
    await saveFollow(house.db, last);
    if (!to) return done;
    after = to;
  }
}

/** Undefined when another follower has gone on meanwhile. */
async function followPart(tx: Tx, part: Touched, last: Date): Promise<Followed | undefined> {
  if (!(await lockFollow(tx, last))) return undefined;
  return { matched: await matchAgain(tx, part.personIds), filled: await fillTouched(tx, part) };
}

function* inParts({ personIds, numbers }: Touched): Generator<Touched> {
  for (let from = 0; from < Math.max(personIds.length, numbers.length); from += AT_ONCE) {
    const some = (all: readonly string[]) => all.slice(from, from + AT_ONCE);
    yield { personIds: some(personIds), numbers: some(numbers) };
  }
}

/** Every person of every list from the sources again: answers how many lines the follower had missed. */
export async function recountRosters(house: House): Promise<number> {
  return fillAll(house.db);
}

/** Some lines of a unit at a time: a statement over the lists of the country, or of its largest unit, would meet its limit. */
async function fillAll(db: Db): Promise<number> {
  let filled = 0;
  for (const unitCode of await unitsWithList(db)) {
    let last: string | undefined = BEFORE_ALL;
    while (last !== undefined) {
      const after: string = last;
      const done = await inTransaction(db, (tx) => fillSome(tx, unitCode, after, AT_ONCE));
      filled += done.filled;
      last = done.last;
    }
  }
  return filled;
}
