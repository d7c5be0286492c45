import { needProof } from "../account/proof.ts";
import { refuseLimited } from "../account/refuse-limited.ts";
import { record } from "../audit/record.ts";
import { endEmail } from "../contact/end-email.ts";
import type { House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Citizen } from "../kernel/actor.ts";
import { NotAllowed } from "../kernel/failures.ts";
import { dropDevices } from "../push/store.ts";
import { deletePhotos, photosOfPerson } from "../registration/photos/store-photo.ts";
import { noteConsent } from "./note-consent.ts";
import type { ConsentKind } from "./rules.ts";

/**
 * Consent is taken back, and what stood on it ends in the same transaction: devices are forgotten, no e-mail is written
 * any more, pictures are deleted. The e-mail is a way back into the account, so neither a stolen session nor a stolen SIM
 * may end it, and whoever was reached there is told.
 */
export async function withdrawConsent(house: House, citizen: Citizen, kind: ConsentKind, now: Date): Promise<void> {
  const { personId } = citizen;
  if (kind === "email") {
    refuseLimited(citizen, now);
    await needProof(house.db, citizen, now);
  }
  await inTransaction(house.db, async (tx) => {
    const ended = await ending[kind](tx, house, personId, now);
    await noteConsent(tx, { personId, kind, isGiven: false, source: "online", now });
    await record(tx, {
      at: now,
      actor: citizen,
      action: "consent.withdraw",
      purpose: "account",
      personId,
      detail: { kind, ended },
    });
  });
}

/** How many things ended. */
const ending: Record<ConsentKind, (tx: Tx, house: House, personId: string, now: Date) => Promise<number>> = {
  push: (tx, _house, personId) => dropDevices(tx, personId, {}),
  email: endEmail,
  photos: (tx, _house, personId) => removePhotos(tx, personId),
};

/** Pictures of a file that an officer is deciding on are evidence until it is decided. */
async function removePhotos(tx: Tx, personId: string): Promise<number> {
  const held = await photosOfPerson(tx, personId);
  if (held.some(({ status }) => status === "received")) throw new NotAllowed("received", [], "photos_in_review");
  return deletePhotos(
    tx,
    held.map(({ declarationId }) => declarationId),
  );
}
