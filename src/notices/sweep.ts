/** What time does to the outbox besides sending; every few seconds, by any number of workers. */
import type { House } from "../db/house.ts";
import { matchEarlyReceipts } from "./receipts.ts";
import { endChannel, endOutlivedCodes, wipeOldSecrets } from "./store.ts";

/** A one-time password is of no use any longer by then. */
const KEEP_SECRET_MS = 72 * 60 * 60_000;

export async function sweepOutbox(house: House): Promise<void> {
  const now = house.clock.now();
  await matchEarlyReceipts(house);
  if (!house.settings.push) await endChannel(house.db, "push", now);
  await endOutlivedCodes(house.db, now);
  await wipeOldSecrets(house.db, new Date(now.getTime() - KEEP_SECRET_MS));
}
