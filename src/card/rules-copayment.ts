/**
 * Co-payments of a calendar year against six months' base wage (miễn cùng chi trả trong năm).
 * Luật BHYT, art. 22.1; NĐ 188/2025/NĐ-CP, art. 18.2; docs/laws/co-payment.md.
 */
import type { PlainDate } from "../kernel/calendar.ts";
import type { Clause } from "../kernel/laws.ts";
import { addVnd, type Vnd } from "../kernel/money.ts";
import type { BaseWage } from "./rules.ts";

export const coPaymentClauses: readonly Clause[] = [
  { act: "health", at: "22.1" },
  { act: "health188", at: "18.2" },
];

/** A visit as far as the sum needs it. */
export interface CoPaidVisit {
  /** ISO day: a visit counts when it is over, at the base wage of that day. */
  endedOn: string;
  coPaid: Vnd;
  /** See `addsToYear`: off the route it does not. */
  adds: boolean;
}

export interface CoPaymentYear {
  paid: Vnd;
  /** Whole đồng which the sum has to exceed; undefined for a time before the table of base wages. */
  limit: bigint | undefined;
  /** The limit is put together of months at more than one base wage. */
  isConverted: boolean;
  /** The visit with which the sum first went above the limit. */
  passedOn: string | undefined;
}

/**
 * `on`: the day whose limit is told. Each sum is counted in months of the base wage of its day, and what is missing of
 * six at the wage of the day asked. More than six, not just six; passed once, the right stays to 31/12.
 * @law co-payment
 */
export function coPaymentOfYear(
  visits: readonly CoPaidVisit[],
  wages: readonly BaseWage[],
  on: PlainDate,
): CoPaymentYear {
  const wageOf = (iso: string) => wages.findLast(({ from }) => from <= iso)?.amount;
  let paid = addVnd();
  let passed: { on: string; limit: Limit } | undefined;
  const byWage = new Map<bigint, bigint>();
  const counted = visits.filter(({ adds, endedOn }) => adds && endedOn.startsWith(`${on.year}-`));
  for (const { endedOn, coPaid } of counted.toSorted((a, b) => (a.endedOn < b.endedOn ? -1 : 1))) {
    const wage = wageOf(endedOn) ?? wageOf(on.toString());
    paid = addVnd(paid, coPaid);
    if (wage === undefined || passed) continue;
    const limit = limitAt(byWage, wage);
    byWage.set(wage, (byWage.get(wage) ?? 0n) + coPaid);
    if (isAboveSix(byWage)) passed = { on: endedOn, limit };
  }
  const wage = wageOf(on.toString());
  const limit = passed?.limit ?? (wage === undefined ? undefined : limitAt(byWage, wage));
  return { paid, limit: limit?.whole, isConverted: limit?.isConverted ?? false, passedOn: passed?.on };
}

interface Limit {
  whole: bigint;
  isConverted: boolean;
}

const MONTHS = 6n;
/** Of a đồng, as amounts are kept. */
const HUNDREDTHS = 100n;

/** Σ sum / wage as a fraction, so that no month is rounded. */
function monthsOf(byWage: ReadonlyMap<bigint, bigint>): { over: bigint; under: bigint } {
  let [over, under] = [0n, 1n];
  for (const [wage, sum] of byWage) {
    const month = wage * HUNDREDTHS;
    [over, under] = [over * month + sum * under, under * month];
  }
  return { over, under };
}

function isAboveSix(byWage: ReadonlyMap<bigint, bigint>): boolean {
  const { over, under } = monthsOf(byWage);
  return over > MONTHS * under;
}

/** What was paid at other wages, and the months that it leaves of six at this one. */
function limitAt(byWage: ReadonlyMap<bigint, bigint>, wage: bigint): Limit {
  const others = new Map([...byWage].filter(([other]) => other !== wage));
  const { over, under } = monthsOf(others);
  const before = [...others.values()].reduce((sum, one) => sum + one, 0n);
  const exact = before * under + (MONTHS * under - over) * wage * HUNDREDTHS;
  return { whole: exact / (under * HUNDREDTHS), isConverted: others.size > 0 };
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
