/** A table in either of its writings, CSV or Excel → headings and lines; told by its first bytes, not by its name. */
import { openCsv, type TableLine } from "./csv.ts";
import { findHeadings } from "./headings.ts";
import { FileRefused } from "./refusal.ts";
import { readSource, type Source } from "./source.ts";
import { readXlsx } from "./xlsx.ts";
import type { SheetRow } from "./xlsx-sheet.ts";

export interface Table {
  header: string[];
  isSheet: boolean;
  lines: AsyncGenerator<TableLine[]>;
}

const ZIP = "PK\x03\x04";
/** Compound files: Excel before 2007, and every workbook with a password. */
const COMPOUND = "\xd0\xcf\x11\xe0";
/** Titles and headings stand within these rows. */
const HEADING_ROWS = 30;

/** `isKnown`: of headings, to find their row in a sheet. */
export async function openTable(
  source: Source,
  onBytes: (bytes: number) => void,
  isKnown: (heading: string) => boolean,
): Promise<Table> {
  const start = await startOf(source);
  if (start === COMPOUND) throw new FileRefused("old_excel");
  if (start !== ZIP) return { ...(await openCsv(source, onBytes)), isSheet: false };
  const batches = readXlsx(source, onBytes);
  const first: SheetRow[] = [];
  for (let next = await batches.next(); !next.done; next = await batches.next()) {
    first.push(...next.value);
    if (first.length >= HEADING_ROWS) break;
  }
  if (first.length === 0) throw new FileRefused("empty_file");
  const headings = findHeadings(first.slice(0, HEADING_ROWS), isKnown);
  if (!headings) {
    await batches.return(undefined);
    throw new FileRefused("no_header");
  }
  return { header: headings.names, isSheet: true, lines: numbered(first.slice(headings.next), batches) };
}

async function* numbered(first: SheetRow[], rest: AsyncGenerator<SheetRow[]>): AsyncGenerator<TableLine[]> {
  let record = 0;
  const lines = (rows: SheetRow[]) =>
    rows.map(({ row, cells, numbers }) => {
      record += 1;
      return { record, line: row, cells, numbers };
    });
  if (first.length > 0) yield lines(first);
  for await (const rows of rest) yield lines(rows);
}

async function startOf(source: Source): Promise<string> {
  for await (const chunk of readSource(source)) return chunk.toString("latin1", 0, ZIP.length);
  return "";
}
