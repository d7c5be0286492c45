/** Lines of a table → rows of values, or the fault of each. The header says which cell is which column. */
import type { Columns, RowOf } from "./columns.ts";
import { type CsvLine, openCsv } from "./csv.ts";
import type { RejectedRecord, Run } from "./import-file.ts";
import { FileRefused } from "./refusal.ts";

export interface TableRow<T> {
  record: number;
  line: number;
  value: T;
}

/** Batches of good rows; the others are rejected on the way. */
export async function* readTable<C extends Columns>(run: Run, columns: C): AsyncGenerator<TableRow<RowOf<C>>[]> {
  const { header, lines } = await openCsv(run.source, (bytes) => run.progress(bytes));
  const order = placeColumns(header, columns);
  for await (const batch of lines) {
    const rows: TableRow<RowOf<C>>[] = [];
    for (const line of batch) {
      const row = parseLine(line, order, columns);
      if ("code" in row) await run.reject(row);
      else rows.push(row);
    }
    yield rows;
  }
}

/** Column of each cell, in the order of the file. */
function placeColumns(header: readonly string[], columns: Columns): string[] {
  const order = header.map((heading) => {
    const found = Object.entries(columns).find(([name, { aliases }]) => name === heading || aliases.includes(heading));
    if (!found) throw new FileRefused("unknown_column");
    return found[0];
  });
  if (new Set(order).size < order.length) throw new FileRefused("repeated_column");
  const isMissing = Object.entries(columns).some(([name, column]) => column.isRequired && !order.includes(name));
  if (isMissing) throw new FileRefused("missing_column");
  return order;
}

function parseLine<C extends Columns>(
  { record, line, cells }: CsvLine,
  order: readonly string[],
  columns: C,
): TableRow<RowOf<C>> | RejectedRecord {
  if (cells.length !== order.length) return { record, line, field: "line", code: "wrong_columns" };
  const value: Record<string, unknown> = Object.fromEntries(Object.keys(columns).map((name) => [name, null]));
  for (const [at, name] of order.entries()) {
    const cell = (cells[at] ?? "").trim();
    const column = columns[name];
    if (!column) continue;
    if (cell === "" || cell.includes("\0")) {
      if (column.isRequired || cell !== "")
        return { record, line, field: name, code: cell ? "bad_value" : "missing_field" };
      continue;
    }
    const parsed = column.parse(cell);
    if (parsed === undefined) return { record, line, field: name, code: column.fault };
    value[name] = parsed;
  }
  return { record, line, value: value as RowOf<C> };
}
