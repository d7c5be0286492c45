import type { Db, Tx } from "../db/house.ts";
import { markInstalled } from "./store.ts";

/**
 * The app is on the person's own telephone: it was opened from its icon there (the manifest's start_url says so), or
 * it keeps the card there. A browser tells no server that something was installed; this is the first sign of it.
 */
export async function noteInstalled(db: Db | Tx, personId: string, now: Date): Promise<void> {
  await markInstalled(db, personId, now);
}
