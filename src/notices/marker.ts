/** Writes what came of attempts. A database that is away is waited for: a mark is the only witness of what went out. */
import { setTimeout as wait } from "node:timers/promises";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { createBatcher } from "./batcher.ts";
import type { Mark } from "./outcome.ts";
import { type MarkRow, mark } from "./store.ts";
import { applyReceipts } from "./store-receipts.ts";
import { createUnwritten } from "./unwritten.ts";

/** One for all providers of a channel: what they answer at the same time is written by one statement. */
export interface Marker {
  /** A call is under way, until the answer is called: marks may wait for its own. */
  calling(): () => void;
  /** Resolves once the mark is on disk. */
  write(provider: string, mark: Mark): Promise<void>;
}

const TRY_AGAIN_MS = 250;

/** Calls that were leased together are answered together: one write for them, unless one lets the others wait. */
const LINGER_MS = 5;

type Made = Mark & { provider: string };

/** `size`: messages on the air without a mark; so many marks wait for no other. */
export function createMarker(house: House, size: number, unwritten = createUnwritten()): Marker {
  let calls = 0;
  const pace = { lingerMs: LINGER_MS, enough: size, isLast: () => calls === 0 };
  const batcher = createBatcher<Made>((marks) => writeAll(house, marks), pace);
  return {
    calling() {
      calls += 1;
      return () => {
        calls -= 1;
      };
    },
    write(provider, mark) {
      const written = writeAtLast({ ...mark, provider });
      unwritten.hold(provider, mark.references, written);
      return written;
    },
  };

  async function writeAtLast(made: Made): Promise<void> {
    for (;;) {
      try {
        return await batcher.put(made);
      } catch (error) {
        house.log.error({ err: error }, "the mark of a message could not be written; tried again");
        await wait(TRY_AGAIN_MS);
      }
    }
  }
}

async function writeAll(house: House, marks: readonly Made[]): Promise<void> {
  // A late answer can meet the "no answer" of its own call in one batch: the later one knows more.
  const latest = new Map(marks.map((each) => [`${each.noticeId}/${each.fence}`, each]));
  // In the order in which receipts lock messages: neither waits for the other in a circle.
  const inOrder = [...latest.values()].sort((one, other) => Number(BigInt(one.noticeId) - BigInt(other.noticeId)));
  const rows = inOrder.map((each) => ({
    notice_id: each.noticeId,
    provider: each.provider,
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
  const { moved, hasReceipts } = await mark(house.db, rows, house.clock.now());
  if (hasReceipts) await applyEarly(house, rows);
  const refused = rows.length - moved;
  if (refused) house.log.warn({ refused }, "marks came after the lease had ended or the message was settled");
}

/** The network was quicker than its own answer. What fails here is matched by the next sweep. */
async function applyEarly(house: House, rows: readonly MarkRow[]): Promise<void> {
  const keys = rows.flatMap(({ provider, references }) => references.map((reference) => ({ provider, reference })));
  try {
    await inTransaction(house.db, (tx) => applyReceipts(tx, keys, house.clock.now()));
  } catch (error) {
    house.log.warn({ err: error }, "early receipts could not be matched yet");
  }
}
