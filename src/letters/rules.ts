import { z } from "zod";
import { dayFromParts, type PlainDate } from "../kernel/calendar.ts";
import { foldName, tidyName } from "../kernel/names.ts";
import { parseEmail, parsePhone } from "../kernel/numbers.ts";
import { bad, type Fault, good, type Outcome } from "../kernel/outcome.ts";
import { definePolicy } from "../kernel/policy.ts";
import type { Lang } from "../kernel/words.ts";

/** A letter (công văn), its addressees and who signs for it, as typed → as kept. Pure. */
export type Fields = Readonly<Record<string, string | undefined>>;

export const keyDays = definePolicy({
  name: "letters.key_days",
  meaning: "Days for which a code sent to an addressee opens the letter",
  schema: z.number().int().min(1).max(730),
  values: [{ from: "2021-01-01", value: 180, source: "proposal" }],
});

export const addresseesMost = definePolicy({
  name: "letters.addressees_most",
  meaning: "Most addressees of one letter",
  schema: z.number().int().min(1).max(5000),
  values: [{ from: "2021-01-01", value: 500, source: "proposal: the communes and larger units of a province" }],
});

/** The number stands whole in an SMS of one part (notices/rules-samples.ts). */
export const NUMBER_SIGNS = 24;
const LINE_SIGNS = 200;
const SUBJECT_SIGNS = 300;
export const SAYS_SIGNS = 2000;

export interface LetterHead {
  number: string;
  datedOn: string;
  subject: string;
  issuer: string;
  signedBy: string;
  lang: Lang;
  answerBy: string | null;
  replyEmail: string | null;
  /** Id of the letter that this one replaces. */
  replacesId: string | null;
}

/** The head of a letter; `today` bounds its date. Faults name the box. */
export function parseHead(form: Fields, today: PlainDate): Outcome<LetterHead, Fault[]> {
  const faults: Fault[] = [];
  const line = (field: string, most: number): string => {
    const text = tidy(form[field]);
    if (text === "") faults.push({ field, key: `${field}_missing` });
    else if (text.length > most) faults.push({ field, key: "too_long", values: { digits: most } });
    return text;
  };
  const number = line("number", NUMBER_SIGNS);
  if (number && (!/^[\p{L}\d][\p{L}\d\-/]*$/u.test(number) || !/\d/.test(number)))
    faults.push({ field: "number", key: "number_shape" });
  const dated = typedDay(form, "dated");
  if (!dated || dated === "none") faults.push({ field: "dated", key: "dated_missing" });
  else if (dated.since(today).sign > 0) faults.push({ field: "dated", key: "dated_future" });
  const head = {
    number,
    datedOn: String(dated),
    subject: line("subject", SUBJECT_SIGNS),
    issuer: line("issuer", LINE_SIGNS),
    signedBy: line("signed_by", LINE_SIGNS),
    lang: form.lang === "en" ? ("en" as const) : ("vi" as const),
    ...parseAnswer(form, today, faults),
    replacesId: /^\d{1,18}$/.test(form.replaces ?? "") ? (form.replaces ?? null) : null,
  };
  return faults.length > 0 ? bad(faults) : good(head);
}

function parseAnswer(form: Fields, today: PlainDate, faults: Fault[]) {
  const day = typedDay(form, "answer");
  if (!day) faults.push({ field: "answer", key: "answer_shape" });
  else if (day !== "none" && day.since(today).sign < 0) faults.push({ field: "answer", key: "answer_past" });
  const email = tidy(form.reply_email);
  const replyEmail = email ? parseEmail(email) : undefined;
  if (email && !replyEmail) faults.push({ field: "reply_email", key: "email_shape" });
  return { answerBy: day && day !== "none" ? day.toString() : null, replyEmail: replyEmail ?? null };
}

/** "none": all three boxes are empty; undefined: there is no such day. */
function typedDay(form: Fields, name: string): PlainDate | "none" | undefined {
  const parts = (["year", "month", "day"] as const).map((part) => tidy(form[`${name}_${part}`]));
  if (parts.every((part) => part === "")) return "none";
  if (!parts.every((part) => /^\d{1,4}$/.test(part)) || parts[0]?.length !== 4) return undefined;
  const [year = 0, month = 0, day = 0] = parts.map(Number);
  return dayFromParts(year, month, day);
}

export interface NewAddressee {
  unitCode: string | null;
  name: string;
  email: string | null;
  phone: string | null;
}

/** Kinds of units of the roll-out, in the order in which they are offered. */
export const UNIT_KINDS = ["province", "district", "commune", "agency", "enterprise", "school", "hamlet"] as const;
export type UnitKind = (typeof UNIT_KINDS)[number];

