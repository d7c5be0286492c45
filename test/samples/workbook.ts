/** Workbooks for tests, written by a library that the product does not read with; and zips of any parts. */
import { crc32, deflateRawSync } from "node:zlib";
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

/** A zip with exactly these parts (APPNOTE 4.3.7, 4.3.12, 4.3.16). */
export function zipOf(parts: Record<string, string | Buffer>): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [part, content] of Object.entries(parts)) {
    const [name, bytes] = [Buffer.from(part), Buffer.from(content)];
    const packed = deflateRawSync(bytes);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(DEFLATED, 4);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(name.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    directory.push(Buffer.from("PK\x01\x02\x14\x00", "latin1"), common, place, name);
    bodies.push(Buffer.from("PK\x03\x04", "latin1"), common, name, packed);
    at += 30 + name.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(Object.keys(parts).length, 8);
  end.writeUInt16LE(Object.keys(parts).length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...bodies, ...directory, end]);
}

const DEFLATED = 8;

/** The least workbook around one sheet's XML. */
export function sheetOf(xml: string | Buffer, more: Record<string, string | Buffer> = {}): Buffer {
  return zipOf({
    "xl/workbook.xml": `<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>`,
    "xl/worksheets/sheet1.xml": xml,
    ...more,
  });
}

const isRich = (cell: SheetCell): cell is { f: string; v: string | number } | { v: number; z: string } =>
  typeof cell === "object" && cell !== null && !(cell instanceof Date);
