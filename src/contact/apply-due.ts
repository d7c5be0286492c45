import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { system } from "../kernel/actor.ts";
import { lockPerson } from "../register/store-merge.ts";
import { apply } from "./apply.ts";
import { ASKED_KEPT_MS } from "./rules.ts";
import { lapseForgotten, nextDue, takeDue } from "./store.ts";

/** Takes over every change whose time has come, one a transaction; several workers share them. Run every minute. */
export async function applyDue(house: House): Promise<{ applied: number; refused: number }> {
  const now = house.clock.now();
  const count = { applied: 0, refused: 0 };
  for (;;) {
    const due = await nextDue(house.db, now);
    if (!due) break;
    const fits = await inTransaction(house.db, async (tx) => {
      // The person before the change, as whoever closes the account does.
      await lockPerson(tx, due.person_id);
      const change = await takeDue(tx, due, now);
      return change && (await apply(tx, house, change, { by: system, from: "waiting", now }));
    });
    // Undefined: another worker had it, or it was stopped at this moment.
    if (fits !== undefined) count[fits ? "applied" : "refused"] += 1;
  }
  await lapseForgotten(house.db, new Date(now.getTime() - ASKED_KEPT_MS), now);
  return count;
}
