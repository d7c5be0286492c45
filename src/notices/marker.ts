/** Writes marks as they come: alone when it is quiet, together with those that came during the last write. */
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Mark } from "./outcome.ts";
import { mark } from "./store.ts";

export interface Marker {
  /** Resolves once the mark is on disk. */
  write(mark: Mark): Promise<void>;
}

const TRY_AGAIN_MS = 250;

/** A database that is away is waited for: a mark is the only witness of what went out. */
export function createMarker(house: House, provider: string): Marker {
  let waiting: { mark: Mark; done: () => void }[] = [];
  let isWriting = false;

  async function flush(): Promise<void> {
    if (isWriting) return;
    isWriting = true;
    while (waiting.length) {
      const batch = waiting;
      waiting = [];
      try {
        await writeAll(
          house,
          provider,
          batch.map((each) => each.mark),
        );
        for (const { done } of batch) done();
      } catch (error) {
        house.log.error({ err: error, marks: batch.length }, "marks of messages could not be written; tried again");
        waiting = [...batch, ...waiting];
        await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_MS));
      }
    }
    isWriting = false;
  }

  return {
    write: (one) =>
      new Promise((done) => {
        waiting.push({ mark: one, done });
        void flush();
      }),
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
  }));
  const moved = await inTransaction(house.db, (tx) => mark(tx, provider, rows, house.clock.now()));
  const refused = rows.length - moved.length;
  if (refused) house.log.warn({ refused }, "marks came after the lease had ended or the message was settled");
}
