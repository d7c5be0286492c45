/** Benefit documents (HSCHUNGTU, TT 25/2025/TT-BYT) are told apart and refused plainly: nothing of them is kept. */
import type { House } from "../db/house.ts";
import { type ImportOptions, type ImportResult, importFile } from "./import-file.ts";
import { FileRefused } from "./refusal.ts";
import type { Source } from "./source.ts";

export async function refuseDocuments(
  house: House,
  source: Source,
  options: ImportOptions = {},
): Promise<ImportResult> {
  return importFile(house, "documents", source, options, async () => {
    throw new FileRefused("documents_not_taken");
  });
}
