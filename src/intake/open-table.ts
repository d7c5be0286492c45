/** A table in either of its writings, CSV or Excel → headings and lines; told by its first bytes, not by its name. */
import { openCsv, type TableLine } from "./csv.ts";
import { findHeadings } from "./headings.ts";
import { FileRefused } from "./refusal.ts";
import { readSource, type Source } from "./source.ts";
import { firstRowsBeside, readXlsx } from "./xlsx.ts";
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
export type OpenTable = (
  source: Source,
  onBytes: (bytes: number) => void,
  isKnown: (heading: string) => boolean,
) => Promise<Table | undefined>;

export async function openTable(
  source: Source,
  onBytes: (bytes: number) => void,
  isKnown: (heading: string) => boolean,
): Promise<Table> {
  const start = await startOf(source);
  if (start === COMPOUND) throw new FileRefused("old_excel");
  if (start !== ZIP) return { ...(await openCsv(source, onBytes)), isSheet: false };
  const sheet = await openSheet(readXlsx(source, onBytes), isKnown);
  if (!sheet) throw new FileRefused("empty_file");
  await refuseSeveral(source, sheet, isKnown);
  return sheet;
}

/** Another sheet with the same headings holds rows of the same table: passed over, nobody would miss them. */
async function refuseSeveral(source: Source, { header, lines }: Table, isKnown: (heading: string) => boolean) {
  const known = (names: readonly string[]) => names.filter(isKnown).toSorted().join(" ");
  for (const rows of await firstRowsBeside(source, HEADING_ROWS)) {
    const found = findHeadings(rows, isKnown);
    // Headings alone are a sheet that is to be filled.
    if (!found || rows.length <= found.next || known(found.names) !== known(header)) continue;
    await lines.return(undefined);
    throw new FileRefused("several_sheets");
  }
}

/** The sheet of household members beside another; its records are counted on from `after`. Undefined where there is none. */
export const openAnnex =
  (after: number): OpenTable =>
  async (source, onBytes, isKnown) => {
    if ((await startOf(source)) !== ZIP) return undefined;
    return openSheet(readXlsx(source, onBytes, "annex"), isKnown, after);
  };

async function openSheet(
  batches: AsyncGenerator<SheetRow[]>,
  isKnown: (heading: string) => boolean,
  after = 0,
): Promise<Table | undefined> {
  const first: SheetRow[] = [];
  for (let next = await batches.next(); !next.done; next = await batches.next()) {
    first.push(...next.value);
    if (first.length >= HEADING_ROWS) break;
  }
  if (first.length === 0) return undefined;
  const headings = findHeadings(first.slice(0, HEADING_ROWS), isKnown);
  if (!headings) {
    await batches.return(undefined);
    throw new FileRefused("no_header");
  }
  return { header: headings.names, isSheet: true, lines: numbered(first.slice(headings.next), batches, after) };
}

async function* numbered(
  first: SheetRow[],
  rest: AsyncGenerator<SheetRow[]>,
  after: number,
): AsyncGenerator<TableLine[]> {
  let record = after;
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
