/** The calendar strip: a row a year, twelve cells, each of one kind; units as bands over them. strip.tsx draws it. */
import { type Fund, monthIso, monthNumber, monthsOf, type Period, type PeriodStatus } from "./rules.ts";

export type CellKind = PeriodStatus | "gap" | "none";

export interface Cell {
  month: string;
  kind: CellKind;
  unit: { code: string; name: string } | undefined;
}

/** Neighbouring cells of one kind and unit: one thing to tap, one thing to read out. */
export interface Run {
  kind: CellKind;
  /** Months of the year from 0, both counted. */
  from: number;
  to: number;
  fromMonth: string;
  toMonth: string;
}

/** Neighbouring months at one unit. `nth`: which unit of the life it is, from 0, so that neighbours look different. */
export interface Band {
  name: string;
  nth: number;
  from: number;
  to: number;
}

export interface YearRow {
  year: number;
  cells: Cell[];
  runs: Run[];
  bands: Band[];
}

/** Newest year first. A month without a row is a gap only between the first and the last covered month. */
export function stripOf(periods: readonly Period[], fund: Fund): YearRow[] {
  const months = monthsOf(periods, fund);
  if (months.size === 0) return [];
  const first = Math.min(...months.keys());
  const last = Math.max(...months.keys());
  const codes = [...new Set([...months].toSorted(([a], [b]) => a - b).map(([, { period }]) => period.unitCode))];
  const rows: YearRow[] = [];
  for (let year = Math.floor(last / 12); year >= Math.floor(first / 12); year -= 1) {
    const cells = Array.from({ length: 12 }, (_, at) => year * 12 + at).map((number): Cell => {
      const month = months.get(number);
      const { unitCode: code = "", unitName: name = "" } = month?.period ?? {};
      if (month) return { month: monthIso(number), kind: month.status, unit: { code, name } };
      return { month: monthIso(number), kind: number > first && number < last ? "gap" : "none", unit: undefined };
    });
    rows.push({ year, cells, runs: runsOf(cells), bands: bandsOf(cells, codes) });
  }
  return rows;
}

function runsOf(cells: readonly Cell[]): Run[] {
  const runs: (Run & { code: string | undefined })[] = [];
  cells.forEach((cell, at) => {
    const open = runs.at(-1);
    if (open && open.kind === cell.kind && open.code === cell.unit?.code) {
      open.to = at;
      open.toMonth = cell.month;
    } else {
      const { kind, month, unit } = cell;
      runs.push({ kind, from: at, to: at, fromMonth: month, toMonth: month, code: unit?.code });
    }
  });
  return runs.map(({ code: _, ...run }) => run);
}

function bandsOf(cells: readonly Cell[], codes: readonly string[]): Band[] {
  const bands: (Band & { code: string })[] = [];
  cells.forEach(({ unit }, at) => {
    const open = bands.at(-1);
    if (!unit) return;
    if (open && open.code === unit.code && open.to === at - 1) open.to = at;
    else bands.push({ code: unit.code, name: unit.name, nth: codes.indexOf(unit.code), from: at, to: at });
  });
  return bands.map(({ code: _, ...band }) => band);
}

/** Time at one unit in one state, or a gap: what the list tells. */
export interface Stint {
  kind: PeriodStatus | "gap";
  unitName: string | undefined;
  fromMonth: string;
  toMonth: string;
  months: number;
}

/** Newest first; with the gaps between, every month from first to last is in exactly one. */
export function stintsOf(periods: readonly Period[], fund: Fund): Stint[] {
  const cells = stripOf(periods, fund)
    .toReversed()
    .flatMap((year) => year.cells)
    .filter((cell) => cell.kind !== "none");
  const stints: (Stint & { code: string | undefined })[] = [];
  for (const { kind, month, unit } of cells) {
    const open = stints.at(-1);
    if (open && open.kind === kind && open.code === unit?.code) open.toMonth = month;
    else if (kind !== "none")
      stints.push({ kind, unitName: unit?.name, fromMonth: month, toMonth: month, months: 0, code: unit?.code });
  }
  return stints
    .map(({ code: _, ...stint }) => ({
      ...stint,
      months: monthNumber(stint.toMonth) - monthNumber(stint.fromMonth) + 1,
    }))
    .toReversed();
}

/** What a band has room for: the name without its legal form, cut where it would not fit. */
export function bandLabel(name: string, letters: number): string {
  const short = name.replace(/^(Công ty (TNHH|Cổ phần|CP)( MTV| Một thành viên)?|Doanh nghiệp tư nhân)\s+/iu, "");
  if (short.length <= letters) return short;
  return letters < 4 ? "" : `${short.slice(0, letters - 1).trimEnd()}…`;
}
