import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { type Rung, ringMarks } from "./store.ts";

/** The sweep of every minute: rings at half and at four fifths of each clock, and at its end; in the log without a person. */
export async function alarmRequests(house: House): Promise<Rung[]> {
  const rung = await inTransaction(house.db, (tx) => ringMarks(tx, house.clock.now()));
  for (const { clock, mark, requests } of rung) {
    const facts = { alarm: "data_requests", clock, mark, requests };
    if (mark === "half") house.log.warn(facts, "half of the time of requests over personal data has passed");
    else house.log.error(facts, "the time of requests over personal data is nearly or wholly over");
  }
  return rung;
}
