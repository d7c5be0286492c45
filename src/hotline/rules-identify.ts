import { compareNames, foldName } from "../kernel/names.ts";
import { parseFacilityCode } from "../kernel/numbers.ts";
import { QUESTIONS, type Question } from "./rules-policies.ts";

/**
 * Is the caller who they say they are? The verdict is one, over all that was said: which of the answers was wrong is
 * told to nobody, the agent included. Pure.
 */

export const KEY_KINDS = ["phone", "name_birth", "bhxh", "personal_id", "code", "unit"] as const;
export type KeyKind = (typeof KEY_KINDS)[number];

/** What is known of somebody whom the caller may be. */
export interface CallerFacts {
  name: string;
  /** ISO day, with parts that are not known as 01. */
  birthOn: string;
  birthPrecision: "day" | "month" | "year";
  /** Numbers of the ID papers in force. */
  idNumbers: readonly string[];
  bhxhNumbers: readonly string[];
  facility: { code: string; name: string } | undefined;
}

/** As the agent typed what the caller said. */
export interface Said {
  name: string;
  birth: { day: string; month: string; year: string };
  id_last4: string;
  bhxh_last4: string;
  facility: string;
}

/** What neighbours and relatives know; the rest is strong. */
const WEAK: readonly Question[] = ["name", "birth"];

/** By what somebody was looked for is no proof. */
const TOLD_BY_KEY: Record<KeyKind, readonly Question[]> = {
  phone: [],
  name_birth: ["name", "birth"],
  bhxh: ["bhxh_last4"],
  personal_id: ["id_last4"],
  code: [],
  unit: QUESTIONS,
};

export function questionsFor(key: KeyKind, ask: readonly Question[]): Question[] {
  return QUESTIONS.filter((one) => ask.includes(one) && !TOLD_BY_KEY[key].includes(one));
}

/** What speaks for a caller: their answers alone, a code to the known telephone, the original paper on the counter. */
export type Proof = "questions" | "code" | "paper";

interface Bar {
  questions: readonly Question[];
  /** So many of `counted` must be right. */
  strong: number;
  counted: readonly Question[];
}

const STRONG = QUESTIONS.filter((one) => !WEAK.includes(one));
const NUMBERS: readonly Question[] = ["id_last4", "bhxh_last4"];

/** That a paper lies there is one officer's word: a number on it is typed, as what was looked for or by its end. */
export function barFor(key: KeyKind, proof: Proof, policy: { ask: readonly Question[]; strong: number }): Bar {
  const questions = questionsFor(key, policy.ask);
  if (proof === "questions") return { questions, strong: policy.strong, counted: STRONG };
  const isNumberTyped = proof === "code" || NUMBERS.some((one) => TOLD_BY_KEY[key].includes(one));
  return { questions, strong: isNumberTyped ? 0 : 1, counted: NUMBERS };
}

/** Nothing that was said is wrong, name and birth date were said, and enough of the strong facts. */
export function isCaller(said: Said, facts: CallerFacts, { questions, strong, counted }: Bar): boolean {
  const given = questions.filter((one) => !isUnsaid(said, one));
  const asksWeak = questions.filter((one) => WEAK.includes(one));
  if (asksWeak.some((one) => !given.includes(one))) return false;
  if (given.some((one) => !isRight[one](said, facts))) return false;
  return given.filter((one) => counted.includes(one)).length >= strong;
}

/** The one among them who answers so; undefined when none does, or more than one. */
export function whoIsCaller<T extends { facts: CallerFacts }>(
  said: Said,
  candidates: readonly T[],
  bar: Bar,
): T | undefined {
  const right = candidates.filter(({ facts }) => isCaller(said, facts, bar));
  return right.length === 1 ? right[0] : undefined;
}

/** Nothing was typed at all: no try is taken for it. */
export function hasSaid(said: Said, questions: readonly Question[]): boolean {
  return questions.some((one) => !isUnsaid(said, one));
}

function isUnsaid(said: Said, question: Question): boolean {
  if (question === "birth") return said.birth.year.trim() === "";
  return said[question].trim() === "";
}

const isRight: Record<Question, (said: Said, facts: CallerFacts) => boolean> = {
  name: (said, facts) => !["real", "missing_one_side"].includes(compareNames(said.name, facts.name)),
  birth: isBirth,
  id_last4: (said, facts) => endsWith(facts.idNumbers, said.id_last4),
  bhxh_last4: (said, facts) => endsWith(facts.bhxhNumbers, said.bhxh_last4),
  facility: (said, { facility }) => facility !== undefined && isFacility(said.facility, facility),
};

/** As far as it is known, it must be said. */
function isBirth({ birth }: Said, { birthOn, birthPrecision }: CallerFacts): boolean {
  const [year, month, day] = birthOn.split("-").map(Number);
  const isSame = (typed: string, known: number | undefined) => /^\d+$/.test(typed.trim()) && Number(typed) === known;
  return (
    isSame(birth.year, year) &&
    (birthPrecision === "year" || isSame(birth.month, month)) &&
    (birthPrecision !== "day" || isSame(birth.day, day))
  );
}

const LAST = 4;

function endsWith(numbers: readonly string[], typed: string): boolean {
  const last = typed.normalize("NFKC").replace(/[\s.\-–]/gu, "");
  return last.length === LAST && numbers.some((number) => number.endsWith(last));
}

/** Words that are in the names of half of all facilities: they tell none apart. */
const COMMON = new Set(
  "benh vien trung tam y te tram phong kham da khoa khu vuc tinh thanh pho thi xa huyen quan phuong tran so cong ty tnhh cua".split(
    " ",
  ),
);

/** Its code, or all words that tell it apart and no other: a list of many names opens nothing. */
function isFacility(typed: string, facility: { code: string; name: string }): boolean {
  if (parseFacilityCode(typed) === facility.code) return true;
  const own = tellingWords(facility.name);
  const said = tellingWords(typed);
  return own.size > 0 && said.size === own.size && [...own].every((word) => said.has(word));
}

function tellingWords(name: string): Set<string> {
  const words = foldName(name).match(/[\p{L}\d]+/gu) ?? [];
  return new Set(words.filter((word) => !COMMON.has(word)));
}
