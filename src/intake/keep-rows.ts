/**
 * Rows of tables that were rejected are kept, sealed, so that each can be looked at, mended and run again alone. A row
 * with another number of cells is not: nobody can say which cell is which, so it is mended in its file.
 */
import type { TableLine } from "./csv.ts";
import { type Run, tellLines } from "./import-file.ts";
import { type OpenTable, openAnnex } from "./open-table.ts";
import { cellsOf, type Layout, openLaid, type Reader } from "./read-table.ts";
import { type KeptRow, keepTableRows } from "./store-kept-rows.ts";

export const ROW_SEAL = "intake.rows";
export const rowSealedFor = (fileId: string, record: number) => `${fileId}:${record}`;

/** Of these only the last four signs are ever kept, as in the register. */
const TAIL_ONLY: ReadonlySet<string> = new Set(["bank_account"]);
/** Stand beside the cells in the seal; the names of no column. */
const NUMBERS_KEY = "#numbers";
const ABSENT_KEY = "#absent";
const AT_ONCE = 200;

type Beside = { [NUMBERS_KEY]?: string[]; [ABSENT_KEY]?: string[] };

/** A row as it was read. */
export interface RowAsRead {
  cells: Readonly<Record<string, string>>;
  /** Columns whose cell is a number of a sheet: as a text it might say another amount. */
  numbers: readonly string[];
  /** Columns that its file did not have; the version before sealed none. */
  absent: readonly string[] | undefined;
}

/** Reads the table once more, and the annex where there is one, for these rows only. */
export async function keepRows<T, A>(run: Run, layouts: readonly Layout<T>[], annex?: Layout<A>): Promise<void> {
  const wanted = new Set([...run.rejected.values()].filter(isKept).map(({ record }) => record));
  if (wanted.size === 0) return;
  const last = await keepOf(run, layouts, wanted);
  if (annex && [...wanted].some((record) => record > last)) await keepOf(run, [annex], wanted, openAnnex(last));
}

/** Answers the number of the last record of the table. */
async function keepOf<T>(
  run: Run,
  layouts: readonly Layout<T>[],
  wanted: ReadonlySet<number>,
  open?: OpenTable,
): Promise<number> {
  const reader = await openLaid(run, layouts, () => {}, open);
  let last = 0;
  if (!reader) return last;
  const waiting: Omit<KeptRow, "mendedAt">[] = [];
  const flush = async () => {
    await tellLines(run, waiting);
    await keepTableRows(run.tx, run.fileId, waiting.splice(0), run.at);
  };
  for await (const batch of reader.table.lines) {
    for (const line of batch) {
      last = line.record;
      if (!wanted.has(line.record)) continue;
      const sealed = sealRow(run.house.vault, run.fileId, line.record, asRead(line, reader));
      waiting.push({ record: line.record, line: line.line, layout: reader.layout.name, sealed });
    }
    if (waiting.length >= AT_ONCE) await flush();
  }
  await flush();
  return last;
}

function asRead(line: TableLine, reader: Reader<unknown>): RowAsRead {
  const cells = cellsOf(line, reader);
  const numbers = [...(line.numbers ?? [])].flatMap((at) => reader.order[at] ?? []);
  return { cells, numbers: numbers.filter((name) => name in cells), absent: reader.absent };
}

/** What is wrong with headings, or with the number of cells, is mended in the file. */
const IN_FILE: ReadonlySet<string> = new Set([
  "wrong_columns",
  "no_heading",
  "no_header",
  "missing_column",
  "repeated_column",
]);
const isKept = ({ code }: { code: string }) => !IN_FILE.has(code);

export function sealRow(
  vault: Run["house"]["vault"],
  fileId: string,
  record: number,
  { cells, numbers, absent }: RowAsRead,
): Buffer {
  const kept = Object.entries(cells).map(([name, cell]) => [name, TAIL_ONLY.has(name) ? cell.slice(-4) : cell]);
  const row = {
    ...Object.fromEntries(kept),
    ...(numbers.length > 0 ? { [NUMBERS_KEY]: numbers } : {}),
    ...(absent ? { [ABSENT_KEY]: absent } : {}),
  };
  return vault.seal(ROW_SEAL, Buffer.from(JSON.stringify(row)), rowSealedFor(fileId, record));
}

export function openRow(
  vault: Run["house"]["vault"],
  fileId: string,
  { record, sealed }: Pick<KeptRow, "record" | "sealed">,
): RowAsRead {
  const row = JSON.parse(vault.open(ROW_SEAL, sealed, rowSealedFor(fileId, record)).toString("utf8")) as object;
  const { [NUMBERS_KEY]: numbers = [], [ABSENT_KEY]: absent, ...cells } = row as Beside;
  return { cells, numbers, absent };
}
