import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { CLASSES } from "./rules.ts";
import { periodOf } from "./run.ts";
import { readProofs } from "./store.ts";
import { countDue } from "./store-classes.ts";
import { older } from "./store-older.ts";

export interface Proved {
  class: string;
  /** Past their period and still there; all of them must be held. Null: the class has no period. */
  left: number | null;
  held: number;
  deleted: number;
  /** Proofs without their line in the record of deeds, or lines without their proof. */
  unmatched: number;
  isGood: boolean;
}

/** Is nothing left that should have gone, and has each deletion its line in the record of deeds? */
export async function proveRetention(house: House): Promise<Proved[]> {
  const proofs = new Map((await readProofs(house.db)).map((one) => [one.class, one]));
  const proved: Proved[] = [];
  for (const name of CLASSES) {
    const { deleted, unmatched } = proofs.get(name) ?? { deleted: 0, unmatched: 0 };
    const period = await periodOf(house, name);
    const left = period ? await older[name](house.db, period.before) : null;
    const { held } = period ? await inTransaction(house.db, (tx) => countDue(tx, name, period.before)) : { held: 0 };
    proved.push({ class: name, left, held, deleted, unmatched, isGood: (left ?? 0) === held && unmatched === 0 });
  }
  return proved;
}
