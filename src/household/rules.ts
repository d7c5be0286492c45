/** What a household that insures itself pays for each of its members. Pure; docs/laws/household-rates.md. */
import { type Clause, type Dated, inForce } from "../kernel/laws.ts";

interface Rates {
  /** What the first pays a month: thousandths of the base wage. */
  first: bigint;
  /** Percent of that: second, third, fourth, and all who follow. */
  others: readonly bigint[];
}

const usual: Rates = { first: 45n, others: [70n, 60n, 50n, 40n] };

const rates: readonly Dated<Rates>[] = [
  { from: "2018-12-01", value: usual, clause: { act: "health146", at: "7.1.e" } },
  { from: "2025-08-15", value: usual, clause: { act: "health188", at: "6" } },
];

export interface Wage {
  /** First day, ISO. */
  from: string;
  /** Whole đồng. */
  amount: bigint;
}

interface HouseholdRates {
  /** Whole đồng a month by the order of joining within a year; the last holds for all who follow. */
  monthly: bigint[];
  clauses: Clause[];
}

/**
 * On an ISO day; undefined before the tables begin.
 * @law household-rates
 */
export function householdRates(wages: readonly Wage[], on: string): HouseholdRates | undefined {
  const rule = inForce(rates, on);
  const wage = wages.filter(({ from }) => from <= on).toSorted((a, b) => (a.from < b.from ? 1 : -1))[0];
  if (!rule || !wage) return undefined;
  const first = (wage.amount * rule.value.first) / 1000n;
  return {
    monthly: [first, ...rule.value.others.map((percent) => (first * percent) / 100n)],
    clauses: [{ act: "health", at: "13.3" }, rule.clause],
  };
}
