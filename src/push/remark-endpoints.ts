import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { endpointMarks, openSubscription } from "./seal.ts";
import { carryEndpoint, subscriptionsAfter } from "./store.ts";

const BATCH = 200;

/**
 * Marks the addresses of devices with the secret in front; they lie sealed beside their marks. May be stopped and run
 * again. Answers how many were marked, and how many could not be: their secret is not known here.
 */
export async function remarkEndpoints(house: House): Promise<{ done: number; lost: number }> {
  const count = { done: 0, lost: 0 };
  for (let after = { personId: "0", id: "00000000-0000-0000-0000-000000000000" }; ; ) {
    const batch = await subscriptionsAfter(house.db, after, BATCH);
    for (const { id, sealed, mark } of batch) {
      const marks = endpointMarks(house.vault, openSubscription(house.vault, id, sealed).endpoint);
      if (mark.equals(marks[0])) continue;
      const isOurs = marks.some((one) => one.equals(mark));
      if (isOurs && (await inTransaction(house.db, (tx) => carryEndpoint(tx, marks)))) count.done += 1;
      else count.lost += 1;
    }
    const last = batch.at(-1);
    if (!last) return count;
    after = last;
  }
}
