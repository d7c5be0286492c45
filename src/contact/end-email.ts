import { endContact } from "../account/store-phone.ts";
import type { House, Tx } from "../db/house.ts";
import { lapseChanges } from "./store.ts";
import { reachedAt, tellEmailEnded } from "./tell.ts";

/**
 * No e-mail is written any more, from now on, in the caller's transaction, and no other address is on its way; how many
 * addresses that were.
 */
export async function endEmail(tx: Tx, house: House, personId: string, now: Date): Promise<number> {
  const before = await reachedAt(tx, personId);
  const ended = await endContact(tx, personId, "email", now);
  await lapseChanges(tx, personId, ["email"], now);
  if (ended > 0) await tellEmailEnded(tx, house, { personId, before, now });
  return ended;
}
