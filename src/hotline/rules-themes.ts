import type { PlainDate } from "../kernel/calendar.ts";

/** What people ask about, by week and unit, without telling of few. Pure. */

export const WEEKS_SHOWN = 6;

/** The Mondays of the last weeks, the present one last, as ISO days. */
export function weeksTo(today: PlainDate): string[] {
  const monday = today.subtract({ days: today.dayOfWeek - 1 });
  return Array.from({ length: WEEKS_SHOWN }, (_, at) => monday.subtract({ weeks: WEEKS_SHOWN - 1 - at }).toString());
}

export type Cell = number | "hidden";

/**
 * Hides each count from 1 to `least` − 1, and those `also`. Where only one is hidden beside a total that is told, the
 * smallest other one goes too: else it could be counted back. Zeros tell of nobody and stay.
 */
export function hideSmall(counts: readonly number[], least: number, also: readonly boolean[] = []): Cell[] {
  const hidden = counts.map((count, at) => (count > 0 && count < least) || also[at] === true);
  if (hidden.filter(Boolean).length === 1) {
    const others = counts.flatMap((count, at) => (count > 0 && !hidden[at] ? [at] : []));
    const next = others.toSorted((a, b) => (counts[a] ?? 0) - (counts[b] ?? 0))[0];
    if (next !== undefined) hidden[next] = true;
  }
  return counts.map((count, at) => (hidden[at] ? "hidden" : count));
}

/** A total of fewer than `least` is hidden as well. */
export const hideTotal = (count: number, least: number): Cell => (count > 0 && count < least ? "hidden" : count);

export interface WeekCount {
  week: string;
  category: string;
  count: number;
}

export interface ThemeTable {
  rows: { category: string; cells: Cell[] }[];
  /** By week, in their order. */
  totals: Cell[];
}

/** A row a category, a cell a week: hidden week by week, because each week's total is told. */
export function themeTable(
  counts: readonly WeekCount[],
  categories: readonly string[],
  weeks: readonly string[],
  least: number,
): ThemeTable {
  const of = (category: string, week: string) =>
    counts.find((one) => one.category === category && one.week === week)?.count ?? 0;
  const columns = weeks.map((week) => categories.map((category) => of(category, week)));
  const shown = columns.map((column) => hideSmall(column, least));
  return {
    rows: categories.map((category, row) => ({
      category,
      cells: weeks.map((_, at) => shown[at]?.[row] ?? 0),
    })),
    totals: columns.map((column) =>
      hideTotal(
        column.reduce((sum, count) => sum + count, 0),
        least,
      ),
    ),
  };
}

/** A week of this category is hidden: its total over all weeks would tell how many they were. */
export const isPartlyHidden = (cells: readonly Cell[]) => cells.includes("hidden");
