import type { FileRefused } from "../intake/refusal.ts";
import { words as intakeWords } from "../intake/words.ts";
import type { Lang } from "../kernel/words.ts";

/** Why a list cannot be read, and from which line on where that is known. */
export function fileRefusalText({ code, line }: FileRefused, lang: Lang): string {
  const said = intakeWords(lang);
  return [said.refusals[code], ...(line === undefined ? [] : [said.cli.refusedFrom(line)])].join(" ");
}
