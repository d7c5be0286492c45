import type { Fault } from "../kernel/outcome.ts";
import type { Lang } from "../kernel/words.ts";
import { words } from "./words.ts";

/** A fault as a page of this feature shows it. */
export interface Told {
  field: string;
  text: string;
}

export function sentencesOf(faults: readonly Fault[], lang: Lang): Told[] {
  const sentences: Record<string, string | ((value: number) => string)> = words(lang).faults;
  return faults.map(({ field, key, values }) => {
    const sentence = sentences[key];
    if (sentence === undefined) throw new Error(`no sentence for the fault ${key}`);
    const value = Number(values?.left ?? values?.digits ?? 0);
    return { field, text: typeof sentence === "string" ? sentence : sentence(value) };
  });
}

export function textOf(faults: readonly Told[], field: string): string | undefined {
  return faults.find((fault) => fault.field === field)?.text;
}
