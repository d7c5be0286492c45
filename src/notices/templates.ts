/** Turns a template and its values into what is sent: an SMS of one part, or an e-mail as text and HTML. */
import { maskNumber } from "../kernel/numbers.ts";
import type { Lang } from "../kernel/words.ts";
import { foldToGsm7, septetsOf } from "./gsm7.ts";
import { mailHtml } from "./mail-html.ts";
import { breakLinks } from "./rules-links.ts";
import { shownOnDevices } from "./rules-push.ts";
import { samplesOf } from "./rules-samples.ts";
import { needs, type TemplateName, type ValuesOf } from "./rules-templates.ts";
import type { Sentences, Values } from "./rules-words.ts";
import { builtInSentences } from "./sentences.ts";
import { messages } from "./words-messages.ts";
import { pushWords } from "./words-push.ts";

export interface Mail {
  subject: string;
  text: string;
  html: string;
}

export const ONE_SMS = 160;

/** The value that gives way when an SMS would not fit one part; the e-mail and the file keep it whole. */
export const GIVES_WAY: Partial<Record<TemplateName, string>> = {
  declaration_confirmed: "office",
  declaration_reminder: "office",
  declaration_moved: "office",
  declaration_refused: "reason",
  declaration_handed_over: "office",
  letter_sent: "subject",
  letter_reminder: "subject",
  letter_asked: "unit",
  unit_invitation: "unit",
  mailing_finish: "unit",
  mailing_desk: "place",
  ticket_answered: "answer",
};

type Given = Readonly<Record<string, string | number>>;

/** What may stand in the outbox: numbers of persons masked, spaces tidied. Throws when a value is missing. */
export function storable(template: TemplateName, fields: Given, secrets: Given = {}): Values {
  const wanted = needs[template];
  const missing = [
    ...wanted.fields.filter((name) => fields[name] === undefined),
    ...wanted.secrets.filter((name) => secrets[name] === undefined),
  ];
  if (missing.length) throw new TypeError(`${template} lacks ${missing.join(", ")}`);
  const values = Object.fromEntries(
    wanted.fields.map((name): [string, string] => [name, String(fields[name]).replace(/\s+/gu, " ").trim()]),
  );
  return values.login === undefined ? values : { ...values, login: maskNumber(values.login) };
}

/** `sentences`: of a version that staff wrote; the built-in ones when absent. */
export function renderSms<T extends TemplateName>(
  template: T,
  lang: Lang,
  values: ValuesOf<T>,
  sentences?: Sentences,
): string;
export function renderSms(template: TemplateName, lang: Lang, values: Values, sentences?: Sentences): string;
export function renderSms(
  template: TemplateName,
  lang: Lang,
  values: Values,
  sentences: Sentences = builtInSentences(template, lang),
): string {
  const short = shortened(template, lang, plainMask(values));
  const write = (all: Values) => breakLinks(foldToGsm7(sentences.sms(all)));
  const whole = write(short);
  const flexible = GIVES_WAY[template];
  if (flexible === undefined || septetsOf(whole) <= ONE_SMS) return whole;
  const value = breakLinks(foldToGsm7(short[flexible] ?? ""));
  let room = ONE_SMS - septetsOf(write({ ...short, [flexible]: "" }));
  let cut = write({ ...short, [flexible]: shorten(value, room) });
  while (septetsOf(cut) > ONE_SMS && room > 0) {
    room -= 1;
    cut = write({ ...short, [flexible]: shorten(value, room) });
  }
  return cut;
}

/** Septets left for the grounds of a refusal in an SMS: what an officer may write without being cut. */
export function roomForReason(code: string, lang: Lang, sentences?: Sentences): number {
  return ONE_SMS - septetsOf(renderSms("declaration_refused", lang, { code, reason: "" }, sentences));
}

/** What a device shows: the last signs of the file's code at most. Throws for a message that no device shows. */
export function renderPush(
  template: TemplateName,
  lang: Lang,
  values: Values,
  sentences: Sentences = builtInSentences(template, lang),
): string {
  if (!(template in shownOnDevices)) throw new TypeError(`${template} is shown on no device`);
  const code = values.code ? `…${values.code.slice(-4)}` : "";
  const whose = values.ward === undefined ? "" : pushWords(lang).ofWard;
  return sentences.push({ code, whose }).replace(/\s+/gu, " ").trim();
}

/** The text alone, as it is read in the account: title and paragraphs. `values` hold a word in the place of each secret. */
export function renderWords(
  template: TemplateName,
  lang: Lang,
  values: Values,
  sentences: Sentences = builtInSentences(template, lang),
): { title: string; paragraphs: string[] } {
  return { title: sentences.subject(values), paragraphs: sentences.body(values).split("\n\n") };
}

export function renderMail<T extends TemplateName>(
  template: T,
  lang: Lang,
  values: ValuesOf<T>,
  sentences?: Sentences,
): Mail;
export function renderMail(template: TemplateName, lang: Lang, values: Values, sentences?: Sentences): Mail;
export function renderMail(
  template: TemplateName,
  lang: Lang,
  values: Values,
  sentences: Sentences = builtInSentences(template, lang),
): Mail {
  const { greeting, footer, sender } = messages(lang);
  const unlinked = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, breakLinks(value)]));
  const { title: subject, paragraphs: body } = renderWords(template, lang, unlinked, sentences);
  const paragraphs = [greeting, ...body, sender, footer];
  return { subject, text: `${paragraphs.join("\n\n")}\n`, html: mailHtml(lang, subject, paragraphs) };
}

/** Bullets are not in GSM-7 and cost room: a masked number is shown as ...123. */
function plainMask(values: Values): Values {
  return values.login === undefined ? values : { ...values, login: values.login.replace(/^•+/u, "...") };
}

/** No value is longer than the one with which a version was counted; a number or a code is never cut. */
const NEVER_CUT: readonly string[] = ["code", "number", "password", "login", "key", "invite"];
function shortened(template: TemplateName, lang: Lang, values: Values): Values {
  const longest = longestOf(template, lang);
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const most = longest.get(name);
      return [name, most === undefined ? value : shorten(breakLinks(foldToGsm7(value)), most)];
    }),
  );
}

/** Septets of each value that may be cut; counted once a template. */
const counted = new Map<string, ReadonlyMap<string, number>>();
function longestOf(template: TemplateName, lang: Lang): ReadonlyMap<string, number> {
  const key = `${template}/${lang}`;
  const known = counted.get(key);
  if (known) return known;
  const longest = new Map(
    Object.entries(samplesOf(template, lang, "longest"))
      .filter(([name]) => name !== GIVES_WAY[template] && !NEVER_CUT.includes(name))
      .map(([name, most]) => [name, septetsOf(foldToGsm7(most))]),
  );
  counted.set(key, longest);
  return longest;
}

/** Cut at a word when there is one in the second half, and marked with three dots. */
function shorten(text: string, room: number): string {
  if (septetsOf(text) <= room) return text;
  const dots = "...";
  let kept = "";
  let left = room - dots.length;
  for (const sign of text) {
    left -= septetsOf(sign);
    if (left < 0) break;
    kept += sign;
  }
  const atWord = kept.lastIndexOf(" ");
  return `${(atWord > kept.length / 2 ? kept.slice(0, atWord) : kept).trimEnd()}${dots}`;
}
