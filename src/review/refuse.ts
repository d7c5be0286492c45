import { record } from "../audit/record.ts";
import type { House, Tx } from "../db/house.ts";
import type { Staff } from "../kernel/actor.ts";
import { Invalid } from "../kernel/failures.ts";
import { enqueue } from "../notices/enqueue.ts";
import { renderMail, renderSms } from "../notices/templates.ts";
import { advance, onFile } from "../registration/advance.ts";
import type { Declaration } from "../registration/store.ts";
import { lockForDecision } from "./desk.ts";
import { type Ground, parseRefusal, type Refusal } from "./rules-grounds.ts";
import { groundWords } from "./words-grounds.ts";

/**
 * "Trường hợp không chấp nhận" (letter 330, annex 1, step 4): never without grounds and never without a
 * sentence that says what to do. The decision and its messages are one transaction.
 */
export async function refuse(
  house: House,
  staff: Staff,
  asked: { code: string; grounds: readonly string[]; sentence: string },
): Promise<Declaration> {
  const at = house.clock.now();
  const parsed = parseRefusal(asked.grounds, asked.sentence);
  if (!parsed.ok) throw new Invalid(parsed.faults);
  const refusal = parsed.value;
  return onFile(house, at, async (tx) => {
    const { desk } = await lockForDecision(tx, staff, asked.code, at);
    const step = { kind: "refused", actor: staff, at, officeCode: desk.officeCode } as const;
    const refused = await advance(tx, asked.code, { ...step, detail: { ...refusal } });
    await tellPerson(tx, house, refused, refusal, at);
    await record(tx, {
      at,
      actor: staff,
      action: "review.refuse",
      purpose: "review",
      personId: refused.personId ?? undefined,
      object: { kind: "declaration", id: refused.code },
      officeCode: desk.officeCode,
      detail: { grounds: refusal.grounds },
    });
    return refused;
  });
}

/** The sentence that the grounds suggest, in the language of the declaration: the officer may change it. */
export function draftSentence(grounds: readonly Ground[], file: Declaration): string {
  const all = groundWords(file.lang);
  return grounds.map((ground) => all[ground].sentence).find((sentence) => sentence !== "") ?? "";
}

/** The messages as they will leave. */
export function previewRefusal(file: Declaration, refusal: Refusal): { sms: string; mail: string | undefined } {
  const { code, lang } = file;
  const sms = renderSms("declaration_refused", lang, { code, reason: refusal.sentence });
  if (!file.answers.email?.address) return { sms, mail: undefined };
  return { sms, mail: renderMail("declaration_refused", lang, { code, reason: longReason(refusal, file) }).text };
}

/** A text message holds the sentence; an e-mail also has room for what to bring. */
async function tellPerson(tx: Tx, house: House, file: Declaration, refusal: Refusal, now: Date): Promise<void> {
  const { phone, email } = file.answers;
  const letter = {
    class: "outcome" as const,
    template: "declaration_refused" as const,
    lang: file.lang,
    dueAt: file.noticeDueAt ?? now,
    now,
    declarationId: file.id,
    ...(file.officeCode ? { officeCode: file.officeCode } : {}),
  };
  const dedupeKey = `declaration:${file.id}:outcome`;
  if (phone) {
    const fields = { code: file.code, reason: refusal.sentence };
    await enqueue(tx, house.vault, { ...letter, dedupeKey, phone: phone.number, fields });
  }
  if (email?.address) {
    const fields = { code: file.code, reason: longReason(refusal, file) };
    await enqueue(tx, house.vault, { ...letter, dedupeKey, email: email.address, fields });
  }
}

function longReason({ grounds, sentence }: Refusal, file: Declaration): string {
  const all = groundWords(file.lang);
  const things = [...new Set(grounds.map((ground) => all[ground].bring))].join("; ");
  return file.lang === "en" ? `${sentence} Bring with you: ${things}.` : `${sentence} Khi đến, mang theo: ${things}.`;
}
