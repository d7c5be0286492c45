import { randomUUID } from "node:crypto";
import { record } from "../audit/record.ts";
import { spendMessage } from "../codes/spend-message.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Actor } from "../kernel/actor.ts";
import { Conflict, NotAllowed, NotFound, TryLater } from "../kernel/failures.ts";
import { contactsOf } from "../register/store.ts";
import { activationCode, ownFacts } from "./new-password.ts";
import { isCodeOvertaken } from "./rules-one-time.ts";
import { sendActivation } from "./send-activation.ts";
import { findAccount, replacePassword } from "./store.ts";

export interface ActivationAsked {
  personId: string;
  /** Whoever opened the file, knew the ended code, or sits at the counter. None of them sees the new code. */
  by: Actor;
  officeCode?: string | undefined;
  now: Date;
}

const WAIT_SECONDS = 3600;

/**
 * Sends a new activation code in the place of one that was lost or has ended, to the telephone and address on
 * file and nowhere else. Answers where to (whole: mask it) and until when it is good.
 */
export async function resendActivation(house: House, asked: ActivationAsked): Promise<{ to: string; until: Date }> {
  const { personId, by, officeCode, now } = asked;
  const account = await findAccount(house.db, personId);
  if (!account) throw new NotFound("account");
  if (account.status !== "active") throw new NotAllowed(account.status, []);
  if (account.password_kind !== "issued") throw new NotAllowed("activated", [], "already_activated");
  const { password: code, kept } = await activationCode(house.db, now, await ownFacts(house.db, personId));
  const until = kept.issuedUntil;
  if (isCodeOvertaken(until, account.issued_until)) throw new Conflict("code_issued_meanwhile");
  return inTransaction(house.db, async (tx) => {
    const contacts = await contactsOf(tx, personId);
    const phone = contacts.find((one) => one.kind === "phone")?.value;
    const email = contacts.find((one) => one.kind === "email")?.value;
    const recipient = phone ?? email;
    if (!recipient) throw new Conflict("no_contact");
    const message = { messageId: randomUUID(), subject: `person:${personId}`, recipient, now };
    const channel = phone ? "sms" : "email";
    if (!(await spendMessage(tx, house, { ...message, channel }))) throw new TryLater("asked_too_often", WAIT_SECONDS);
    if (!(await replacePassword(tx, account, kept, now))) throw new Conflict("password_changed_meanwhile");
    await sendActivation(tx, house, account, { code, until, phone, email, now });
    await record(tx, { at: now, actor: by, action: "activation_resent", purpose: "account", personId, officeCode });
    return { to: recipient, until };
  });
}
