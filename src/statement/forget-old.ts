import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { dayOf } from "../kernel/calendar.ts";
import { policyOn } from "../policy/store.ts";
import { keptDays } from "./rules.ts";
import { forgetEnded } from "./store.ts";

const AT_ONCE = 5000;

/** Throws away papers whose code ended long ago. Run by the worker. */
export async function forgetOld(house: House): Promise<number> {
  const today = dayOf(house.clock.now());
  const days = await policyOn(house.db, keptDays, today);
  return inTransaction(house.db, (tx) => forgetEnded(tx, today.subtract({ days }).toString(), AT_ONCE));
}
