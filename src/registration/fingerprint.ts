import { createHash } from "node:crypto";
import type { Answers } from "./rules-answers.ts";

/** SHA-256 of the answers with their keys sorted: what was confirmed can be proved, whatever order the database keeps. */
export function fingerprintOf(answers: Answers): Buffer {
  return createHash("sha256").update(canonical(answers)).digest();
}

function canonical(value: unknown): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null";
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  const pairs = Object.entries(value)
    .filter(([, held]) => held !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${pairs.map(([key, held]) => `${JSON.stringify(key)}:${canonical(held)}`).join(",")}}`;
}
