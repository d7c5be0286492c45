import { type CodeAsked, issueCode } from "../codes/issue.ts";
import { askAgainMinutes } from "../codes/rest-now.ts";
import type { House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { Invalid, NotAllowed, TryLater } from "../kernel/failures.ts";
import type { Fault } from "../kernel/outcome.ts";
import type { Lang } from "../kernel/words.ts";
import { boundToAnswers, boundToContact } from "./code-bounds.ts";
import { allowed } from "./rules.ts";
import { isComplete } from "./rules-answers.ts";
import { type Contact, contactOf, MAY_PROVE } from "./rules-proof.ts";
import { type Declaration, lockByCode } from "./store.ts";

interface Asked {
  code: string;
  lang: Lang;
  now: Date;
}

export interface CodeSent {
  requestId: string;
  endsAt: Date;
}

/** A code to the phone or the e-mail address that was declared: who reads it in has it at hand. */
export async function sendContactCode(house: House, asked: Asked & { contact: Contact }): Promise<CodeSent> {
  const { contact } = asked;
  return sendFor(house, asked, (file) => {
    refuseDecided(file);
    const recipient = contactOf(file.answers, contact);
    if (!recipient) throw new Invalid([{ field: contact, key: "unanswered" }]);
    const purpose = contact === "phone" ? "confirm_phone" : "confirm_email";
    const channel = contact === "phone" ? "sms" : "email";
    const readTo = file.answers.who?.forWhom === "helped" ? "helper" : undefined;
    return { purpose, channel, recipient, readTo, boundTo: boundToContact(file.code, contact, recipient) };
  });
}

/** A code to the person who is helped, worth something for exactly these answers. */
export async function sendConsentCode(house: House, asked: Asked): Promise<CodeSent> {
  return sendFor(house, asked, (file) => {
    const { answers, code, status } = file;
    if (status !== "draft") throw new NotAllowed(status, allowed(status, "citizen"));
    if (!isComplete(answers)) throw new Invalid([{ field: "phone", key: "unanswered" }]);
    if (answers.who.forWhom !== "helped") throw new Invalid([{ field: "for_whom", key: "not_helped" }]);
    const boundTo = boundToAnswers(code, answers);
    const recipient = answers.phone.number;
    return { purpose: "confirm_declaration", channel: "sms", recipient, readTo: "helper", boundTo };
  });
}

type Wanted = Pick<CodeAsked, "purpose" | "channel" | "recipient" | "readTo" | "boundTo">;

async function sendFor(house: House, asked: Asked, what: (file: Declaration) => Wanted): Promise<CodeSent> {
  const { code, lang, now } = asked;
  const sent = await inTransaction(house.db, async (tx: Tx) => {
    const file = await lockByCode(tx, code);
    const wanted = what(file);
    return issueCode(tx, house, { ...wanted, subject: `declaration:${file.code}`, declarationId: file.id, lang, now });
  });
  if (!sent) throw new TryLater("codes_spent", (await askAgainMinutes(house.db, now)) * 60);
  return { requestId: sent.codeId, endsAt: sent.endsAt };
}

export function refuseDecided({ status }: Declaration): void {
  if (!MAY_PROVE.includes(status)) throw new NotAllowed(status, allowed(status, "citizen"));
}

/** The fault of a budget that is spent; undefined for every other failure. */
export function spentFault(error: unknown, field: string): Fault | undefined {
  if (!(error instanceof TryLater) || error.code !== "codes_spent") return undefined;
  return { field, key: error.code, values: { minutes: error.retryAfterSeconds / 60 } };
}
