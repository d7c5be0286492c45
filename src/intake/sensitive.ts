/**
 * Which claims are shown only after a tap, and HIV ones only with a right of their own (NĐ 356/2025
 * art. 4): the list is db/reference/claim-sensitive.csv.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { projectRoot } from "../db/root.ts";

interface Mark {
  kind: string;
  from: string;
  to: string;
}

const marks = parse(readFileSync(join(projectRoot, "db", "reference", "claim-sensitive.csv")), {
  columns: true,
}) as Mark[];
const diseases = marks.filter((mark) => mark.kind === "icd");
const drugNames = new RegExp(
  marks
    .filter((mark) => mark.kind === "drug")
    .map((mark) => mark.from)
    .join("|"),
  "i",
);
const answers = new Map<string, boolean>();
const ANSWERS_MAX = 20_000;

/** Is one of these ICD-10 codes (split by `;`) in the list? */
export function hasSensitiveDisease(codes: string): boolean {
  const known = answers.get(codes);
  if (known !== undefined) return known;
  const answer = codes.split(/[;,]/).some((code) => isListed(code.trim().toUpperCase()));
  if (answers.size < ANSWERS_MAX) answers.set(codes, answer);
  return answer;
}

export function isSensitiveDrug(name: string): boolean {
  return drugNames.test(name);
}

/** Entitlement, accident kind or table that is sensitive by itself. */
export function isSensitiveMark(kind: "entitlement" | "accident" | "table", value: string): boolean {
  return value !== "" && marks.some((mark) => mark.kind === kind && mark.from <= value && value <= mark.to);
}

/** "F32.1" lies in F00–F99, "O98.7" in O98.7–O98.7, "O98.6" does not. */
function isListed(code: string): boolean {
  return diseases.some(({ from, to }) => from <= code && code.slice(0, to.length) <= to);
}
