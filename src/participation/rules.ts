/**
 * Time of participation (quá trình tham gia): month ranges with both ends counted, a month once a
 * fund even where two rows cover it, unpaid months apart and never added.
 * Luật 41/2024/QH15, arts. 3.6, 5.3 and 5.6; docs/laws/participation-totals.md.
 */
import type { Clause } from "../kernel/laws.ts";

/** What the sums stand on. */
export const totalsClauses: readonly Clause[] = [
  { act: "social", at: "3.6" },
  { act: "social", at: "5.3" },
];

export const FUNDS = ["bhxh", "bhtn", "tnld", "bhyt"] as const;
export type Fund = (typeof FUNDS)[number];
export type PeriodStatus = "paid" | "unpaid" | "refunded";

/** One row of the register: a fund, a unit, a range of months. Months are ISO days of their first. */
export interface Period {
  fund: Fund;
  fromMonth: string;
  toMonth: string;
  unitCode: string;
  unitName: string;
  status: PeriodStatus;
}

/** Months since year 0: what ranges are counted in. */
export function monthNumber(iso: string): number {
  return Number(iso.slice(0, 4)) * 12 + Number(iso.slice(5, 7)) - 1;
}

/** The ISO day of a month's first: 24315 → "2026-04-01". */
export function monthIso(number: number): string {
  return `${String(Math.floor(number / 12)).padStart(4, "0")}-${String((number % 12) + 1).padStart(2, "0")}-01`;
}

/** "2026-04" as it stands in an address → the ISO day of its first, or undefined. */
export function parseMonth(text: string): string | undefined {
  return /^(19|20)\d{2}-(0[1-9]|1[0-2])$/.test(text) ? `${text}-01` : undefined;
}

export function parseFund(text: string | undefined): Fund | undefined {
  return FUNDS.find((fund) => fund === text);
}

/**
 * Months in a range, both ends counted: 04/2025–03/2026 is 12.
 * @law participation-totals
 */
export function monthsIn(period: Pick<Period, "fromMonth" | "toMonth">): number {
  return monthNumber(period.toMonth) - monthNumber(period.fromMonth) + 1;
}

/** What a month counts as when several rows cover it: paid somewhere is paid; money taken back counts last. */
const rank: Record<PeriodStatus, number> = { paid: 3, unpaid: 2, refunded: 1 };

export interface Month<P extends Period = Period> {
  status: PeriodStatus;
  /** The row that decides; of equals, the one that began last. */
  period: P;
}

/** Every covered month of one fund, once. */
export function monthsOf<P extends Period>(periods: readonly P[], fund: Fund): Map<number, Month<P>> {
  const months = new Map<number, Month<P>>();
  const ordered = periods.filter((period) => period.fund === fund).toSorted(byStart);
  for (const period of ordered) {
    const last = monthNumber(period.toMonth);
    for (let month = monthNumber(period.fromMonth); month <= last; month += 1) {
      const known = months.get(month);
      if (!known || rank[period.status] >= rank[known.status]) months.set(month, { status: period.status, period });
    }
  }
  return months;
}

function byStart(a: Period, b: Period): number {
  return a.fromMonth < b.fromMonth ? -1 : a.fromMonth > b.fromMonth ? 1 : a.unitCode < b.unitCode ? -1 : 1;
}

export interface Totals {
  paid: number;
  unpaid: number;
  refunded: number;
  gaps: MonthRange[];
  firstMonth: string | undefined;
  lastMonth: string | undefined;
}

export interface MonthRange {
  fromMonth: string;
  toMonth: string;
  months: number;
}

/**
 * The sums of one fund. Gaps lie between the first and the last covered month.
 * @law participation-totals
 */
export function totalsOf(periods: readonly Period[], fund: Fund): Totals {
  const months = monthsOf(periods, fund);
  const count = (status: PeriodStatus) => [...months.values()].filter((month) => month.status === status).length;
  const numbers = [...months.keys()].sort((a, b) => a - b);
  const first = numbers[0];
  const last = numbers.at(-1);
  return {
    paid: count("paid"),
    unpaid: count("unpaid"),
    refunded: count("refunded"),
    gaps: gapsBetween(numbers),
    firstMonth: first === undefined ? undefined : monthIso(first),
    lastMonth: last === undefined ? undefined : monthIso(last),
  };
}

function gapsBetween(numbers: readonly number[]): MonthRange[] {
  return numbers.flatMap((month, at) => {
    const before = numbers[at - 1];
    if (before === undefined || month === before + 1) return [];
    return [{ fromMonth: monthIso(before + 1), toMonth: monthIso(month - 1), months: month - before - 1 }];
  });
}

/**
 * 148 months → 12 years 4 months.
 * @law participation-totals
 */
export function spanOf(months: number): { years: number; months: number } {
  return { years: Math.floor(months / 12), months: months % 12 };
}

/** Rows of a fund that cover a month, the deciding one first. */
export function rowsCovering<P extends Period>(periods: readonly P[], fund: Fund, month: string): P[] {
  return periods
    .filter((period) => period.fund === fund && period.fromMonth <= month && month <= period.toMonth)
    .toSorted((a, b) => rank[b.status] - rank[a.status]);
}
