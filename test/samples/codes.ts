import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { CodeBook } from "../../src/intake/code-book.ts";
import type { Mark } from "../../src/sensitive/rules.ts";

const readLines = (file: string) =>
  parse(readFileSync(new URL(`../../db/reference/${file}`, import.meta.url)), { columns: true }) as Record<string, string>[];

/** What claims are read with, as it ships. */
export function shippedCodes(): CodeBook {
  const files = ["code-lists.csv", "claim-codes.csv"];
  return new CodeBook({
    entries: files.flatMap(readLines).map((line) => ({
      list: line.list ?? "",
      code: line.code ?? "",
      validFrom: line.valid_from ?? "",
      validTo: line.valid_to ?? "",
    })),
    marks: readLines("sensitive-marks.csv").map((line) => ({
      kind: line.kind as Mark["kind"],
      from: line.from_code ?? "",
      to: line.to_code ?? "",
    })),
  });
}
