import type { Tx } from "../db/house.ts";
import { lapseChanges } from "./store.ts";

/** The account ends: no telephone or address is on its way to it any more. */
export async function dropChanges(tx: Tx, personId: string, now: Date): Promise<void> {
  await lapseChanges(tx, personId, ["phone", "email"], now);
}
