import type { Tx } from "../db/house.ts";
import { holdsToday } from "../guardian/holding.ts";
import { linksOfWard } from "../guardian/store.ts";
import { devicesOf } from "./store.ts";

export interface Audience {
  /** Whose device it is: the person concerned, or who acts for them. */
  personId: string;
  subscriptionId: string;
  isGuardian: boolean;
}

export interface Concerned {
  personId: string;
  /** The notice concerns who acts for them too. */
  withGuardians: boolean;
}

/** On which devices a notice about each of these people is shown, in their order: one statement for all devices. */
export async function audiencesOf(tx: Tx, concerned: readonly Concerned[], now: Date): Promise<Audience[][]> {
  const told: string[][] = [];
  for (const { personId, withGuardians } of concerned) {
    told.push([personId, ...(withGuardians ? await guardiansOf(tx, personId, now) : [])]);
  }
  const devices = Map.groupBy(await devicesOf(tx, [...new Set(told.flat())]), (device) => device.person_id);
  return concerned.map(({ personId }, at) =>
    (told[at] ?? []).flatMap((one) =>
      (devices.get(one) ?? []).map((device) => ({
        personId: one,
        subscriptionId: device.subscription_id,
        isGuardian: one !== personId,
      })),
    ),
  );
}

async function guardiansOf(tx: Tx, personId: string, now: Date): Promise<string[]> {
  const links = (await linksOfWard(tx, personId)).filter(({ status }) => status === "active");
  const held = [];
  for (const link of links) if (await holdsToday(tx, link, now)) held.push(link.guardianId);
  return held;
}
