/** A receipt of the network: kept, matched, and only then answered. */
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { applyReceipts, keepReceipt, type Receipt, unmatchedReceipts } from "./store-receipts.ts";

const SWEEP_BATCH = 500;

export async function takeReceipt(house: House, receipt: Receipt): Promise<void> {
  const now = house.clock.now();
  await inTransaction(house.db, async (tx) => {
    await keepReceipt(tx, receipt, now);
    await applyReceipts(tx, [receipt], now);
  });
}

/** Receipts that crossed the answer to their own message in two transactions. */
export async function matchEarlyReceipts(house: House): Promise<number> {
  const keys = await unmatchedReceipts(house.db, SWEEP_BATCH);
  if (!keys.length) return 0;
  return inTransaction(house.db, (tx) => applyReceipts(tx, keys, house.clock.now()));
}
