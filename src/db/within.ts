import type { House, Tx } from "./house.ts";

/** A house inside a transaction that others opened: which one it is a copy of, and what waits for the commit. */
interface Within {
  root: House;
  after: (() => void)[];
}

const copies = new WeakMap<House, Within>();

/** The same house, whose statements belong to `tx`. What this process remembers stays with the house itself. */
export function houseWithin(house: House, tx: Tx): House {
  const copy = { ...house, db: tx };
  copies.set(copy, { root: rootOf(house), after: [] });
  return copy;
}

/** The house by which this process remembers things: sessions, looks that wait to be written. */
export const rootOf = (house: House): House => copies.get(house)?.root ?? house;

/** Does it now, or when the transaction around has been committed; never when that is taken back. */
export function afterCommit(house: House, act: () => void): void {
  const within = copies.get(house);
  if (within) within.after.push(act);
  else act();
}

/** Called by whoever opened the transaction, once it is committed. */
export function tellCommitted(house: House): void {
  for (const act of copies.get(house)?.after.splice(0) ?? []) act();
}
