/** Lines of a table → rows of values, or the fault of each. The headings say which cell is which column. */
import type { Columns, RowOf } from "./columns.ts";
import type { TableLine } from "./csv.ts";
import type { RejectedRecord, Run } from "./import-file.ts";
import { type OpenTable, openTable, type Table } from "./open-table.ts";
import { FileRefused } from "./refusal.ts";
import { lettersOf } from "./rules-cell.ts";
import type { RejectCode } from "./words.ts";

export interface TableRow<T> {
  record: number;
  line: number;
  value: T;
}

/** own: columns of docs/formats; d02: the sheet of D02-LT and TK1-TS; annex: its members of households. */
export type LayoutName = "own" | "d02" | "annex";

export interface Fault {
  field: string;
  code: RejectCode;
}

/** One way in which a table may be laid out. */
export interface Layout<T> {
  name: LayoutName;
  columns: Columns;
  /** Is a table with these headings laid out so? */
  fits(header: readonly string[]): boolean;
  /** Headings that are neither columns nor passed over refuse the file: a slip of the pen must not lose a column. */
  passesOver(heading: string): boolean;
  rowOf(row: Record<string, unknown>): T | Fault;
}

export function layoutOf<C extends Columns, T>(
  own: Omit<Layout<T>, "columns" | "rowOf"> & { columns: C; rowOf(row: RowOf<C>): T | Fault },
): Layout<T> {
  // Rows are made from these very columns, below.
  return own as unknown as Layout<T>;
}

/** A table in our own columns (docs/formats). */
export function ownLayout<C extends Columns>(columns: C): Layout<RowOf<C>> {
  return layoutOf<C, RowOf<C>>({
    name: "own",
    columns,
    fits: () => true,
    passesOver: (heading) => COUNTS.has(heading),
    rowOf: (row) => row,
  });
}

const COUNTS: ReadonlySet<string> = new Set(["stt", "so_tt", "so_thu_tu"]);

export interface TableEnd {
  layout: LayoutName;
  /** Number of the last record. */
  last: number;
}

/** Batches of good rows; the others are rejected on the way. The first layout that fits holds. */
export async function* readTable<T extends object>(
  run: Run,
  layouts: readonly Layout<T>[],
  { open = openTable, onEnd }: { open?: OpenTable; onEnd?: (end: TableEnd) => void } = {},
): AsyncGenerator<TableRow<T>[]> {
  const reader = await openLaid(run, layouts, (bytes) => run.progress(bytes), open);
  if (!reader) return;
  const end = { layout: reader.layout.name, last: 0 };
  for await (const batch of reader.table.lines) {
    const rows: TableRow<T>[] = [];
    end.last = batch.at(-1)?.record ?? end.last;
    for (const line of batch) {
      const row = readLine(line, reader);
      if ("code" in row) await run.reject(row);
      else rows.push(row);
    }
    yield rows;
  }
  onEnd?.(end);
}

/** The table of a file, or the kept rows of one that are run again; undefined where the file has no such table. */
export async function openLaid<T>(
  { source, again }: Pick<Run, "source" | "again">,
  layouts: readonly Layout<T>[],
  onBytes: (bytes: number) => void,
  open: OpenTable = openTable,
): Promise<Reader<T> | undefined> {
  const isKnown = (heading: string) => layouts.some(({ columns }) => columnCalled(heading, columns) !== undefined);
  const table = again?.table ?? (await open(source, onBytes, isKnown));
  if (!table) return undefined;
  const layout = layouts.find(({ name, fits }) => (again ? name === again.layout : fits(table.header)));
  if (!layout) throw new FileRefused("missing_column");
  const nothing = Object.fromEntries(Object.keys(layout.columns).map((name) => [name, null]));
  return { layout, table, order: placeColumns(table, layout), nothing };
}

/** What was written of each column, as it came. */
export function cellsOf({ cells }: TableLine, { order }: Pick<Reader<unknown>, "order">): Record<string, string> {
  return Object.fromEntries(
    order.flatMap((name, at) => {
      const cell = (cells[at] ?? "").trim();
      return name === undefined || cell === "" || cell.includes("\0") ? [] : [[name, cell]];
    }),
  );
}

function columnCalled(heading: string, columns: Columns): string | undefined {
  if (heading in columns) return heading;
  return Object.entries(columns).find(([, { aliases }]) => aliases.includes(heading))?.[0];
}

/** Column of each cell, in the order of the file; undefined for what is passed over. */
function placeColumns({ header, isSheet }: Table, layout: Layout<unknown>): (string | undefined)[] {
  const { columns } = layout;
  const taken = new Set<string>();
  const order = header.map((heading) => {
    const name = columnCalled(heading, columns);
    if (name === undefined) {
      if (layout.passesOver(heading) || (isSheet && heading === "")) return undefined;
      throw new FileRefused("unknown_column");
    }
    // Sheets of vendors repeat headings for other people further to the right.
    if (taken.has(name) && layout.passesOver(heading)) return undefined;
    if (taken.has(name)) throw new FileRefused("repeated_column");
    taken.add(name);
    return name;
  });
  const isMissing = Object.entries(columns).some(([name, column]) => column.isRequired && !taken.has(name));
  if (isMissing) throw new FileRefused("missing_column");
  return order;
}

export interface Reader<T> {
  layout: Layout<T>;
  table: Table;
  order: readonly (string | undefined)[];
  /** A row of which nothing is written. */
  nothing: Readonly<Record<string, null>>;
}

function readLine<T extends object>(
  { record, line, cells, numbers }: TableLine,
  { layout, table, order, nothing }: Reader<T>,
): TableRow<T> | RejectedRecord {
  const { columns } = layout;
  const told = ({ field, code }: Fault) => ({ record, line, field: placed(field), code });
  // "birth (G)": whoever mends a sheet looks for the column.
  const placed = (field: string) => {
    const at = table.isSheet ? order.indexOf(field) : -1;
    return at < 0 ? field : `${field} (${lettersOf(at)})`;
  };
  const isNameless = (at: number) => (table.header[at] ?? "") === "" && !layout.passesOver("");
  const isOdd = table.isSheet ? cells.some((cell, at) => cell !== "" && isNameless(at)) : cells.length !== order.length;
  if (isOdd) return told({ field: "line", code: "wrong_columns" });
  const value: Record<string, unknown> = { ...nothing };
  for (let at = 0; at < order.length; at += 1) {
    const name = order[at];
    const column = name === undefined ? undefined : columns[name];
    if (name === undefined || !column) continue;
    const cell = (cells[at] ?? "").trim();
    if (cell === "" || cell.includes("\0")) {
      if (cell !== "" || column.isRequired) return told({ field: name, code: cell ? "bad_value" : "missing_field" });
      continue;
    }
    const parsed = column.parse(cell);
    if (parsed === undefined) {
      const hasLostZeros = column.fault === "bad_number" && numbers?.has(at) === true;
      return told({ field: name, code: hasLostZeros ? "lost_zeros" : column.fault });
    }
    value[name] = parsed;
  }
  const row = layout.rowOf(value);
  return "code" in row ? told(row as Fault) : { record, line, value: row };
}
