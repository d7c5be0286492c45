import type { Db, Tx } from "../db/house.ts";
import type { PlainDate } from "../kernel/calendar.ts";
import { policyOn } from "../policy/store.ts";
import { eraseDays, type Right, rightTerms, type Term, termsOf } from "./rules.ts";

/** The term of each right as the operator's settings of that day say. */
export async function termsOn(db: Db | Tx, day: PlainDate): Promise<Record<Right, Term>> {
  return termsOf(await policyOn(db, rightTerms, day), await policyOn(db, eraseDays, day));
}
