import type { Db } from "../db/house.ts";
import { receivedTimes } from "./store-files.ts";

/** A file keeps the time of its first receipt for good: what was asked once is not asked again. */
const known = new WeakMap<Db, Map<string, Date>>();
const MOST_FILES = 20_000;

/** When the newest of these files came: up to when the facts from them reach. Undefined for none. */
export async function newestReceipt(db: Db, fileIds: readonly (string | undefined)[]): Promise<Date | undefined> {
  const times = timesOf(db);
  const ids = [...new Set(fileIds.filter((id) => id !== undefined))];
  const unasked = ids.filter((id) => !times.has(id));
  if (unasked.length > 0) {
    for (const [id, at] of await receivedTimes(db, unasked)) times.set(id, at);
  }
  return ids.flatMap((id) => times.get(id) ?? []).toSorted((a, b) => b.getTime() - a.getTime())[0];
}

function timesOf(db: Db): Map<string, Date> {
  const held = known.get(db);
  if (held && held.size < MOST_FILES) return held;
  const fresh = new Map<string, Date>();
  known.set(db, fresh);
  return fresh;
}
