import { record } from "../audit/record.ts";
import { noteConsent } from "../consent/note-consent.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Citizen } from "../kernel/actor.ts";
import { isUuid } from "../kernel/uuid.ts";
import { devicesOf, dropDevices } from "./store.ts";

/** Switches notices off on one of one's own devices; one that is off already, or somebody else's, is left as it is. */
export async function unsubscribe(house: House, citizen: Citizen, subscriptionId: string, now: Date): Promise<void> {
  const { personId } = citizen;
  if (!isUuid(subscriptionId)) return;
  await inTransaction(house.db, async (tx) => {
    if ((await dropDevices(tx, personId, { subscriptionId })) === 0) return;
    if ((await devicesOf(tx, [personId])).length === 0) {
      await noteConsent(tx, { personId, kind: "push", isGiven: false, source: "online", now });
    }
    await record(tx, { at: now, actor: citizen, action: "push_off", purpose: "account", personId });
  });
}
