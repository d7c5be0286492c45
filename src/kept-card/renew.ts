import type { House } from "../db/house.ts";
import { behindWall } from "../db/wall.ts";
import type { Citizen } from "../kernel/actor.ts";
import { Forbidden, NotFound } from "../kernel/failures.ts";
import { documentOf } from "./document.ts";
import { handleAnew, readHandle } from "./handle.ts";
import type { KeptDocument } from "./rules.ts";
import { noteContact } from "./store.ts";

/** The card as it is now, for a device of whoever is signed in. Without a session a device learns nothing new. */
export async function renewCard(
  house: House,
  citizen: Citizen,
  handle: string,
  now: Date,
): Promise<KeptDocument & { handle?: string | undefined }> {
  const device = readHandle(house.vault, handle);
  if (!device) throw new NotFound("device");
  // Somebody else signed in on the owner's telephone: no card for them, and the owner's stays there.
  if (device.personId !== citizen.personId) throw new Forbidden();
  if (!(await noteContact(house.db, device.personId, device.deviceId, now))) throw new NotFound("device");
  return { ...(await documentOf(house, citizen, now)), handle: handleAnew(house.vault, device) };
}

export interface Contact {
  mayKeep: boolean;
  /** Whose card it keeps. */
  personId?: string | undefined;
  handle?: string | undefined;
}

/** May this device still keep the card? Asked without a session; whose it is goes into the device's own cookie alone. */
export async function mayKeep(house: House, handle: string, now: Date): Promise<Contact> {
  const device = readHandle(house.vault, handle);
  if (!device) return { mayKeep: false };
  const { personId, deviceId } = device;
  // Nobody is signed in: the handle, which we sealed, says whose device it is.
  const isKept = await behindWall([personId], () => noteContact(house.db, personId, deviceId, now));
  return isKept ? { mayKeep: true, personId, handle: handleAnew(house.vault, device) } : { mayKeep: false };
}
