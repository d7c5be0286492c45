import { tinosFiles } from "./fonts.ts";
import { readCodePoints } from "./true-type.ts";

/** What stands on paper for a letter that the typefaces of papers lack: an empty square. */
export const UNDRAWN = "□";

/** The usual letters, so that most texts are seen through at once. */
const USUAL = /^[\t\n\r\x20-\x7E\u00A0-\u017F\u01A0\u01A1\u01AF\u01B0\u1EA0-\u1EF9–—“”‘’…·•]*$/u;
/** Seen by nobody: joiners, selectors, marks of direction. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;

/** Whatever a typeface keeps there is its own affair. */
const PRIVATE = /\p{Co}/u;

const letters = new Intl.Segmenter("vi", { granularity: "grapheme" });
let drawable: Set<number> | undefined;

/** The letters of these texts that no paper can show, each once, in their order: of a Chinese name, a picture. */
export function undrawnIn(...texts: readonly string[]): string[] {
  return [...new Set(texts.flatMap(undrawnOf))];
}

function undrawnOf(text: string): string[] {
  if (USUAL.test(text)) return [];
  return lettersOf(text).filter((letter) => drawnOf(letter) === UNDRAWN && letter !== UNDRAWN);
}

/** The same text as papers show it; rare spaces become plain ones. */
export function asDrawn(text: string): string {
  return USUAL.test(text) ? text : lettersOf(text).map(drawnOf).join("");
}

const lettersOf = (text: string) => [...letters.segment(text)].map(({ segment }) => segment);

/** A letter and its marks come from one typeface, or they do not meet. */
function drawnOf(letter: string): string {
  const seen = letter.replace(INVISIBLE, "");
  if (USUAL.test(seen)) return seen;
  if ([seen.normalize("NFC"), seen.normalize("NFD")].some(hasGlyphs)) return seen;
  return /^\s+$/u.test(seen) ? " " : UNDRAWN;
}

function hasGlyphs(letter: string): boolean {
  drawable ??= readDrawable();
  if (PRIVATE.test(letter)) return false;
  return [...letter].every((sign) => drawable?.has(sign.codePointAt(0) ?? 0));
}

/** What Tinos draws as text and in bold alike. */
function readDrawable(): Set<number> {
  const bold = readCodePoints(tinosFiles.bold);
  return new Set([...readCodePoints(tinosFiles.regular)].filter((codePoint) => bold.has(codePoint)));
}
