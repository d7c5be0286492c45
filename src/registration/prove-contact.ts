import { record } from "../audit/record.ts";
import { codeEnded, proveCode } from "../codes/prove.ts";
import { useCode } from "../codes/store.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Actor } from "../kernel/actor.ts";
import { boundToContact } from "./code-bounds.ts";
import { type Contact, contactOf } from "./rules-proof.ts";
import { refuseDecided } from "./send-code.ts";
import { type Declaration, getByCode, lockByCode } from "./store.ts";
import { saveContactProof } from "./store-proof.ts";

export interface CodeTyped {
  code: string;
  actor: Actor;
  /** The name of the sending that the code came with. */
  requestId: string;
  /** The code as typed. */
  typed: string;
  now: Date;
}

/** The code that was sent to a declared phone or address came back: it is read there. Proves that contact of that file only. */
export async function proveContact(house: House, by: CodeTyped & { contact: Contact }): Promise<Declaration> {
  const { code, contact, requestId, typed, actor, now } = by;
  const before = await getByCode(house.db, code);
  refuseDecided(before);
  const value = contactOf(before.answers, contact) ?? "";
  const purpose = contact === "phone" ? "confirm_phone" : "confirm_email";
  const boundTo = boundToContact(before.code, contact, value);
  await proveCode(house, { codeId: requestId, purpose, boundTo, code: typed, now });
  return inTransaction(house.db, async (tx) => {
    const file = await lockByCode(tx, code);
    refuseDecided(file);
    if (contactOf(file.answers, contact) !== value || !(await useCode(tx, requestId, now))) throw codeEnded();
    await saveContactProof(tx, file.id, contact, now);
    await record(tx, {
      at: now,
      actor,
      action: `declaration.prove_${contact}`,
      purpose: "registration",
      object: { kind: "declaration", id: code },
      officeCode: file.officeCode ?? undefined,
    });
    return { ...file, ...(contact === "phone" ? { phoneProvedAt: now } : { emailProvedAt: now }) };
  });
}
