import type { Tx } from "../db/house.ts";
import { heldWard } from "../guardian/holding.ts";
import { linksOfWard } from "../guardian/store.ts";
import { devicesOf } from "./store.ts";

export interface Audience {
  /** Whose device it is: the person concerned, or who acts for them. */
  personId: string;
  subscriptionId: string;
  isGuardian: boolean;
}

/** On which devices a notice about this person is shown; their guardians' where it concerns who acts for them too. */
export async function audienceOf(tx: Tx, personId: string, withGuardians: boolean, now: Date): Promise<Audience[]> {
  const guardians = withGuardians ? await guardiansOf(tx, personId, now) : [];
  const devices = await devicesOf(tx, [personId, ...guardians]);
  return devices.map((device) => ({
    personId: device.person_id,
    subscriptionId: device.subscription_id,
    isGuardian: device.person_id !== personId,
  }));
}

async function guardiansOf(tx: Tx, personId: string, now: Date): Promise<string[]> {
  const links = (await linksOfWard(tx, personId)).filter(({ status }) => status === "active");
  const held = [];
  for (const link of links) if (await heldWard(tx, link, now)) held.push(link.guardianId);
  return held;
}
