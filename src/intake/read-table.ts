/** Lines of a table → rows of values, or the fault of each. The headings say which cell is which column. */
import { type Columns, faultOf, type RowOf } from "./columns.ts";
import type { TableLine } from "./csv.ts";
import type { RejectedRecord, Run } from "./import-file.ts";
import { type OpenTable, openTable, type Table } from "./open-table.ts";
import { FileRefused } from "./refusal.ts";
import { lettersOf } from "./rules-cell.ts";
import { type Doubt, Doubts } from "./rules-doubts.ts";
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

const COUNTS: ReadonlySet<string> = new Set(["stt", "tt", "so_tt", "so_thu_tu"]);

export interface TableEnd {
  layout: LayoutName;
  /** Number of the last record. */
  last: number;
}

export interface LaidRows<T> {
  rows: TableRow<T>[];
  /** Those that cannot be read, each with what is wrong first. */
  rejects: RejectedRecord[];
  absent: readonly string[];
}

interface Reading {
  open?: OpenTable;
  onBytes?: (bytes: number) => void;
  onEnd?: (end: TableEnd) => void;
}

/** Batches of good rows; the others are rejected on the way. The first layout that fits holds. */
export async function* readTable<T extends object>(
  run: Run,
  layouts: readonly Layout<T>[],
  reading: Omit<Reading, "onBytes"> = {},
): AsyncGenerator<TableRow<T>[]> {
  const onBytes = (bytes: number) => run.progress(bytes);
  for await (const { rows, rejects } of readLaid(run, layouts, { ...reading, onBytes })) {
    for (const reject of rejects) await run.reject(reject);
    yield rows;
  }
}

/** The same for whoever tells the rejected rows in a turn of their own. */
export async function* readLaid<T extends object>(
  from: Pick<Run, "source" | "again">,
  layouts: readonly Layout<T>[],
  { open = openTable, onBytes = () => {}, onEnd }: Reading = {},
): AsyncGenerator<LaidRows<T>> {
  const reader = await openLaid(from, layouts, onBytes, open);
  if (!reader) return;
  const end = { layout: reader.layout.name, last: 0 };
  for await (const batch of reader.table.lines) {
    const laid: LaidRows<T> = { rows: [], rejects: [], absent: reader.absent };
    end.last = batch.at(-1)?.record ?? end.last;
    for (const line of batch) {
      const row = readLine(line, reader);
      if ("code" in row) laid.rejects.push(row);
      else laid.rows.push(row);
    }
    yield laid;
  }
  const doubt = reader.doubts?.remainingOf(end.last);
  if (doubt) throw refusedFor(doubt, reader);
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
  const order = placeColumns(table, layout);
  const read = order.flatMap((name, at) => {
    const column = name === undefined ? undefined : layout.columns[name];
    return name !== undefined && column ? [{ at, name, column }] : [];
  });
  const absent = Object.keys(layout.columns).filter((name) => !order.includes(name));
  const { header, isSheet } = table;
  const named = header.findLastIndex((heading) => heading !== "") + 1;
  const mayHaveNone = (isSheet || header.includes("")) && !layout.passesOver("");
  const nameless = mayHaveNone ? (at: number) => (header[at] ?? "") === "" : undefined;
  const reader = { layout, table, order, absent, read, nothing, named, nameless };
  // Rows that are run again were looked at one by one.
  return again ? reader : { ...reader, doubts: new Doubts() };
}

/** What was written of each column, as it came. */
export function cellsOf({ cells }: TableLine, { order }: Pick<Reader<unknown>, "order">): Record<string, string> {
  return Object.fromEntries(
    order.flatMap((name, at) => {
      const cell = (cells[at] ?? "").trim();
      return name === undefined || cell === "" ? [] : [[name, cell]];
    }),
  );
}

function columnCalled(heading: string, columns: Columns): string | undefined {
  if (Object.hasOwn(columns, heading)) return heading;
  return Object.entries(columns).find(([, { aliases }]) => aliases.includes(heading))?.[0];
}

