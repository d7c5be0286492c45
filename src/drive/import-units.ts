/** A table of units, CSV or Excel (docs/formats/drive-units.md): good lines are taken, every other one says why not. */
import { record } from "../audit/record.ts";
import type { House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { openTable } from "../intake/open-table.ts";
import { FileRefused } from "../intake/refusal.ts";
import type { Source } from "../intake/source.ts";
import type { UnitForm } from "./rules.ts";
import { columnOf, kindOf, REQUIRED_COLUMNS } from "./rules-columns.ts";
import { parsePlacedUnit } from "./rules-parents.ts";
import { placeFaults, saveParsed } from "./save-unit.ts";

export interface UnitReject {
  /** Line of the CSV, row of the sheet. */
  line: number;
  field: string;
  key: string;
}

export interface UnitImport {
  taken: number;
  unchanged: number;
  rejects: UnitReject[];
}

interface Line {
  line: number;
  form: UnitForm;
}

/** One transaction a file. A line may name a parent or a successor that stands further down. */
export async function importDriveUnits(house: House, source: Source): Promise<UnitImport> {
  const lines = await readLines(source);
  return inTransaction(house.db, async (tx) => {
    const result: UnitImport = { taken: 0, unchanged: 0, rejects: [] };
    let waiting = lines;
    while (waiting.length > 0) {
      const left = await takeAll(tx, waiting, result);
      if (left.length === waiting.length) {
        for (const { line, faults } of left) result.rejects.push(...faults.map((fault) => ({ line, ...fault })));
        break;
      }
      waiting = left;
    }
    result.rejects.sort((a, b) => a.line - b.line);
    await record(tx, {
      ...{ at: house.clock.now(), actor: { kind: "operator" }, action: "drive.units_imported", purpose: "rollout" },
      detail: { taken: result.taken, unchanged: result.unchanged, rejected: result.rejects.length },
    });
    return result;
  });
}

type Waiting = Line & { faults: { field: string; key: string }[] };

/** Answers the lines that name a unit which is not there yet; whatever else is wrong is a reject at once. */
async function takeAll(tx: Tx, lines: readonly Line[], result: UnitImport): Promise<Waiting[]> {
  const waiting: Waiting[] = [];
  for (const { line, form } of lines) {
    const parsed = parsePlacedUnit(form);
    const faults = parsed.ok ? await placeFaults(tx, parsed.value) : parsed.faults;
    const mayCome = faults.length > 0 && faults.every(({ key }) => MAY_COME.includes(key));
    if (mayCome) waiting.push({ line, form, faults: faults.map(({ field, key }) => ({ field, key })) });
    else if (!parsed.ok || faults.length > 0) {
      result.rejects.push(...faults.map(({ field, key }) => ({ line, field, key })));
    } else {
      if (await saveParsed(tx, parsed.value)) result.taken += 1;
      else result.unchanged += 1;
    }
  }
  return waiting;
}

const MAY_COME: readonly string[] = ["parent_unknown", "successor_unknown"];

async function readLines(source: Source): Promise<Line[]> {
  const table = await openTable(
    source,
    () => {},
    (heading) => columnOf(heading) !== undefined,
  );
  const order = table.header.map((heading) => {
    const column = columnOf(heading);
    if (!column && heading !== "stt") throw new FileRefused("unknown_column");
    return column;
  });
  if (new Set(order).size < order.length) throw new FileRefused("repeated_column");
  if (REQUIRED_COLUMNS.some((column) => !order.includes(column))) throw new FileRefused("missing_column");
  const lines: Line[] = [];
  for await (const batch of table.lines) {
    for (const { line, cells } of batch) {
      const named = order.flatMap((column, at) => (column ? [[column, cells[at] ?? ""] as const] : []));
      const form: UnitForm = Object.fromEntries(named);
      lines.push({ line, form: { ...form, kind: kindOf(form.kind ?? "") } });
    }
  }
  return lines;
}
