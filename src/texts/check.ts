/** What every version of a message's words must hold before it can be kept, built-in ones included. */
import type { Fault } from "../kernel/outcome.ts";
import type { Lang } from "../kernel/words.ts";
import { foldToGsm7, isGsm7, septetsOf } from "../notices/gsm7.ts";
import { findLink } from "../notices/rules-links.ts";
import { samplesOf } from "../notices/rules-samples.ts";
import { needs, type TemplateName } from "../notices/rules-templates.ts";
import { namesIn, namesOf, sentencesFrom, type WordPart, type Words, wordPartsOf } from "../notices/rules-words.ts";
import { builtInWords } from "../notices/sentences.ts";
import { GIVES_WAY, ONE_SMS, renderPush, renderSms } from "../notices/templates.ts";

export type WordFaultKey =
  | "empty"
  | "too_long"
  | "brace_open"
  | "name_unknown"
  | "name_missing"
  | "secret_in_subject"
  | "sign_unsendable"
  | "link"
  | "health"
  | "not_free"
  | "sms_too_long"
  | "sms_no_room"
  | "subject_too_long"
  | "push_too_long";

export interface WordFault extends Fault {
  field: WordPart;
  key: WordFaultKey;
  /** The very words, names or numbers that are meant: texts for everybody, nothing of a person. */
  values: { what: string };
}
const faultOf = (field: WordPart, key: WordFaultKey, what = ""): WordFault => ({ field, key, values: { what } });

/** The most signs of each part, as they are typed. */
export const mostSigns = { sms: 300, subject: 120, body: 3000, push: 160 } as const;
/** The longest subject with the longest values: what a telephone shows of it. */
const SUBJECT_SIGNS = 60;
/** The same of what a device shows while it is locked: two lines. */
const PUSH_SIGNS = 110;

/** What a sentence may do without; every other value of the built-in sentence must stand in a new one too. */
const MAY_BE_LEFT_OUT: readonly string[] = ["device", "minutes", "tell"];

/** How much of a value that gives way must still be readable, in septets. */
const leastRoom: Readonly<Record<string, number>> = { office: 32, reason: 80, subject: 20, unit: 32, place: 32 };

/** Illness and care: a telephone shows messages to whoever stands near. */
const HEALTH_WITH_MARKS =
  /(?<!\p{L})(bệnh|khám|chẩn đoán|thuốc|điều trị|thai sản|y tế|disease|illness|diagnos\p{L}*|treatment|hospital\p{L}*|maternity|health\p{L}*)(?!\p{L})/iu;
const HEALTH_WITHOUT_MARKS = /(?<!\p{L})(benh|kham|chan doan|thuoc|dieu tri|thai san|y te)(?!\p{L})/iu;

/** As it is kept: NFC, no spaces at the ends, an SMS on one line, paragraphs apart by one empty line. */
export function tidyWords(typed: Words): Words {
  const line = (text: string) => text.normalize("NFC").replace(/\s+/gu, " ").trim();
  const paragraphs = typed.body
    .normalize("NFC")
    .replace(/\r\n?/g, "\n")
    .split(/\n\s*\n/);
  return {
    sms: line(typed.sms),
    subject: line(typed.subject),
    body: paragraphs.map(line).filter(Boolean).join("\n\n"),
    push: line(typed.push),
  };
}

/** Everything that is wrong, in the order in which it stands on the page. */
export function checkWords(template: TemplateName, lang: Lang, words: Words): WordFault[] {
  return wordPartsOf(template).flatMap((field) => {
    const shape = faultsOfShape(template, lang, words, field);
    const isCountable = shape.every(({ key }) => key === "name_missing" || key === "secret_in_subject");
    const counted = { sms: faultsOfSms, subject: faultsOfSubject, body: () => [], push: faultsOfPush }[field];
    return [...shape, ...faultsOfMeaning(words[field], field), ...(isCountable ? counted(template, lang, words) : [])];
  });
}

function faultsOfShape(template: TemplateName, lang: Lang, words: Words, field: WordPart): WordFault[] {
  const text = words[field];
  if (text === "") return [faultOf(field, "empty")];
  if (text.length > mostSigns[field]) return [faultOf(field, "too_long", String(mostSigns[field]))];
  const bare = text.replace(/\{\w+\}/g, "");
  if (/[{}]/.test(bare)) return [faultOf(field, "brace_open", bracesAround(text))];
  const names = namesIn(text);
  const known = namesOf(template, field);
  const unknown = names.filter((name) => !known.includes(name));
  const missing = obligatory(template, lang, field).filter((name) => !names.includes(name));
  const secrets: readonly string[] = needs[template].secrets;
  const shown = field === "subject" ? names.filter((name) => secrets.includes(name)) : [];
  const faults: [WordFaultKey, string[]][] = [
    ["name_unknown", unknown],
    ["name_missing", missing],
    ["secret_in_subject", shown],
  ];
  return faults.flatMap(([key, which]) => (which.length ? [faultOf(field, key, which.map(braced).join(", "))] : []));
}

