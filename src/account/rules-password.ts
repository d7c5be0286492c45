import { foldName } from "../kernel/names.ts";

/**
 * What a password must be: long rather than adorned (NIST SP 800-63B-4 §3.1.1.2: 15 characters where
 * the password is the only factor, no rules of composition), any letter, spaces, paste.
 */
export const passwordPolicy = { least: 15, most: 128 } as const;

/** The text that is hashed: one writing for one word, whichever keyboard typed the marks. */
export function secretOf(typed: string): string {
  return typed.normalize("NFC");
}

export type PasswordFault =
  | "password_empty"
  | "password_short"
  | "password_long"
  | "password_signs"
  | "password_common"
  | "password_personal"
  | "password_like_old"
  | "password_used_before";

/** Faults that can be seen without a dictionary; undefined when there is none. */
export function shapeFault(typed: string): PasswordFault | undefined {
  if (typed === "") return "password_empty";
  // Four code units a character at most: what is longer need not be looked at any further.
  if (typed.length > passwordPolicy.most * 4) return "password_long";
  const length = [...secretOf(typed)].length;
  if (length > passwordPolicy.most) return "password_long";
  if (length < passwordPolicy.least) return "password_short";
  return /\p{Cc}/u.test(typed) ? "password_signs" : undefined;
}

const NEAR = 3;
const MEANINGFUL = 4;

/**
 * Is the new password the old one with a few signs changed? Forced changes make people count up
 * ("…2026" → "…2027"): refused at three edits or fewer, or when only digits and signs differ.
 */
export function isLikeOld(oldTyped: string, newTyped: string): boolean {
  const before = foldName(oldTyped);
  const after = foldName(newTyped);
  if (editDistance(before, after) <= NEAR) return true;
  const bare = lettersOf(before);
  return bare.length >= MEANINGFUL && bare === lettersOf(after);
}

function lettersOf(text: string): string {
  return text.replace(/\P{L}/gu, "");
}

/** Levenshtein distance, in one row. */
export function editDistance(a: string, b: string): number {
  const left = [...a];
  const right = [...b];
  let row = Array.from({ length: right.length + 1 }, (_, at) => at);
  for (const [i, sign] of left.entries()) {
    const next = [i + 1];
    for (const [j, other] of right.entries()) {
      const changed = (row[j] ?? 0) + (sign === other ? 0 : 1);
      next.push(Math.min(changed, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}

export interface OwnFacts {
  fullName: string;
  /** ISO day. */
  birthOn: string;
  /** Telephone, numbers of papers and cards, the local part of an e-mail address. */
  numbers: readonly string[];
}

/** What somebody who knows this person would try first, without marks and in lower case. */
export function ownWords({ fullName, birthOn, numbers }: OwnFacts): string[] {
  const words = foldName(fullName).split(" ").filter(Boolean);
  const [year = "", month = "", day = ""] = birthOn.split("-");
  const yy = year.slice(2);
  const initials = words.map((word) => word[0]).join("");
  const names = [words.join(""), [...words.slice(-1), ...words.slice(0, -1)].join(""), initials, ...words];
  const dates = [day + month + year, day + month + yy, year + month + day, day + month, month + year, year];
  const tails = numbers.flatMap((number) => [number, number.replace(/^0/, ""), number.slice(-6), number.slice(-4)]);
  return [...new Set([...names, ...dates, ...tails].map(foldName))].filter((word) => word.length >= 2);
}

const OWN_LEAST = 3;
const REST_LEAST = 8;

/** Are fewer than eight signs left once the person's own words are taken out? `plain`: no marks, no spaces. */
export function isMostlyOwn(plain: string, words: readonly string[]): boolean {
  const longestFirst = words.filter((word) => word.length >= OWN_LEAST).sort((a, b) => b.length - a.length);
  const rest = longestFirst.reduce((text, word) => text.replaceAll(word, ""), plain);
  return rest !== plain && rest.length < REST_LEAST;
}
