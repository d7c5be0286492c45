/** One rejected row of a table: looked at and mended by hand, before it is run again. Cells are read as in a file. */
import { record as recordAudit } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Staff } from "../kernel/actor.ts";
import { Invalid, NotFound } from "../kernel/failures.ts";
import { faultOf } from "./columns.ts";
import { openRow, sealRow } from "./keep-rows.ts";
import { keysOfCells } from "./row-kinds.ts";
import { findPersonsByKeys } from "./store-claims.ts";
import { findKeptRow, mendKeptRow } from "./store-kept-rows.ts";
import { columnsOf, tableKindOf } from "./table-kinds.ts";

export interface RowAsked {
  fileId: string;
  kind: string;
  record: number;
}

export type Cells = Readonly<Record<string, string>>;

/** What stands in the row; the look is written down, with the person whom its numbers name. */
export async function lookAtRow(house: House, by: Staff, asked: RowAsked): Promise<{ layout: string; cells: Cells }> {
  const row = await findKeptRow(house.db, asked.fileId, asked.record);
  if (!row) throw new NotFound("import_reject_row");
  const { cells } = openRow(house.vault, asked.fileId, row);
  await recordAudit(house.db, {
    ...entryOf(house, by, asked, "look"),
    personId: await personOf(house, asked, cells),
  });
  return { layout: row.layout, cells };
}

/** `typed`: every column of the layout. Throws Invalid with the field and the code of what cannot be read. */
export async function mendRow(house: House, by: Staff, asked: RowAsked, typed: Cells): Promise<void> {
  const row = await findKeptRow(house.db, asked.fileId, asked.record);
  if (!row) throw new NotFound("import_reject_row");
  const columns = columnsOf(asked.kind, row.layout);
  const { cells: before, numbers, absent } = openRow(house.vault, asked.fileId, row);
  const cells = Object.fromEntries(
    Object.keys(columns).flatMap((name) => (typed[name]?.trim() ? [[name, typed[name].trim()]] : [])),
  );
  // What is typed is a text; a cell that was left is the number that it was.
  const left = numbers.filter((name) => cells[name] === before[name]);
  const faults = Object.entries(columns).flatMap(([name, column]) => {
    const cell = cells[name];
    if (cell === undefined) return column.isRequired ? [{ field: name, key: "missing_field" }] : [];
    const isNumber = left.includes(name);
    if (column.parse(cell, isNumber) !== undefined) return [];
    return [{ field: name, key: faultOf(column, cell, isNumber) }];
  });
  if (faults.length > 0) throw new Invalid(faults);
  const personId = await personOf(house, asked, cells);
  const fields = Object.keys(columns).filter((name) => cells[name] !== before[name]);
  // Of a row of the version before: what stood in it was there, and is empty where somebody emptied it.
  const lacking = absent ?? Object.keys(columns).filter((name) => !columns[name]?.isRequired && !(name in before));
  await inTransaction(house.db, async (tx) => {
    const sealed = sealRow(house.vault, asked.fileId, asked.record, { cells, numbers: left, absent: lacking });
    const isThere = await mendKeptRow(tx, asked.fileId, asked.record, {
      sealed,
      at: house.clock.now(),
      by: by.staffId,
    });
    if (!isThere) throw new NotFound("import_reject_row");
    await recordAudit(tx, { ...entryOf(house, by, asked, "mended"), personId, detail: { fields } });
  });
}

/** Each row is a look of its own: whose it is may be what is wrong with it. */
function entryOf(house: House, by: Staff, { fileId, record, kind }: RowAsked, deed: "look" | "mended") {
  const action = `${tableKindOf(kind)?.isPersonal ? "rejected_row." : "intake.row_"}${deed}`;
  const object = { kind: "rejected_row", id: `${fileId}:${record}` };
  return { at: house.clock.now(), actor: by, action, purpose: "operation", object };
}

/** Whose numbers these are, where they name one person of the register. */
async function personOf({ db }: House, { kind }: RowAsked, cells: Cells): Promise<string | undefined> {
  if (!tableKindOf(kind)?.isPersonal) return undefined;
  const keys = keysOfCells(cells);
  const found = keys.length > 0 ? await findPersonsByKeys(db, keys) : [];
  const ids = new Set(found.map(({ personId }) => personId));
  return ids.size === 1 ? [...ids][0] : undefined;
}
