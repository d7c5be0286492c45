import type { House, Tx } from "../db/house.ts";
import { listDevices } from "./store.ts";

/**
 * Does this person get notices on a device now? What decides whether another way may wait asks here: false while the
 * house sends none, and for devices that trust a key which is ours no longer.
 */
export async function hasPush(house: House, personId: string, db: House["db"] | Tx = house.db): Promise<boolean> {
  const { push } = house.settings;
  return push !== undefined && (await listDevices(db, personId, push.publicKey)).length > 0;
}