/** Column of each cell, in the order of the file; undefined for what is passed over. */
function placeColumns({ header }: Table, layout: Layout<unknown>): (string | undefined)[] {
  const { columns } = layout;
  const taken = new Set<string>();
  const order = header.map((heading, at) => {
    const name = columnCalled(heading, columns);
    if (name === undefined) {
      if (layout.passesOver(heading) || heading === "") return undefined;
      throw new FileRefused("unknown_column", 0, undefined, lettersOf(at));
    }
    // Sheets of vendors repeat headings for other people further to the right.
    if (taken.has(name) && layout.passesOver(heading)) return undefined;
    if (taken.has(name)) throw new FileRefused("repeated_column", 0, undefined, `${name} (${lettersOf(at)})`);
    taken.add(name);
    return name;
  });
  const missing = Object.keys(columns).filter((name) => columns[name]?.isRequired && !taken.has(name));
  if (missing.length > 0) throw new FileRefused("missing_column", 0, undefined, missing.join(", "));
  return order;
}

export interface Reader<T> {
  layout: Layout<T>;
  table: Table;
  order: readonly (string | undefined)[];
  /** Columns of the layout that the table does not have. */
  absent: readonly string[];
  /** The cells that are read. */
  read: readonly { at: number; name: string; column: Columns[string] }[];
  /** A row of which nothing is written. */
  nothing: Readonly<Record<string, null>>;
  /** So many columns up to the last that has a heading. */
  named: number;
  /** Has this column none? Undefined where each has one, or where what has none is passed over. */
  nameless: ((at: number) => boolean) | undefined;
  doubts?: Doubts;
}

function readLine<T extends object>(line: TableLine, reader: Reader<T>): TableRow<T> | RejectedRecord {
  const { record, cells, numbers } = line;
  const odd = oddIn(line, reader);
  if (odd) return told(line, reader, odd);
  const value: Record<string, unknown> = { ...reader.nothing };
  for (const { at, name, column } of reader.read) {
    const cell = (cells[at] ?? "").trim();
    if (cell === "") {
      if (column.isRequired) return told(line, reader, { field: name, code: "missing_field" });
      continue;
    }
    if (cell.includes("\0")) return told(line, reader, { field: name, code: "error_cell" });
    const isNumber = numbers?.has(at) === true;
    if (column.isDay && !isNumber && reader.doubts?.isAskedOf(name)) reader.doubts.addDay(name, line.line, cell);
    const parsed = column.parse(cell, isNumber);
    if (parsed === undefined) {
      if (column.fault === "bad_name") reader.doubts?.addName(name, line.line, cell);
      return told(line, reader, { field: name, code: faultOf(column, cell, isNumber) });
    }
    value[name] = parsed;
  }
  const row = reader.layout.rowOf(value);
  return "code" in row ? told(line, reader, row as Fault) : { record, line: line.line, value: row };
}

/** Cells where the headings have none. A row of a CSV may leave out those at its end, as Excel does. */
function oddIn<T>({ cells }: TableLine, { table, order, named, nameless }: Reader<T>): Fault | undefined {
  if (!table.isSheet && (cells.length > order.length || cells.length < named)) {
    return { field: "line", code: "wrong_columns" };
  }
  const at = nameless ? cells.findIndex((cell, nth) => nameless(nth) && cell.trim() !== "") : -1;
  return at < 0 ? undefined : { field: lettersOf(at), code: "no_heading" };
}

function refusedFor<T>({ code, column, line }: Doubt, { order }: Pick<Reader<T>, "order">): FileRefused {
  return new FileRefused(code, 0, line, `${column} (${lettersOf(order.indexOf(column))})`);
}

/** "birth (G)" of a sheet: whoever mends it looks for the column. */
function told<T>({ record, line }: TableLine, { table, order }: Reader<T>, { field, code }: Fault): RejectedRecord {
  const at = table.isSheet ? order.indexOf(field) : -1;
  return { record, line, field: at < 0 ? field : `${field} (${lettersOf(at)})`, code };
}
