/** A receipt of the network: kept, matched, and only then answered. */
import type { House } from "../db/house.ts";
import { askedAgain, inTransaction } from "../db/transaction.ts";
import { createBatcher } from "./batcher.ts";
import { applyReceipts, keepReceipts, type Receipt, unmatchedReceipts } from "./store-receipts.ts";
import type { Unwritten } from "./unwritten.ts";

const SWEEP_BATCH = 500;
/** Nobody waits for a receipt but the network, which has many under way. */
const together = { lingerMs: 40, enough: 64 };

/** Resolves once the receipt is on disk; receipts that come together are written together, after the marks of their messages. */
export function receiptTaker(house: House, unwritten: Unwritten): (receipt: Receipt) => Promise<void> {
  const batcher = createBatcher<Receipt>(async (receipts) => {
    await Promise.all(receipts.map(({ provider, reference }) => unwritten.of(provider, reference)));
    await takeReceipts(house, receipts);
  }, together);
  return (receipt) => batcher.put(receipt);
}

export async function takeReceipts(house: House, receipts: readonly Receipt[]): Promise<void> {
  const now = house.clock.now();
  const others = await askedAgain(() => keepReceipts(house.db, receipts, now));
  if (others.length > 0) await inTransaction(house.db, (tx) => applyReceipts(tx, others, now));
}

/** Receipts that crossed the answer to their own message in two transactions. */
export async function matchEarlyReceipts(house: House): Promise<number> {
  const keys = await unmatchedReceipts(house.db, SWEEP_BATCH);
  if (!keys.length) return 0;
  return inTransaction(house.db, (tx) => applyReceipts(tx, keys, house.clock.now()));
}
