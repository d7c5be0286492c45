import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { CodeBook } from "../../src/intake/rules-code-book.ts";

/** The code lists as they ship. */
export function shippedCodes(): CodeBook {
  const files = ["code-lists.csv", "claim-codes.csv"];
  const lines = files.flatMap(
    (file) =>
      parse(readFileSync(new URL(`../../db/reference/${file}`, import.meta.url)), { columns: true }) as Record<string, string>[],
  );
  return new CodeBook(
    lines.map((line) => ({
      list: line.list ?? "",
      code: line.code ?? "",
      validFrom: line.valid_from ?? "",
      validTo: line.valid_to ?? "",
    })),
  );
}
