/** A receipt of the network: kept, matched, and only then answered. */
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { createBatcher } from "./batcher.ts";
import { applyReceipts, keepReceipts, type Receipt, unmatchedReceipts } from "./store-receipts.ts";

const SWEEP_BATCH = 500;
/** Nobody waits for a receipt but the network, which has many under way. */
const together = { lingerMs: 40, enough: 32 };

/** Resolves once the receipt is on disk; receipts that come together are written together. */
export function receiptTaker(house: House): (receipt: Receipt) => Promise<void> {
  const batcher = createBatcher<Receipt>((receipts) => takeReceipts(house, receipts), together);
  return (receipt) => batcher.put(receipt);
}

export async function takeReceipts(house: House, receipts: readonly Receipt[]): Promise<void> {
  const now = house.clock.now();
  await inTransaction(house.db, async (tx) => {
    await keepReceipts(tx, receipts, now);
    await applyReceipts(tx, receipts, now);
  });
}

/** Receipts that crossed the answer to their own message in two transactions. */
export async function matchEarlyReceipts(house: House): Promise<number> {
  const keys = await unmatchedReceipts(house.db, SWEEP_BATCH);
  if (!keys.length) return 0;
  return inTransaction(house.db, (tx) => applyReceipts(tx, keys, house.clock.now()));
}
