/** Workbooks for tests, written by a library that the product does not read with;. */
import { utils, write } from "@e965/xlsx";

export type SheetCell = string | number | Date | null | { f: string; v: string | number } | { v: number; z: string };

export interface MadeSheet {
  rows: SheetCell[][];
  /** As Excel names ranges: A1:C1. */
  merges?: string[];
  hiddenColumns?: number[];
  isHidden?: boolean;
}

export function workbook(sheets: Record<string, MadeSheet>): Buffer {
  const book = utils.book_new();
  for (const [name, { rows, merges = [], hiddenColumns = [] }] of Object.entries(sheets)) {
    const plain = rows.map((row) => row.map((cell) => (isRich(cell) ? null : cell)));
    const sheet = utils.aoa_to_sheet(plain, { cellDates: false, dateNF: "dd/mm/yyyy" });
    rows.forEach((row, r) => {
      row.forEach((cell, c) => {
        if (isRich(cell)) sheet[utils.encode_cell({ r, c })] = { t: typeof cell.v === "number" ? "n" : "s", ...cell };
      });
    });
    const widest = Math.max(...rows.map((row) => row.length));
    sheet["!ref"] = utils.encode_range({ s: { r: 0, c: 0 }, e: { r: rows.length - 1, c: widest - 1 } });
    sheet["!merges"] = merges.map((range) => utils.decode_range(range));
    const cols: { hidden: boolean }[] = [];
    for (const at of hiddenColumns) cols[at] = { hidden: true };
    sheet["!cols"] = cols;
    utils.book_append_sheet(book, sheet, name);
  }
  book.Workbook = { Sheets: Object.values(sheets).map(({ isHidden }) => ({ Hidden: isHidden ? 1 : 0 })) };
  return write(book, { type: "buffer", bookType: "xlsx", compression: true, bookSST: true }) as Buffer;
}

/** Excel before 2007. */
export function oldWorkbook(rows: string[][]): Buffer {
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet(rows), "S");
  return write(book, { type: "buffer", bookType: "biff8" }) as Buffer;
}

const isRich = (cell: SheetCell): cell is { f: string; v: string | number } | { v: number; z: string } =>
  typeof cell === "object" && cell !== null && !(cell instanceof Date);
