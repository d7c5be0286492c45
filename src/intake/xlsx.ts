/** An Excel workbook (.xlsx, .xlsm) as a table: its sheet of records, row by row, memory flat. */
import { stat } from "node:fs/promises";
import { foldName } from "../kernel/names.ts";
import { FileRefused } from "./refusal.ts";
import type { Source } from "./source.ts";
import { openPackage } from "./xlsx-package.ts";
import { readSheet, type SheetRow } from "./xlsx-sheet.ts";
import { readWorkbook } from "./xlsx-workbook.ts";

/** The sheet that e-filing programs fill; any other workbook is read at the first sheet that is shown. */
const RECORDS_SHEET = "dulieu";

export async function* readXlsx(source: Source, onBytes: (bytes: number) => void): AsyncGenerator<SheetRow[]> {
  const size = "path" in source ? (await stat(source.path)).size : source.bytes.length;
  const parts = await openPackage(source, size, onBytes);
  try {
    const book = await readWorkbook(parts);
    const [first] = book.sheets;
    const sheet = book.sheets.find(({ name }) => foldName(name).replaceAll(" ", "") === RECORDS_SHEET) ?? first;
    if (!sheet) throw new FileRefused("packed_file");
    yield* readSheet(parts, book, sheet.part);
  } finally {
    parts.close();
  }
}
