import { type BirthPrecision, dayFromParts, formatBirth, plainDate } from "../kernel/calendar.ts";
import type { IdPaperKind } from "../kernel/numbers.ts";

/** What a person declares on form 01, question by question, tidied. Stored as JSON; days are ISO strings. */
export interface Answers {
  who?: Who;
  paper?: Paper;
  name?: Name;
  birth?: Birth;
  insurance?: Insurance;
  phone?: { number: string };
  email?: { address: string | null };
  address?: Address;
  office?: { code: string };
}

export type ForWhom = "self" | "child" | "helped";

/** For whom; who fills it in when it is not the person (parent, guardian, helper), and as what: a kinship or a unit. */
export interface Who {
  forWhom: ForWhom;
  declarer: string | null;
  declarerAs?: string;
}

export interface Paper {
  kind: IdPaperKind;
  number: string;
  issuedOn: string | null;
  issuedBy: string | null;
  /** Who issued a passport, as the person writes it. */
  country?: string;
}

/** Sex as in the register: 1 male, 2 female, 3 not stated. */
export interface Name {
  full: string;
  sex: 1 | 2 | 3;
}

export interface Birth {
  on: string;
  precision: BirthPrecision;
}

/** null: the person does not know it, the officer looks it up. */
export interface Insurance {
  number: string | null;
}

/** Two levels since 01/07/2025; `old` is an address of before, in the person's own words. */
export type Address =
  | { communeCode: string; communeName: string; provinceName: string; street: string }
  | { old: string };

export const QUESTIONS = [
  "who",
  "paper",
  "name",
  "birth",
  "insurance",
  "phone",
  "email",
  "address",
  "office",
] as const satisfies readonly (keyof Answers)[];

export type Question = (typeof QUESTIONS)[number];
export type CompleteAnswers = Required<Answers>;

/** The first question without an answer; undefined when all are answered. Computed, never stored. */
export function nextQuestion(answers: Answers): Question | undefined {
  return QUESTIONS.find((question) => answers[question] === undefined);
}

export function isComplete(answers: Answers): answers is CompleteAnswers {
  return nextQuestion(answers) === undefined;
}

/** May this page be opened? Every question before it has been answered. */
export function isReachable(answers: Answers, question: Question): boolean {
  const next = nextQuestion(answers);
  return next === undefined || QUESTIONS.indexOf(question) <= QUESTIONS.indexOf(next);
}

/** One line, as on the form. */
export function addressLine(address: Address): string {
  return "old" in address ? address.old : `${address.street}, ${address.communeName}, ${address.provinceName}`;
}

export function birthText(birth: Birth, lang: "vi" | "en" = "vi"): string {
  return formatBirth(plainDate(birth.on), birth.precision, lang);
}

/** Does what was typed name the same birth date, as far as it is known? */
export function isSameBirth(left: Birth, right: Birth): boolean {
  const known = Math.min(KNOWN[left.precision], KNOWN[right.precision]);
  return left.on.slice(0, known) === right.on.slice(0, known);
}

const KNOWN: Record<BirthPrecision, number> = { year: 4, month: 7, day: 10 };

/** Day, month, year as typed → what is known of the birth date. A whole date in the first box is read too. */
export function readBirth(typed: { day: string; month: string; year: string }): Birth | undefined {
  const { day, month, year } = spread(typed);
  if (!/^\d{4}$/.test(year) || !/^\d{0,2}$/.test(month) || !/^\d{0,2}$/.test(day)) return undefined;
  if (day && !month) return undefined;
  const on = dayFromParts(Number(year), Number(month || 1), Number(day || 1));
  return on && { on: on.toString(), precision: day ? "day" : month ? "month" : "year" };
}

/** "5/3/1955" or "05031955" in the day's box fills all three. */
export function spread(typed: { day: string; month: string; year: string }): typeof typed {
  const day = typed.day.trim();
  const whole = /^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})$/.exec(day) ?? /^(\d{2})(\d{2})(\d{4})$/.exec(day);
  if (!whole || typed.month.trim() || typed.year.trim()) {
    return { day, month: typed.month.trim(), year: typed.year.trim() };
  }
  return { day: whole[1] ?? "", month: whole[2] ?? "", year: whole[3] ?? "" };
}
