/** Benefits received (thông tin hưởng) in the four kinds that people know; monthly ones count by month. */

import type { PlainDate } from "../kernel/calendar.ts";
import { addVnd, type Vnd, vnd } from "../kernel/money.ts";

export const BENEFIT_KINDS = ["monthly", "short_term", "unemployment", "one_off"] as const;
export type BenefitKind = (typeof BENEFIT_KINDS)[number];

export interface Benefit {
  kind: BenefitKind;
  decisionNo: string;
  fromOn: string;
  toOn: string | undefined;
  regime: string;
  decidedOn: string | undefined;
  /** Exact decimal; a month's amount for kinds paid by the month. */
  amount: string;
  agency: string | undefined;
  unitName: string | undefined;
  paidBy: string | undefined;
  bankName: string | undefined;
  bankAccountTail: string | undefined;
  status: "decided" | "paid" | "stopped";
}

/** Pensions, allowances and unemployment pay come by the month; sickness, maternity and lump sums at once. */
export function isPaidMonthly(kind: BenefitKind): boolean {
  return kind === "monthly" || kind === "unemployment";
}

/** Is the benefit being paid on a day? Both ends count; nothing stopped is running. */
export function isRunning(benefit: Benefit, on: PlainDate): boolean {
  const day = on.toString();
  if (benefit.status === "stopped" || !isPaidMonthly(benefit.kind)) return false;
  return benefit.fromOn <= day && (benefit.toOn === undefined || day <= benefit.toOn);
}

export interface BenefitGroup {
  kind: BenefitKind;
  benefits: Benefit[];
  /** Sum of what was paid at once; undefined for kinds paid by the month, whose months are not on record. */
  paid: Vnd | undefined;
}

/** Only kinds that hold something, in the order of BENEFIT_KINDS. */
export function byKind(benefits: readonly Benefit[]): BenefitGroup[] {
  return BENEFIT_KINDS.flatMap((kind) => {
    const own = benefits.filter((benefit) => benefit.kind === kind);
    if (own.length === 0) return [];
    const paid = own.filter((benefit) => benefit.status === "paid").map((benefit) => vnd(benefit.amount));
    return [{ kind, benefits: own, paid: isPaidMonthly(kind) ? undefined : addVnd(...paid) }];
  });
}
