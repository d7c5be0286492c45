import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { GENESIS, linkHash } from "./rules.ts";
import { insertLinks, lastLink, lockChain, unchainedEvents } from "./store.ts";

const BATCH = 2000;

/** Chains the events that are not chained yet; returns how many. Run every few seconds by the worker. */
export async function sealAudit(house: House): Promise<number> {
  let sealed = 0;
  for (;;) {
    const batch = await sealBatch(house);
    sealed += batch;
    if (batch < BATCH) return sealed;
  }
}

async function sealBatch(house: House): Promise<number> {
  return inTransaction(house.db, async (tx) => {
    await lockChain(tx);
    const events = await unchainedEvents(tx, BATCH);
    if (!events.length) return 0;
    const last = await lastLink(tx);
    let previous = last?.hash ?? GENESIS;
    let number = BigInt(last?.link_no ?? "0");
    const links = events.map((event) => {
      number += 1n;
      previous = linkHash(previous, String(number), event);
      return { link_no: String(number), event_id: event.event_id, hash: previous };
    });
    await insertLinks(tx, links);
    return links.length;
  });
}
