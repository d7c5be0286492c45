/**
 * A password that a machine makes: three words of two plain syllables and four digits, as
 * bake-metu-haga-4729. It can be read aloud and typed on any telephone; nothing in it looks or sounds
 * like something else in it (no o, i, l, 0, 1; no d/gi, c/k, s/x).
 */
const onsets = ["b", "g", "h", "k", "m", "n", "r", "s", "t", "v"];
const vowels = ["a", "e", "u"];
/** Would be heard as a coarse word. */
const leftOut = new Set(["bu", "vu"]);
const syllables = onsets.flatMap((onset) => vowels.map((vowel) => onset + vowel)).filter((one) => !leftOut.has(one));
const digits = "23456789";
const WORDS = 3;
const SYLLABLES_A_WORD = 2;
const DIGITS = 4;

/** Entropy of one draw: 28 syllables six times, 8 digits four times. */
export const oneTimePasswordBits =
  WORDS * SYLLABLES_A_WORD * Math.log2(syllables.length) + DIGITS * Math.log2(digits.length);

/** `below(n)` answers a random whole number from 0 to n−1, drawn by the caller from a safe source. */
export function drawOneTimePassword(below: (n: number) => number): string {
  const syllable = () => syllables[below(syllables.length)] ?? "";
  const word = () => Array.from({ length: SYLLABLES_A_WORD }, syllable).join("");
  const tail = Array.from({ length: DIGITS }, () => digits[below(digits.length)] ?? "").join("");
  return [...Array.from({ length: WORDS }, word), tail].join("-");
}

/** No request is under way longer: who sent it has left, and so has whoever carried it. */
const UNDER_WAY_MS = 10 * 60_000;

/**
 * A request for a code that hung on its way while another one made the code that holds now: its own would end that one,
 * which may be on paper in somebody's hand. Both ends count the same hours; where hours lie between them, the hours changed.
 */
export function isCodeOvertaken(ownUntil: Date, heldUntil: Date | null): boolean {
  const laterMs = heldUntil ? heldUntil.getTime() - ownUntil.getTime() : 0;
  return laterMs > 0 && laterMs <= UNDER_WAY_MS;
}

/**
 * What is hashed and compared: telephones begin a line with a capital letter and people leave dashes
 * out or type spaces, and none of that is part of the secret.
 */
export function bareOneTimePassword(typed: string): string {
  return typed
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");
}
