import { foldName } from "../kernel/names.ts";

/** TC, or the whole words; with or without marks, spaces and signs around them. Nothing longer: it may be a question. */
export function isRefusal(text: string): boolean {
  const said = foldName(text)
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
  return said === "tc" || said === "tu choi" || said === "tuchoi";
}
