import type { House } from "../db/house.ts";
import { devicesOf } from "../push/store.ts";
import { contactsOf } from "../register/store.ts";
import { photosOfPerson } from "../registration/photos/store-photo.ts";
import { CONSENTS, type ConsentKind } from "./rules.ts";
import { type ConsentEvent, consentsOf } from "./store.ts";

export interface Consents {
  /** What is in use now; consent that was given before events were kept has no event. */
  now: { kind: ConsentKind; isInUse: boolean; given: ConsentEvent | undefined }[];
  events: ConsentEvent[];
}

export async function readConsents(house: House, personId: string): Promise<Consents> {
  const [events, devices, contacts, photos] = await Promise.all([
    consentsOf(house.db, personId),
    devicesOf(house.db, [personId]),
    contactsOf(house.db, personId),
    photosOfPerson(house.db, personId),
  ]);
  const inUse: Record<ConsentKind, boolean> = {
    push: devices.length > 0,
    email: contacts.some(({ kind }) => kind === "email"),
    photos: photos.length > 0,
  };
  const now = CONSENTS.map((kind) => {
    const last = events.find((event) => event.kind === kind);
    return { kind, isInUse: inUse[kind], given: last?.isGiven ? last : undefined };
  });
  return { now, events };
}
