/** What time does to the outbox besides sending; every few seconds, by any number of workers. */
import type { House } from "../db/house.ts";
import { isTimeTrusted } from "../timekeeping/trust.ts";
import type { Pace } from "./channel.ts";
import { matchEarlyReceipts } from "./receipts.ts";
import { repeatUnconfirmed } from "./repeat.ts";
import { endChannel, endOutlivedCodes, wipeOldSecrets } from "./store.ts";
import { releaseFuture } from "./store-repeats.ts";

/** A one-time password is of no use any longer by then. */
const KEEP_SECRET_MS = 72 * 60 * 60_000;
/** No try is planned further ahead than the longest gap of the schedule. */
const LONGEST_GAP_MS = 40 * 60_000;

export interface SweepOptions extends Pick<Pace, "scale" | "leaseMs"> {
  /** There is another provider of texts. */
  hasOther: boolean;
  /** The clock was put back, or may have been while nobody ran. */
  wasPutBack: boolean;
}

/** Answers the providers that owe a report of delivery, one a message. */
export async function sweepOutbox(house: House, options: SweepOptions): Promise<string[]> {
  const now = house.clock.now();
  const ahead = (ms: number) => new Date(now.getTime() + ms * options.scale);
  if (options.wasPutBack) {
    const waits = { now, leaseUntil: ahead(options.leaseMs), latestTry: ahead(LONGEST_GAP_MS) };
    const released = await releaseFuture(house.db, waits);
    if (released) house.log.warn({ released }, "messages of a later clock are due now");
  }
  await matchEarlyReceipts(house);
  if (!house.settings.push) await endChannel(house.db, "push", now);
  if (isTimeTrusted(house.clock)) {
    await endOutlivedCodes(house.db, now);
    await wipeOldSecrets(house.db, new Date(now.getTime() - KEEP_SECRET_MS));
  }
  return repeatUnconfirmed(house, options);
}