export interface UnitInSight {
  unitCode: string;
  name: string;
  kind: string;
}

/**
 * One addressee a line: a unit's code or a name, then e-mail and telephone, apart by semicolons. A code among
 * `units` is that unit. A fault says in `values.left` which line is meant, from 1.
 */
export function parseLines(text: string, units: readonly UnitInSight[]): Outcome<NewAddressee[], Fault[]> {
  const lines = text.normalize("NFC").split(/\r?\n/);
  const read = lines.flatMap((line, at) => {
    if (line.trim() === "") return [];
    const row = lineOf(line, units);
    return [typeof row === "string" ? { field: "lines", key: row, values: { left: at + 1 } } : row];
  });
  const faults = read.flatMap((one) => ("key" in one ? [one] : []));
  return faults.length > 0 ? bad(faults) : good(read.flatMap((one) => ("key" in one ? [] : [one])));
}

function lineOf(line: string, units: readonly UnitInSight[]): NewAddressee | string {
  const [who = "", ...contacts] = line.split(/[;\t]/).map(tidy);
  const unit = units.find(({ unitCode }) => unitCode.toUpperCase() === who.toUpperCase());
  const email = contacts.map(parseEmail).find(Boolean) ?? null;
  const phone = contacts.map(parsePhone).find(Boolean) ?? null;
  if (who === "" || who.length > LINE_SIGNS) return "line_name";
  if (contacts.some((one) => one !== "" && !parseEmail(one) && !parsePhone(one))) return "line_contact";
  if (!unit && !email && !phone) return "line_unreached";
  return { unitCode: unit?.unitCode ?? null, name: unit?.name ?? who, email, phone };
}

export interface GroupWish {
  group: string;
  kinds: UnitKind[];
}

export function parseGroup(form: Fields, kinds: readonly string[]): Outcome<GroupWish, Fault[]> {
  const group = tidy(form.group);
  const chosen = UNIT_KINDS.filter((kind) => kinds.includes(kind));
  if (group === "") return bad([{ field: "group", key: "group_missing" }]);
  if (group.length > LINE_SIGNS) return bad([{ field: "group", key: "too_long", values: { digits: LINE_SIGNS } }]);
  if (chosen.length === 0 && tidy(form.lines) === "") return bad([{ field: "kinds", key: "group_empty" }]);
  return good({ group, kinds: chosen });
}

/** How a receipt was signed: drawn by hand, with a one-time code, or by somebody signed in at the desk of a unit. */
export type Way = "drawn" | "code_sms" | "code_email" | "account";

export interface Signer {
  name: string;
  position: string;
  place: string;
}

export function parseSigner(form: Fields): Outcome<Signer, Fault[]> {
  const faults: Fault[] = [];
  const line = (field: string) => {
    const text = tidyName(form[field] ?? "");
    if (!/\p{L}{2}/u.test(text)) faults.push({ field, key: `${field}_missing` });
    else if (text.length > LINE_SIGNS) faults.push({ field, key: "too_long", values: { digits: LINE_SIGNS } });
    return text;
  };
  const signer = { name: line("signer"), position: line("position"), place: line("place") };
  return faults.length > 0 ? bad(faults) : good(signer);
}

export function parseSays(text: string | undefined, field: string): Outcome<string, Fault[]> {
  const says = (text ?? "").normalize("NFC").replace(/\r\n?/g, "\n").trim();
  if (says === "") return bad([{ field, key: "says_missing" }]);
  if (says.length > SAYS_SIGNS) return bad([{ field, key: "too_long", values: { digits: SAYS_SIGNS } }]);
  return good(says);
}

export const STANDS = ["signed", "opened", "unopened"] as const;
/** Where an addressee stands; the three together are all of them. */
export type Stand = (typeof STANDS)[number];

export function standOf(one: { openedAt: Date | null; signedAt: Date | null }): Stand {
  if (one.signedAt) return "signed";
  return one.openedAt ? "opened" : "unopened";
}

/** Whose name stands where, sorted as the register shows it: by group, then by name without marks. */
export function byGroup<T extends { groupName: string; name: string }>(rows: readonly T[]): T[] {
  const key = ({ groupName, name }: T) => `${foldName(groupName)}\u0000${foldName(name)}`;
  return rows.toSorted((one, other) => key(one).localeCompare(key(other), "vi"));
}

const tidy = (text: string | undefined) => (text ?? "").normalize("NFC").replace(/\s+/gu, " ").trim();
