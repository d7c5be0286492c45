import { record } from "../audit/record.ts";
import type { House, Tx } from "../db/house.ts";
import type { Staff } from "../kernel/actor.ts";
import { Invalid } from "../kernel/failures.ts";
import type { Lang } from "../kernel/words.ts";
import { enqueue } from "../notices/enqueue.ts";
import { foldToGsm7, partsOf, septetsOf } from "../notices/gsm7.ts";
import { renderMail, renderSms, roomForReason } from "../notices/templates.ts";
import { presentSentences } from "../notices/wording.ts";
import { advance, onFile } from "../registration/advance.ts";
import type { Declaration } from "../registration/store.ts";
import { lockForDecision } from "./desk.ts";
import { groundsNow } from "./grounds.ts";
import { type Ground, parseRefusal, type Refusal, reasonsOf } from "./rules-grounds.ts";

/**
 * "Trường hợp không chấp nhận" (letter 330, annex 1, step 4): never without grounds and never without a
 * sentence that says what to do. The decision and its messages are one transaction.
 */
export async function refuse(
  house: House,
  staff: Staff,
  asked: { code: string; grounds: readonly string[]; sentence: string; holding?: number | undefined },
): Promise<Declaration> {
  const at = house.clock.now();
  const known = await groundsNow(house.db, at);
  const parsed = parseRefusal(known, asked.grounds, asked.sentence);
  if (!parsed.ok) throw new Invalid(parsed.faults);
  const refusal = parsed.value;
  return onFile(house, at, async (tx) => {
    const { desk, file } = await lockForDecision(tx, staff, asked.code, asked.holding);
    const step = { kind: "refused", actor: staff, at, officeCode: desk.officeCode } as const;
    const reasons = reasonsOf(known, refusal.grounds, file.lang);
    const refused = await advance(tx, asked.code, { ...step, detail: { ...refusal, reasons } });
    await tellPerson(tx, house, refused, { refusal, known, now: at });
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

export interface RefusalPreview {
  sms: string;
  /** Parts in which the network carries it. */
  smsParts: number;
  /** The sentence did not fit one text message and was cut there; the e-mail and the file keep it whole. */
  isCut: boolean;
  /** Undefined when the person gave no address. */
  mail: string | undefined;
}

/** The messages as they will leave. */
export async function previewRefusal(
  house: House,
  file: Declaration,
  { refusal, known }: { refusal: Refusal; known: readonly Ground[] },
): Promise<RefusalPreview> {
  const { code, lang } = file;
  const sentences = await presentSentences(house, "declaration_refused", lang);
  const sms = renderSms("declaration_refused", lang, { code, reason: refusal.sentence }, sentences);
  const isCut = septetsOf(foldToGsm7(refusal.sentence)) > roomForReason(code, lang, sentences);
  const reason = longReason(refusal, known, lang);
  const mail = file.answers.email?.address
    ? renderMail("declaration_refused", lang, { code, reason }, sentences).text
    : undefined;
  return { sms, smsParts: partsOf(sms, 0).length, isCut, mail };
}

/** A text message holds the sentence; an e-mail also has room for every ground and for what to bring. */
async function tellPerson(
  tx: Tx,
  house: House,
  file: Declaration,
  { refusal, known, now }: { refusal: Refusal; known: readonly Ground[]; now: Date },
): Promise<void> {
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
    const fields = { code: file.code, reason: longReason(refusal, known, file.lang) };
    await enqueue(tx, house.vault, { ...letter, dedupeKey, email: email.address, fields });
  }
}

function longReason({ grounds, sentence }: Refusal, known: readonly Ground[], lang: Lang): string {
  const bring = known.filter(({ code }) => grounds.includes(code)).map(({ said }) => said[lang].bring);
  const things = [...new Set(bring)].join("; ");
  const reasons = reasonsOf(known, grounds, lang);
  const all = reasons.length > 1 ? reasons.join(" ") : "";
  return lang === "en"
    ? `${sentence}${all && ` All grounds: ${all}`} Bring with you: ${things}.`
    : `${sentence}${all && ` Các căn cứ: ${all}`} Khi đến, mang theo: ${things}.`;
}
