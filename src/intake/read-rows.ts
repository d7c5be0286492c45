/** All rows of one table of a claim: flat and quick, or strictly where it is not flat. */
import type { InnerFile, Reject } from "./dossier.ts";
import type { Flags } from "./flags.ts";
import { type Row, type Shape, scanFlat, type TableRows } from "./scan.ts";
import { shapeIn, type TableName, tables } from "./spec.ts";
import { readStrict } from "./strict.ts";

/** Thrown inside the reading of one record, and turned into its reject at the edge. */
export class UnfitTable extends Error {
  readonly reject: Reject;
  constructor(reject: Reject) {
    super(reject.code);
    this.reject = reject;
  }
}

export function rowsOf(name: TableName, files: readonly InnerFile[], flags: Flags): Row[] {
  return files
    .filter((file) => file.kind === name)
    .flatMap((file) => {
      const shape = tables[name].shape.row === "" ? shapeIn(file.text, tables[name]) : tables[name].shape;
      const table = scanFlat(file.bytes, shape) ?? strictly(file.text, name, shape);
      for (const field of table.unknown.slice(0, 5)) flags.add("unknown_field", `${name}.${field.slice(0, 40)}`);
      return table.rows;
    });
}

function strictly(text: string, name: TableName, shape: Shape): TableRows {
  const table = readStrict(text, shape);
  if (table.ok) return table.value;
  const { code, field, line } = table.faults;
  throw new UnfitTable({ code, field: field && field !== name ? `${name}.${field}` : name, line });
}
