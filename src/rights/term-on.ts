import type { Db, Tx } from "../db/house.ts";
import type { PlainDate } from "../kernel/calendar.ts";
import { policyOn } from "../policy/store.ts";
import { eraseDays, type Right, rightTerms, type Term, termOf } from "./rules.ts";

/** The term of a right as the operator's settings of that day say. */
export async function termOn(db: Db | Tx, right: Right, day: PlainDate): Promise<Term> {
  return termOf(right, await policyOn(db, rightTerms, day), await policyOn(db, eraseDays, day));
}
