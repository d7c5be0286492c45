/**
 * Runs the kept rows of one table again, and only these, as they stand now. A row that a later one of the same file
 * had replaced runs only once it was mended; one that a later file has overtaken is not used. Columns that the file did
 * not have stay absent, but for a row into which somebody typed one.
 */
import { type Run, tellLines } from "./import-file.ts";
import { openRow, type RowAsRead } from "./keep-rows.ts";
import type { Table } from "./open-table.ts";
import type { LayoutName } from "./read-table.ts";
import { dropReject, listRejects } from "./store-files.ts";
import { dropKeptRow, type KeptRow, readKeptRows } from "./store-kept-rows.ts";
import { columnsOf, tableKindOf } from "./table-kinds.ts";

const AT_ONCE = 1000;
const REJECTS_MAX = 50_000;
/** Why a row is not taken, though nothing is wrong with it. */
const NEEDS_MENDING: ReadonlySet<string> = new Set(["repeated_row", "overtaken"]);

/** Answers how many rows were run. */
export async function rerunRows(run: Run, kind: string): Promise<number> {
  const { tx, fileId, house } = run;
  const codes = new Map((await listRejects(tx, fileId, REJECTS_MAX)).map(({ record, code }) => [record, code]));
  const rows = (await readKeptRows(tx, fileId)).filter(
    ({ record, mendedAt }) => mendedAt !== null || !NEEDS_MENDING.has(codes.get(record) ?? ""),
  );
  for (const { record } of rows) await dropReject(tx, fileId, record);
  const opened = rows.map((row) => ({ ...row, ...openRow(house.vault, fileId, row) }));
  const alike = Map.groupBy(opened, (row) => `${row.layout} ${headerOf(kind, row)}`);
  for (const [first, ...others] of alike.values()) {
    if (!first) continue;
    run.again = { layout: first.layout as LayoutName, table: tableOf(headerOf(kind, first), [first, ...others]) };
    await tableKindOf(kind)?.take(run);
  }
  await tellLines(run, rows);
  for (const { record } of rows) if (!run.rejected.has(record)) await dropKeptRow(tx, fileId, record);
  return rows.length;
}

/**
 * Of persons nothing is lost where a cell is empty: their rows are looked at together. Of a row that the version before
 * sealed nobody knows which columns its file had: those in which nothing stands empty none of the register's.
 */
function headerOf(kind: string, { layout, cells, absent }: KeptRow & RowAsRead): string[] {
  const columns = columnsOf(kind, layout);
  const names = Object.keys(columns);
  if (kind === "persons") return names;
  const wasThere = (name: string) => (absent ? !absent.includes(name) : columns[name]?.isRequired === true);
  return names.filter((name) => name in cells || wasThere(name));
}

function tableOf(header: string[], rows: readonly (KeptRow & RowAsRead)[]): Table {
  return { header, isSheet: false, lines: lines() };

  async function* lines() {
    for (let at = 0; at < rows.length; at += AT_ONCE) {
      yield rows.slice(at, at + AT_ONCE).map(({ record, line, cells, numbers }) => ({
        ...{ record, line: line ?? 0 },
        cells: header.map((name) => cells[name] ?? ""),
        numbers: new Set(numbers.map((name) => header.indexOf(name))),
      }));
    }
  }
}
