import { needProof } from "../account/proof.ts";
import { refuseLimited } from "../account/refuse-limited.ts";
import { replaceContact } from "../account/replace-contact.ts";
import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { noteEvent } from "../holder/note-event.ts";
import type { Citizen } from "../kernel/actor.ts";
import { Invalid } from "../kernel/failures.ts";
import { contactsOf } from "../register/store.ts";
import { parseAddress } from "./rules.ts";

/** The postal address for contact: opens nothing, so it holds at once. False when it is the present one. */
export async function changeAddress(house: House, citizen: Citizen, typed: string, now: Date): Promise<boolean> {
  const { personId } = citizen;
  refuseLimited(citizen, now);
  await needProof(house.db, citizen, now);
  const parsed = parseAddress(typed);
  if (!parsed.ok) throw new Invalid(parsed.faults);
  const { value } = parsed;
  return inTransaction(house.db, async (tx) => {
    const present = (await contactsOf(tx, personId)).find((one) => one.kind === "address")?.value;
    if (present === value) return false;
    await replaceContact(tx, { personId, kind: "address", value, source: "online", now });
    await noteEvent(tx, { personId, kind: "address_changed", source: "online", now });
    await record(tx, { at: now, actor: citizen, action: "address_changed", purpose: "account", personId });
    return true;
  });
}
