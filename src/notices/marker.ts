/** Writes what came of attempts. A database that is away is waited for: a mark is the only witness of what went out. */
import { setTimeout as wait } from "node:timers/promises";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { createBatcher } from "./batcher.ts";
import type { Mark } from "./outcome.ts";
import { mark } from "./store.ts";

export interface Marker {
  /** Resolves once the mark is on disk. */
  write(mark: Mark): Promise<void>;
}

const TRY_AGAIN_MS = 250;

export function createMarker(house: House, provider: string): Marker {
  const batcher = createBatcher<Mark>((marks) => writeAll(house, provider, marks));
  return {
    async write(one) {
      for (;;) {
        try {
          return await batcher.put(one);
        } catch (error) {
          house.log.error({ err: error }, "the mark of a message could not be written; tried again");
          await wait(TRY_AGAIN_MS);
        }
      }
    },
  };
}

async function writeAll(house: House, provider: string, marks: readonly Mark[]): Promise<void> {
  // A late answer can meet the "no answer" of its own call in one batch: the later one knows more.
  const latest = new Map(marks.map((each) => [`${each.noticeId}/${each.fence}`, each]));
  const rows = [...latest.values()].map((each) => ({
    notice_id: each.noticeId,
    fence: each.fence,
    outcome: each.outcome,
    error: each.error,
    references: each.references,
    state: each.state,
    next_at: each.nextAt,
    tries: each.tries,
    wipes_secret: each.wipesSecret,
    awaits_receipt: each.awaitsReceipt,
  }));
  const moved = await inTransaction(house.db, (tx) => mark(tx, provider, rows, house.clock.now()));
  const refused = rows.length - moved;
  if (refused) house.log.warn({ refused }, "marks came after the lease had ended or the message was settled");
}
