import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { system } from "../kernel/actor.ts";
import { apply } from "./apply.ts";
import { ASKED_KEPT_MS } from "./rules.ts";
import { lapseForgotten, takeDue } from "./store.ts";

/** Takes over every change whose time has come, one a transaction; several workers share them. Run every minute. */
export async function applyDue(house: House): Promise<{ applied: number; refused: number }> {
  const now = house.clock.now();
  const count = { applied: 0, refused: 0 };
  for (;;) {
    const done = await inTransaction(house.db, async (tx) => {
      const change = await takeDue(tx, now);
      return change && { fits: await apply(tx, house, change, { by: system, from: "waiting", now }) };
    });
    if (!done) break;
    if (done.fits) count.applied += 1;
    else count.refused += 1;
  }
  await lapseForgotten(house.db, new Date(now.getTime() - ASKED_KEPT_MS), now);
  return count;
}
