import type { Fault } from "../kernel/outcome.ts";
import type { FieldFault } from "./error-summary.tsx";

/** How a feature says its faults, by key: a sentence, or one with the number that the fault carries. */
export type FaultSentences = Readonly<Record<string, string | ((value: number) => string)>>;

/** The ready sentence of every fault, for summary and field. */
export function sentencesOf(faults: readonly Fault[], sentences: FaultSentences): FieldFault[] {
  return faults.map(({ field, key, values }) => {
    const sentence = sentences[key];
    if (sentence === undefined) throw new Error(`no sentence for the fault ${key}`);
    const value = Number(values?.left ?? values?.digits ?? 0);
    return { field, text: typeof sentence === "string" ? sentence : sentence(value) };
  });
}

/** What stands at one field. */
export function textOf(faults: readonly FieldFault[], field: string): string | undefined {
  return faults.find((fault) => fault.field === field)?.text;
}
