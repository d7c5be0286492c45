import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { rootOf } from "../db/within.ts";
import { GENESIS, linkHash } from "./rules.ts";
import { insertLinks, lastLink, lockChain, reachOfEvents, unchainedEvents } from "./store.ts";

const BATCH = 2000;
/** From the number of an event being drawn to its transaction having a number of its own. */
const DRAWN_MS = 10_000;
/** However sure it is, the sealer looks for what was passed over. */
const WHOLE_WALK_MS = 86_400_000;

/** A process's knowledge, so that the search for what is new does not grow with the whole record. */
interface Known {
  /** Up to this number every event is chained, and none will come. */
  floor: string;
  walkedMs: number;
  /** When everything that could be seen up to `top` was chained; transactions from `next` on draw higher numbers. */
  mark: { top: string; next: bigint; atMs: number } | undefined;
}

const known = new WeakMap<House, Known>();

/** Chains the events that are not chained yet; returns how many. Run every few seconds by the worker. */
export async function sealAudit(house: House): Promise<number> {
  const nowMs = performance.now();
  const root = rootOf(house);
  let has = known.get(root);
  if (!has || nowMs > has.walkedMs + WHOLE_WALK_MS) has = { floor: "0", walkedMs: nowMs, mark: undefined };
  known.set(root, has);
  const reach = await reachOfEvents(house.db);
  const sealed = await sealAfter(house, has.floor);
  // Who drew a number below the mark has ended, before this walk saw what they left.
  if (has.mark && reach.oldest >= has.mark.next && nowMs > has.mark.atMs + DRAWN_MS) {
    has.floor = has.mark.top;
    has.mark = undefined;
  }
  has.mark ??= { top: reach.top, next: reach.next, atMs: nowMs };
  return sealed;
}

async function sealAfter(house: House, floor: string): Promise<number> {
  let sealed = 0;
  for (;;) {
    const batch = await sealBatch(house, floor);
    sealed += batch;
    if (batch < BATCH) return sealed;
  }
}

async function sealBatch(house: House, floor: string): Promise<number> {
  return inTransaction(house.db, async (tx) => {
    await lockChain(tx);
    const events = await unchainedEvents(tx, floor, BATCH);
    if (!events.length) return 0;
    const last = await lastLink(tx);
    let previous = last?.hash ?? GENESIS;
    const first = BigInt(last?.link_no ?? "0") + 1n;
    const links = events.map((event, at) => {
      previous = linkHash(previous, String(first + BigInt(at)), event);
      return { event_id: event.event_id, hash: previous };
    });
    await insertLinks(tx, first, links);
    return links.length;
  });
}
