/** A unit's list, Excel or CSV, as it was sent → its headings and lines. The file is never run and never computed. */
import { columnName, readRecords } from "../intake/csv.ts";
import { findHeadings } from "../intake/headings.ts";
import { openPackage, type Package } from "../intake/xlsx-package.ts";
import { readSheet } from "../intake/xlsx-sheet.ts";
import { readWorkbook, type Workbook } from "../intake/xlsx-workbook.ts";
import { columnCalled, OWN_HEADINGS, type Places, placesOf, type RosterColumn } from "./rules-columns.ts";
import { decodeCsv } from "./rules-encoding.ts";
import { RosterRefused } from "./rules-refusal.ts";

export interface SentRow {
  /** Row of the sheet, line of the CSV. */
  row: number;
  cells: readonly string[];
  numbers?: ReadonlySet<number>;
  isHidden?: boolean;
}

export interface SentList {
  /** As the unit wrote them, so that they are known again. */
  headings: string[];
  places: Places;
  sheet: string | undefined;
  /** Sheets that were not read. */
  passed: string[];
  rows: AsyncGenerator<SentRow[]>;
}

export interface ReadOptions {
  /** The sheet that the unit named, where several hold a list. */
  sheet?: string | undefined;
  onBytes?: ((bytes: number) => void) | undefined;
}

const HEADING_ROWS = 30;
const PIECE_SIGNS = 64 * 1024;
const isKnown = (heading: string) => columnCalled(heading) !== undefined;

/** Throws RosterRefused or FileRefused; the rows may throw FileRefused. */
export async function readRoster(
  bytes: Uint8Array,
  { sheet, onBytes = () => {} }: ReadOptions = {},
): Promise<SentList> {
  if (bytes.length === 0) throw new RosterRefused("empty_file");
  const start = Buffer.from(bytes.subarray(0, 4)).toString("latin1");
  if (start === "\xd0\xcf\x11\xe0") throw new RosterRefused(isLocked(bytes) ? "locked_excel" : "old_excel");
  if (/^(%PDF|\x89PNG|\xff\xd8|\{\\rt|<htm|<!DO)/i.test(start)) throw new RosterRefused("not_a_list");
  return start === "PK\x03\x04" ? openExcel(bytes, sheet, onBytes) : openText(bytes, onBytes);
}

/** Excel with a password is a compound file that holds this stream. */
function isLocked(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(Buffer.from("EncryptedPackage", "utf16le"));
}

async function openExcel(bytes: Uint8Array, wanted: string | undefined, onBytes: (bytes: number) => void) {
  const parts = await openPackage({ name: "", bytes }, bytes.length, onBytes);
  try {
    const book = await readWorkbook(parts);
    const lists = [];
    for (const sheet of book.sheets) {
      const list = await openSheet(parts, book, sheet.part);
      if (list) lists.push({ ...list, name: sheet.name });
    }
    const chosen = lists.length > 1 ? lists.find(({ name }) => name === wanted) : lists[0];
    if (lists.length > 1 && !chosen)
      throw new RosterRefused(
        "which_sheet",
        lists.map(({ name }) => name),
      );
    if (!chosen) throw new RosterRefused("no_headings");
    const passed = book.sheets.map(({ name }) => name).filter((name) => name !== chosen.name);
    const { headings, places, next, part } = chosen;
    return { headings, places, sheet: chosen.name, passed, rows: rowsOf(parts, book, part, next) };
  } catch (error) {
    parts.close();
    throw error;
  }
}

/** The headings of one sheet, or undefined when it holds no list of people. */
async function openSheet(parts: Package, book: Workbook, part: string) {
  const first = [];
  for await (const batch of readSheet(parts, book, part)) {
    first.push(...batch);
    if (first.length >= HEADING_ROWS) break;
  }
  const found = headingsOf(first.slice(0, HEADING_ROWS));
  return found && { ...found, part };
}

async function* rowsOf(parts: Package, book: Workbook, part: string, skip: number): AsyncGenerator<SentRow[]> {
  let left = skip;
  try {
    for await (const batch of readSheet(parts, book, part)) {
      yield left > 0 ? batch.slice(left) : batch;
      left = Math.max(0, left - batch.length);
    }
  } finally {
    parts.close();
  }
}

async function openText(bytes: Uint8Array, onBytes: (bytes: number) => void): Promise<SentList> {
  const text = decodeCsv(bytes);
  if (!text.ok) throw new RosterRefused(text.faults);
  onBytes(bytes.length);
  const batches = csvBatches(text.value.replace(/^\uFEFF/, ""));
  const opening = await batches.next();
  const first: SentRow[] = opening.done ? [] : opening.value;
  const found = headingsOf(first.slice(0, HEADING_ROWS));
  if (!found) throw new RosterRefused(first.length === 0 ? "empty_file" : "no_headings");
  const { headings, places, next } = found;
  return { headings, places, sheet: undefined, passed: [], rows: afterFirst(first.slice(next), batches) };
}

async function* afterFirst(first: SentRow[], rest: AsyncGenerator<SentRow[]>): AsyncGenerator<SentRow[]> {
  yield first;
  yield* rest;
}

async function* csvBatches(text: string): AsyncGenerator<SentRow[]> {
  for await (const records of readRecords("", piecesOf(text), delimiterOf(text))) {
    yield records.map(({ cells, line }) => ({ row: line, cells: cells.map((cell) => cell.replaceAll("\0", "")) }));
  }
}

/** As from a file: what is looked at again of a row is kept in pieces. */
async function* piecesOf(text: string): AsyncGenerator<string> {
  for (let at = 0; at < text.length; ) {
    const end = at + PIECE_SIGNS;
    const isPair = /[\uD800-\uDBFF]/.test(text.charAt(end - 1));
    yield text.slice(at, isPair ? end + 1 : end);
    at = isPair ? end + 1 : end;
  }
}

/** The separator that stands most often in the first lines: titles above the headings have none. */
function delimiterOf(text: string): string {
  const start = text.split(/\r?\n/, HEADING_ROWS).join("\n");
  const count = (sign: string) => start.split(sign).length;
  return [",", ";", "\t"].toSorted((a, b) => count(b) - count(a))[0] ?? ",";
}

function headingsOf(rows: readonly { cells: readonly string[] }[]) {
  const found = findHeadings(rows, isKnown);
  const places = found && placesOf(found.names);
  if (!found || !places) return undefined;
  const columns = new Map(Object.entries(places).map(([column, at]) => [at, column as RosterColumn]));
  const width = Math.max(...rows.map(({ cells }) => cells.length));
  const above = rows.slice(Math.max(0, found.next - 3), found.next).toReversed();
  const headings = Array.from({ length: width }, (_, at) => {
    const column = columns.get(at);
    const written = above.map(({ cells }) => cells[at] ?? "").find((text) => text !== "" && !/^\(?\d+\)?$/.test(text));
    if (column === undefined) return found.names[at] ? (written ?? "") : "";
    const isKnownAgain = written !== undefined && columnCalled(columnName(written)) === column;
    return isKnownAgain ? written : OWN_HEADINGS[column];
  });
  return { headings, places, next: found.next };
}
