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
/** Where they write members of households apart. */
const ANNEX_SHEETS: ReadonlySet<string> = new Set(["pltvhgd", "pltvhogiadinh", "phulucthanhvienhogiadinh"]);

/** Nothing for an annex that the workbook does not have, or whose only sheet it is. */
export async function* readXlsx(
  source: Source,
  onBytes: (bytes: number) => void,
  wanted: "records" | "annex" = "records",
): AsyncGenerator<SheetRow[]> {
  const size = "path" in source ? (await stat(source.path)).size : source.bytes.length;
  const parts = await openPackage(source, size, onBytes);
  try {
    const book = await readWorkbook(parts);
    const [first] = book.sheets;
    const records = book.sheets.find((sheet) => plainName(sheet) === RECORDS_SHEET) ?? first;
    if (!records) throw new FileRefused("packed_file");
    const annex = book.sheets.find((sheet) => sheet !== records && ANNEX_SHEETS.has(plainName(sheet)));
    const sheet = wanted === "records" ? records : annex;
    if (sheet) yield* readSheet(parts, book, sheet.part);
  } finally {
    parts.close();
  }
}

const plainName = ({ name }: { name: string }) => foldName(name).replaceAll(" ", "");