const braced = (name: string) => `{${name}}`;

/** The lone brace with a few signs on both sides, so that it is found. */
function bracesAround(text: string): string {
  const at = text.replace(/\{\w+\}/g, (whole) => " ".repeat(whole.length)).search(/[{}]/);
  return text.slice(Math.max(0, at - 8), at + 12);
}

/** Values that a new sentence may not lose; of a subject, none. */
export function obligatory(template: TemplateName, lang: Lang, field: WordPart): string[] {
  if (field === "subject") return [];
  return namesIn(builtInWords(template, lang)[field]).filter((name) => !MAY_BE_LEFT_OUT.includes(name));
}

/** Signs of the text itself that no plain sign can stand for: they would vanish, or turn it into 70 signs a part. */
function unsendable(sms: string): string[] {
  const signs = [...sms.replace(/\{\w+\}/g, "").normalize("NFC")];
  return [...new Set(signs.filter((sign) => !/^[\x20-\x7e]+$/.test(foldToGsm7(sign)) || !isGsm7(foldToGsm7(sign))))];
}

export interface SmsCount {
  septets: number;
  /** Septets left for the value that gives way; undefined where none does. */
  room: number | undefined;
}

/** With the longest value of each field. Throws RangeError on a sign that cannot be sent. */
export function countSms(template: TemplateName, lang: Lang, words: Words): SmsCount {
  const longest = samplesOf(template, lang, "longest");
  const sentences = sentencesFrom(words);
  const septets = septetsOf(renderSms(template, lang, longest, sentences));
  const flexible = GIVES_WAY[template];
  if (flexible === undefined) return { septets, room: undefined };
  const empty = septetsOf(renderSms(template, lang, { ...longest, [flexible]: "" }, sentences));
  return { septets, room: ONE_SMS - empty };
}

function faultsOfSms(template: TemplateName, lang: Lang, words: Words): WordFault[] {
  const field = "sms";
  const signs = unsendable(words.sms);
  if (signs.length) return [faultOf(field, "sign_unsendable", signs.join(" "))];
  const faults: WordFault[] = [];
  if (!/\bmien phi\b/i.test(foldToGsm7(words.sms))) faults.push(faultOf(field, "not_free"));
  const { septets, room } = countSms(template, lang, words);
  const least = leastRoom[GIVES_WAY[template] ?? ""] ?? 0;
  if (room !== undefined && room < least) {
    faults.push(faultOf(field, "sms_no_room", String(least - room)));
  } else if (septets > ONE_SMS) {
    faults.push(faultOf(field, "sms_too_long", String(septets - ONE_SMS)));
  }
  return faults;
}

function faultsOfMeaning(text: string, field: WordPart): WordFault[] {
  const link = findLink(text.replace(/\{\w+\}/g, "x"));
  const health = healthWord(text.replace(/\{\w+\}/g, ""), field);
  return [...(link ? [faultOf(field, "link", link)] : []), ...(health ? [faultOf(field, "health", health)] : [])];
}

/** An SMS is read without marks: there "thuộc" and "thuốc" are one word. */
function healthWord(text: string, field: WordPart): string | undefined {
  const read = field === "sms" ? foldToGsm7(text) : text;
  return (HEALTH_WITH_MARKS.exec(read) ?? HEALTH_WITHOUT_MARKS.exec(read))?.[1];
}

function faultsOfSubject(template: TemplateName, lang: Lang, words: Words): WordFault[] {
  const subject = sentencesFrom(words).subject(samplesOf(template, lang, "longest"));
  if (subject.length <= SUBJECT_SIGNS) return [];
  return [faultOf("subject", "subject_too_long", String(subject.length - SUBJECT_SIGNS))];
}

function faultsOfPush(template: TemplateName, lang: Lang, words: Words): WordFault[] {
  const shown = renderPush(
    template,
    lang,
    { ...samplesOf(template, lang, "longest"), ward: "yes" },
    sentencesFrom(words),
  );
  return shown.length <= PUSH_SIGNS ? [] : [faultOf("push", "push_too_long", String(shown.length - PUSH_SIGNS))];
}
