/** How two writings of one thing differ; the order is from "the same" to "another". */
export type Difference =
  | "equal"
  | "tone_placement" // hoà / hòa
  | "case_or_space" // and H'Hen / H’Hen
  | "missing_marks" // Nguyen / Nguyễn
  | "real"
  | "missing_one_side";

/** Without the signs that nobody sees (marks of direction, soft hyphens): pages and programs put them into what is copied. */
export const withoutUnseen = (text: string): string => text.replace(/\p{Cf}/gu, "");

/** NFC, single spaces, trimmed, nothing unseen. What is stored and shown; marks and case stay as typed. */
export function tidyName(text: string): string {
  return plainLetters(text).replace(/\s+/gu, " ").trim();
}

/** Ð (eth) and Ɖ look exactly like Đ and come from old keyboards and code pages: one letter, three codes. */
function plainLetters(text: string): string {
  return withoutUnseen(text).normalize("NFC").replace(/[ÐƉ]/gu, "Đ").replace(/[ðɖ]/gu, "đ");
}

/**
 * What somebody typed as a name or a place, tidy. Keyboards of telephones put other signs in the place of an apostrophe
 * (H‘Hen, Cư M`gar); not every typeface has them, so the common one is kept instead.
 */
export const tidyTyped = (text: string): string => tidyName(text).replace(/[‘ʼ`´]/gu, "'");

/**
 * Signs that no name has: µ ª º ƒ, or a capital with a mark behind a small letter. So look names that were written for a
 * font of before Unicode (TCVN3: NguyÔn ThÞ Hoµ), or whose bytes were read by another code page (LÃª VÄƒn).
 */
const OLD_FONT = /[µªºƒ]|\p{Ll}[À-ÖØ-Þ]/u;
export const isOldFont = (name: string): boolean => OLD_FONT.test(name.normalize("NFC"));

/** One apostrophe, typed on a keyboard or put in its place by telephones and word processors: H'Hen, H’Hen. */
const plainSigns = (name: string): string => name.replace(/[’‘ʼ`´]/gu, "'");

/**
 * Lower case without marks, đ → d: what search compares. NFD alone leaves đ as it is.
 * "Đặng Thị HÒA" → "dang thi hoa".
 */
export function foldName(text: string): string {
  return plainSigns(tidyName(text))
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "")
    .replace(/đ/g, "d");
}

const TONES = ["\u0300", "\u0301", "\u0303", "\u0309", "\u0323"];
const VOWEL_ENDING: Record<string, string> = { oa: "oa", oe: "oe", uy: "uy" };

/** Moves the tone of open oa, oe, uy to one agreed place, so that hoà and hòa become one. */
function settleTones(word: string): string {
  const letters = word.normalize("NFD");
  const tone = TONES.find((mark) => letters.includes(mark));
  if (!tone) return word;
  const bare = letters.replace(tone, "");
  const ending = bare.slice(-2).normalize("NFC").toLowerCase();
  if (!(ending in VOWEL_ENDING)) return word;
  // "quý" carries its u with the q; the tone has one place only there.
  if (ending === "uy" && /q.{2}$/i.test(bare.slice(-3))) return word;
  return `${bare.slice(0, -1)}${tone}${bare.slice(-1)}`.normalize("NFC");
}

/** Why two names differ. An empty side is "missing_one_side"; two empty sides are equal. */
export function compareNames(left: string | undefined, right: string | undefined): Difference {
  const [a, b] = [plainSigns(tidyName(left ?? "")), plainSigns(tidyName(right ?? ""))];
  if (!a !== !b) return "missing_one_side";
  if (plainLetters(left ?? "") === plainLetters(right ?? "")) return "equal";
  const settle = (text: string) => text.split(" ").map(settleTones).join(" ");
  if (settle(a) === settle(b)) return a === b ? "case_or_space" : "tone_placement";
  const lower = (text: string) => settle(text.toLowerCase());
  if (lower(a) === lower(b)) return "case_or_space";
  if (foldName(a) === foldName(b)) return missingMarks(lower(a), lower(b)) ? "missing_marks" : "real";
  return "real";
}

/** True when, wherever the two differ, one of them simply has no mark (Nguyen / Nguyễn, not Hương / Hường). */
function missingMarks(a: string, b: string): boolean {
  const left = a.split(" ");
  const right = b.split(" ");
  return left.every((word, at) => {
    const other = right[at] ?? "";
    return word === other || isBare(word) || isBare(other);
  });
}

function isBare(word: string): boolean {
  return word === foldName(word);
}

/** The given name (last word) first: what Vietnamese lists sort by. */
export function givenNameFirst(name: string): string {
  const words = tidyName(name).split(" ");
  return `${words[words.length - 1] ?? ""} ${words.slice(0, -1).join(" ")}`;
}
