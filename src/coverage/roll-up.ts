import type { House, Tx } from "../db/house.ts";
import { daysAfter, difference, firstDays } from "./rules-days.ts";
import {
  beginRollUp,
  changedKeys,
  countedShare,
  daysFrom,
  type Keys,
  keysOfUnits,
  lockRollUp,
  movedUnits,
  noteRun,
  placeUnits,
  presentShare,
  takeOver,
  transactionNumbers,
  writeDays,
} from "./store-roll-up.ts";

/**
 * Brings `unit_day` up to the rosters and the tree of units, by what has changed and nothing else: for each person
 * concerned, what they added to the days as counted is taken off and what they add now is put on. See decision 0034.
 */
export interface RolledUp {
  /** Persons and lines that were counted anew. */
  counted: number;
  units: number;
}

/** Lines in one transaction: of the first time, and of a unit that moves. */
const LINES_AT_ONCE = 50_000;
const LARGEST_AGE = 2_000_000_000n;

/** `isWhole`: compares every line with what was counted; else only rows written since the last time. */
export async function rollUp(house: House, { isWhole = false } = {}): Promise<RolledUp> {
  const done: RolledUp = { counted: 0, units: 0 };
  for (;;) {
    const round = await oneRound(house, isWhole);
    done.counted += round.counted;
    done.units += round.units;
    if (round.isLast) return done;
  }
}

/** Every night: whatever no transaction number tells (a line that is gone, a restored house) is found by comparing. */
export async function compareAll(house: House): Promise<void> {
  const { counted } = await rollUp(house, { isWhole: true });
  if (counted > 0) house.log.warn({ counted }, "counts of the roll-out were not those of the rosters, and are now");
}

async function oneRound(house: House, isWhole: boolean): Promise<RolledUp & { isLast: boolean }> {
  return house.db
    .transaction()
    .setIsolationLevel("repeatable read")
    .execute(async (tx) => {
      if (!(await lockRollUp(tx))) return { counted: 0, units: 0, isLast: true };
      const run = await beginRollUp(tx);
      const moved = firstOf(await movedUnits(tx));
      if (moved.length > 0) {
        const keys = await keysOfUnits(tx, moved);
        await recount(tx, keys, () => placeUnits(tx, moved));
        return { counted: sizeOf(keys), units: moved.length, isLast: false };
      }
      const { settled, next } = await transactionNumbers(tx);
      const seen = run?.seenXid ? BigInt(run.seenXid) : undefined;
      const isKnown = !isWhole && seen !== undefined && seen <= next && next - seen < LARGEST_AGE;
      const keys = await changedKeys(tx, isKnown ? seen : undefined, LINES_AT_ONCE);
      const counted = sizeOf(keys);
      await recount(tx, keys);
      const isLast = keys.lines.length < LINES_AT_ONCE;
      if (isLast) await noteRun(tx, { seenXid: settled, now: house.clock.now(), isWhole: !isKnown });
      return { counted, units: 0, isLast };
    });
}

const sizeOf = ({ persons, lines }: Keys) => Math.max(persons.length, lines.length);

/** As many units as have so many lines together; one at least. */
function firstOf(moved: readonly { code: string; lines: number }[]): string[] {
  let lines = 0;
  return moved
    .filter((unit, at) => {
      lines += unit.lines;
      return at === 0 || lines <= LINES_AT_ONCE;
    })
    .map(({ code }) => code);
}

async function recount(tx: Tx, keys: Keys, placeFirst: () => Promise<void> = async () => undefined): Promise<void> {
  const before = await countedShare(tx, keys);
  await placeFirst();
  if (keys.lines.length === 0) return;
  const changes = difference(before, await presentShare(tx, keys));
  await takeOver(tx, keys);
  if (changes.length === 0) return;
  await writeDays(tx, daysAfter(await daysFrom(tx, firstDays(changes)), changes));
}
