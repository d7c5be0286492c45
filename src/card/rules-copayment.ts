/**
 * Co-payments of a calendar year against six months' base wage (miễn cùng chi trả trong năm).
 * Luật BHYT, art. 22.1; NĐ 188/2025/NĐ-CP, art. 18.2; docs/laws/co-payment.md.
 */
import type { PlainDate } from "../kernel/calendar.ts";
import type { Clause } from "../kernel/laws.ts";
import { addVnd, type Vnd } from "../kernel/money.ts";
import { type BaseWage, thresholdsOn } from "./rules.ts";

export const coPaymentClauses: readonly Clause[] = [
  { act: "health", at: "22.1" },
  { act: "health188", at: "18.2" },
];

/** A visit as far as the sum needs it. */
export interface CoPaidVisit {
  /** ISO day: a visit counts when it is over. */
  endedOn: string;
  coPaid: Vnd;
  /** Own choice of a place off the route: does not count. */
  isSelfReferred: boolean;
}

export interface CoPaymentYear {
  paid: Vnd;
  /** Whole đồng; undefined for a time before the table of base wages. */
  limit: bigint | undefined;
  /** The visit with which the sum first went above the limit of its day. */
  passedOn: string | undefined;
}

/** MA_DOITUONG_KCB 3.x: came by own choice, without a referral. */
export function isSelfReferred(entitlementCode: string | null): boolean {
  return entitlementCode?.startsWith("3") ?? false;
}

/**
 * `on`: the day whose limit is told. More than the limit, not just the limit; passed once, the right stays to 31/12.
 * @law co-payment
 */
export function coPaymentOfYear(
  visits: readonly CoPaidVisit[],
  wages: readonly BaseWage[],
  on: PlainDate,
): CoPaymentYear {
  let paid = addVnd();
  let passedOn: string | undefined;
  const counted = visits.filter((visit) => !visit.isSelfReferred && visit.endedOn.startsWith(`${on.year}-`));
  for (const visit of counted.toSorted((a, b) => (a.endedOn < b.endedOn ? -1 : 1))) {
    paid = addVnd(paid, visit.coPaid);
    const limit = thresholdsOn(wages, on.with(partsOf(visit.endedOn)))?.yearOfCoPayment;
    if (passedOn === undefined && limit !== undefined && paid > limit * 100n) passedOn = visit.endedOn;
  }
  return { paid, limit: thresholdsOn(wages, on)?.yearOfCoPayment, passedOn };
}

function partsOf(iso: string): { month: number; day: number } {
  return { month: Number(iso.slice(5, 7)), day: Number(iso.slice(8, 10)) };
}

/**
 * The day from which care within scope is free of co-payment to the end of the year: both the sum and five years.
 * @law co-payment
 */
export function exemptFrom(year: CoPaymentYear, fiveYearOn: string | undefined): string | undefined {
  const { passedOn } = year;
  if (passedOn === undefined || fiveYearOn === undefined) return undefined;
  if (fiveYearOn <= passedOn) return passedOn;
  return fiveYearOn.slice(0, 4) === passedOn.slice(0, 4) ? fiveYearOn : undefined;
}
