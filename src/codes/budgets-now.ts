/** How the budgets of codes stand, for who watches over them. */
import type { House } from "../db/house.ts";
import { dayOf } from "../kernel/calendar.ts";
import { policyOn } from "../policy/store.ts";
import { blockRest, codeBudget, MINUTE_MS, messageCeiling, spentPercent } from "./rules.ts";
import { countHolding, countSent } from "./store.ts";

/** Blocks of numbers that hold askings back just now; how much of the whole system's budget is gone, in percent. */
export async function codeBudgetsNow({ db, clock }: House): Promise<{ holdingBlocks: number; spentPercent: number }> {
  const now = clock.now();
  const today = dayOf(now);
  const restMs = (await policyOn(db, blockRest, today)) * MINUTE_MS;
  const most = { ...(await policyOn(db, codeBudget, today)), ...(await policyOn(db, messageCeiling, today)) };
  return {
    holdingBlocks: await countHolding(db, restMs, now),
    spentPercent: spentPercent(await countSent(db, now), most),
  };
}
