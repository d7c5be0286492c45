import type { Fault } from "../kernel/outcome.ts";
import type { Lang } from "../kernel/words.ts";
import { words } from "./words.ts";

/** A fault as a page shows it. */
export interface Told {
  field: string;
  text: string;
}

/** The ready sentence of every fault, for summary and field. */
export function sentencesOf(faults: readonly Fault[], lang: Lang): Told[] {
  return faults.map((fault) => ({ field: fault.field, text: sentenceOf(fault, lang) }));
}

function sentenceOf({ key, values }: Fault, lang: Lang): string {
  const said = words(lang);
  const left = Number(values?.left ?? 0);
  if (key === "current_wrong") return said.change.currentWrong(left);
  if (key === "code_wrong") return said.recovery.codeWrong(left);
  const sentences: Record<string, string> = said.faults;
  const sentence = sentences[key];
  if (sentence === undefined) throw new Error(`no sentence for the fault ${key}`);
  return sentence;
}

export function textOf(faults: readonly Told[], field: string): string | undefined {
  return faults.find((fault) => fault.field === field)?.text;
}
