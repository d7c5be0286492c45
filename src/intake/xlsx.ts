/** An Excel workbook (.xlsx, .xlsm) as a table: its sheet of records, row by row, memory flat. */
import { foldName } from "../kernel/names.ts";
import { FileRefused } from "./refusal.ts";
import { type Source, sizeOf } from "./source.ts";
import { openPackage } from "./xlsx-package.ts";
import { readSheet, type SheetRow } from "./xlsx-sheet.ts";
import { readSheets, readWorkbook } from "./xlsx-workbook.ts";

/** The sheet that e-filing programs fill; any other workbook is read at the first sheet that is shown. */
const RECORDS_SHEET = "dulieu";
/** Where they write members of households apart. */
const ANNEX_SHEETS: ReadonlySet<string> = new Set(["pltvhgd", "pltvhogiadinh", "phulucthanhvienhogiadinh"]);

/** The first rows of each sheet that is shown beside the one that is read, unless that bears the name that says so. */
export async function firstRowsBeside(source: Source, most: number): Promise<SheetRow[][]> {
  const parts = await openPackage(source, await sizeOf(source), () => {});
  try {
    const known = await readSheets(parts);
    if (known.sheets.some((sheet) => plainName(sheet) === RECORDS_SHEET)) return [];
    const others = known.sheets.slice(1).filter((sheet) => !ANNEX_SHEETS.has(plainName(sheet)));
    if (others.length === 0) return [];
    const book = await readWorkbook(parts, known);
    const firsts: SheetRow[][] = [];
    for (const { part } of others) firsts.push(await firstRows(readSheet(parts, book, part), most).catch(noTable));
    return firsts;
  } finally {
    parts.close();
  }
}

/** A sheet that is not read, and cannot be, refuses nothing: a table of ours is neither so wide nor so long. */
function noTable(error: unknown): SheetRow[] {
  if (error instanceof FileRefused) return [];
  throw error;
}

async function firstRows(batches: AsyncGenerator<SheetRow[]>, most: number): Promise<SheetRow[]> {
  const rows: SheetRow[] = [];
  for await (const batch of batches) {
    rows.push(...batch);
    if (rows.length >= most) break;
  }
  return rows.slice(0, most);
}

/** Nothing for an annex that the workbook does not have, or whose only sheet it is. */
export async function* readXlsx(
  source: Source,
  onBytes: (bytes: number) => void,
  wanted: "records" | "annex" = "records",
): AsyncGenerator<SheetRow[]> {
  const parts = await openPackage(source, await sizeOf(source), onBytes);
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
