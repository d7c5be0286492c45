/** The contribution base (tiền lương đóng) through time, as steps: what the plot and its table show. */
import { type Vnd, vnd } from "../kernel/money.ts";
import { type Fund, monthIso, monthsOf, type Period } from "./rules.ts";

interface PaidFrom extends Period {
  contributionBase: string | undefined;
}

export interface SalaryStep {
  fromMonth: string;
  toMonth: string;
  base: Vnd;
}

/** Oldest first. Months of one base that follow each other are one step; a month without a base breaks it. */
export function salarySteps(periods: readonly PaidFrom[], fund: Fund): SalaryStep[] {
  const months = [...monthsOf(periods, fund)].toSorted(([a], [b]) => a - b);
  const steps: (SalaryStep & { last: number })[] = [];
  for (const [number, { period }] of months) {
    if (!period.contributionBase) continue;
    const base = vnd(period.contributionBase);
    const open = steps.at(-1);
    if (open && open.base === base && open.last === number - 1)
      Object.assign(open, { last: number, toMonth: monthIso(number) });
    else steps.push({ fromMonth: monthIso(number), toMonth: monthIso(number), base, last: number });
  }
  return steps.map(({ last: _, ...step }) => step);
}
