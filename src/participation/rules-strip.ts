/** The calendar strip: a row a year, twelve cells, each of one kind. Pure model; strip.tsx draws it. */
import { type Fund, monthIso, monthsOf, type Period, type PeriodStatus } from "./rules.ts";

export type CellKind = PeriodStatus | "gap" | "none";

export interface Cell {
  month: string;
  kind: CellKind;
  /** Unit of the deciding row. */
  unitCode?: string;
}

/** Neighbouring cells of one kind and unit: one thing to tap, one thing to read out. */
export interface Run {
  kind: CellKind;
  from: number;
  to: number;
  fromMonth: string;
  toMonth: string;
}

export interface YearRow {
  year: number;
  cells: Cell[];
  runs: Run[];
  /** Names of the units of that year, in order of their first month. */
  units: string[];
}

/** Newest year first. A month without a row is a gap only between the first and the last covered month. */
export function stripOf(periods: readonly Period[], fund: Fund): YearRow[] {
  const months = monthsOf(periods, fund);
  if (months.size === 0) return [];
  const first = Math.min(...months.keys());
  const last = Math.max(...months.keys());
  const rows: YearRow[] = [];
  for (let year = Math.floor(last / 12); year >= Math.floor(first / 12); year -= 1) {
    const numbers = Array.from({ length: 12 }, (_, at) => year * 12 + at);
    const cells = numbers.map((number): Cell => {
      const month = months.get(number);
      if (month) return { month: monthIso(number), kind: month.status, unitCode: month.period.unitCode };
      return { month: monthIso(number), kind: number > first && number < last ? "gap" : "none" };
    });
    const units = numbers.flatMap((number) => months.get(number)?.period.unitName ?? []);
    rows.push({ year, cells, runs: runsOf(cells), units: [...new Set(units)] });
  }
  return rows;
}

function runsOf(cells: readonly Cell[]): Run[] {
  const runs: (Run & { unitCode: string | undefined })[] = [];
  cells.forEach((cell, at) => {
    const open = runs.at(-1);
    if (open && open.kind === cell.kind && open.unitCode === cell.unitCode) {
      open.to = at;
      open.toMonth = cell.month;
    } else {
      const { kind, month, unitCode } = cell;
      runs.push({ kind, from: at, to: at, fromMonth: month, toMonth: month, unitCode });
    }
  });
  return runs.map(({ unitCode: _, ...run }) => run);
}
