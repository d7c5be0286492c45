/**
 * What the time on record counts towards: terms of the law by date, and how much of each is there.
 * Never a promise: the office decides. docs/laws/pension.md, docs/laws/short-benefits.md.
 */
import type { PlainDate } from "../kernel/calendar.ts";
import { type Clause, type Dated, inForce } from "../kernel/laws.ts";
import { monthIso, monthNumber, monthsOf, type Period, totalsOf } from "./rules.ts";

/** Years of BHXH, compulsory or voluntary, for a pension. */
const pensionYears: readonly Dated<number>[] = [
  { from: "2016-01-01", value: 20, clause: { act: "social2014", at: "54" } },
  { from: "2025-07-01", value: 15, clause: { act: "social", at: "64.1" } },
];

export interface PensionMark {
  years: number;
  /** Months still missing; 0 when reached. */
  missing: number;
  clauses: readonly Clause[];
}

/**
 * Undefined before the table begins.
 * @law pension
 */
export function pensionMark(paidMonths: number, on: PlainDate): PensionMark | undefined {
  const rule = inForce(pensionYears, on.toString());
  if (!rule) return undefined;
  const voluntary: Clause[] = rule.clause.act === "social" ? [{ act: "social", at: "98" }] : [];
  return {
    years: rule.value,
    missing: Math.max(0, rule.value * 12 - paidMonths),
    clauses: [rule.clause, ...voluntary, { act: "social", at: "5.6" }],
  };
}

export interface Share {
  /** First and last month that are counted; undefined while no month can be. */
  span: { fromMonth: string; toMonth: string } | undefined;
  paid: number;
  needed: number;
  clauses: readonly Clause[];
}

interface Window {
  needed: number;
  within: number;
}

const maternity: readonly Dated<Window>[] = [
  { from: "2016-01-01", value: { needed: 6, within: 12 }, clause: { act: "social2014", at: "31.2" } },
  { from: "2025-07-01", value: { needed: 6, within: 12 }, clause: { act: "social", at: "50.2" } },
];

const unemployment: readonly Dated<Window>[] = [
  { from: "2015-01-01", value: { needed: 12, within: 24 }, clause: { act: "employment2013", at: "49" } },
  { from: "2026-01-01", value: { needed: 12, within: 24 }, clause: { act: "employment", at: "38" } },
];

/**
 * Months of compulsory insurance paid in the 12 just before the month of `on`: 6 for maternity.
 * @law short-benefits
 */
export function paidForMaternity(periods: readonly Declared[], on: PlainDate): Share | undefined {
  return shareOf(maternity, monthsOf(periods.filter(isCompulsory), "bhxh"), on);
}

export interface BirthAllowance extends Share {
  /** Whole đồng for each child. */
  amount: bigint;
}

const birthAllowance: readonly Dated<Window & { amount: bigint }>[] = [
  { from: "2025-07-01", value: { needed: 6, within: 12, amount: 2_000_000n }, clause: { act: "social", at: "94.1" } },
];

/**
 * The allowance at birth of voluntary insurance: both kinds of time add up. Undefined where maternity of compulsory
 * insurance is reached, which goes before it, and where no voluntary month lies in the window.
 * @law short-benefits
 */
export function paidForBirthAllowance(periods: readonly Declared[], on: PlainDate): BirthAllowance | undefined {
  const rule = inForce(birthAllowance, on.toString());
  const share = shareOf(birthAllowance, monthsOf(periods, "bhxh"), on);
  const compulsory = paidForMaternity(periods, on);
  if (!rule || !share || !compulsory || compulsory.paid >= compulsory.needed) return undefined;
  if (share.paid === compulsory.paid) return undefined;
  return { ...share, amount: rule.value.amount, clauses: [...share.clauses, { act: "social", at: "95.1" }] };
}

/**
 * Months paid in the 24 just before the month of `on`: 12 for the unemployment allowance. Months up to one that was
 * drawn are used up; what of them is kept in reserve stands in its decision alone. `allowancesFrom`: ISO days.
 * @law short-benefits
 */
export function paidForUnemployment(
  periods: readonly Period[],
  allowancesFrom: readonly string[],
  on: PlainDate,
): Share | undefined {
  const last = lastAllowance(allowancesFrom, on);
  const share = shareOf(unemployment, monthsOf(periods, "bhtn"), on, last === undefined ? 0 : monthNumber(last) + 1);
  return share && { ...share, clauses: [...share.clauses, ...(last ? [usedUp] : [])] };
}

/** That time before an allowance is not counted for the next one. */
const usedUp: Clause = { act: "employment2013", at: "45.2" };

/** The day on which the allowance that was drawn last began. */
export function lastAllowance(allowancesFrom: readonly string[], on: PlainDate): string | undefined {
  const today = on.toString();
  return allowancesFrom
    .filter((from) => from <= today)
    .toSorted()
    .at(-1);
}

function shareOf(
  windows: readonly Dated<Window>[],
  months: ReturnType<typeof monthsOf>,
  on: PlainDate,
  notBefore = 0,
): Share | undefined {
  const rule = inForce(windows, on.toString());
  if (!rule) return undefined;
  const end = monthNumber(on.toString());
  const { needed, within } = rule.value;
  const first = Math.max(end - within, notBefore);
  return {
    span: first < end ? { fromMonth: monthIso(first), toMonth: monthIso(end - 1) } : undefined,
    paid: [...months].filter(([month, { status }]) => status === "paid" && month >= first && month < end).length,
    needed,
    clauses: [rule.clause],
  };
}

/** Working days of sickness benefit a year in ordinary work, by whole years of compulsory BHXH. */
const sickDays: readonly Dated<readonly { fromYears: number; days: number }[]>[] = [
  {
    from: "2016-01-01",
    value: [
      { fromYears: 0, days: 30 },
      { fromYears: 15, days: 40 },
      { fromYears: 30, days: 60 },
    ],
    clause: { act: "social2014", at: "26.1.a" },
  },
  {
    from: "2025-07-01",
    value: [
      { fromYears: 0, days: 30 },
      { fromYears: 15, days: 40 },
      { fromYears: 30, days: 60 },
    ],
    clause: { act: "social", at: "43.1.a" },
  },
];

/** Sickness and maternity are insured by compulsory BHXH alone: voluntary time is neither counted nor enough. */
const isCompulsory = ({ fund, objectType }: Declared): boolean =>
  fund === "bhxh" && !/tự nguyện/iu.test(objectType ?? "");

interface Declared extends Period {
  objectType: string | undefined;
}

/**
 * Undefined without compulsory time.
 * @law short-benefits
 */
export function sickDaysAYear(
  periods: readonly Declared[],
  on: PlainDate,
): { days: number; clause: Clause } | undefined {
  const compulsory = periods.filter(isCompulsory);
  if (compulsory.length === 0) return undefined;
  const { paid } = totalsOf(compulsory, "bhxh");
  const rule = inForce(sickDays, on.toString());
  const step = rule?.value.findLast(({ fromYears }) => fromYears * 12 <= paid);
  return rule && step && { days: step.days, clause: rule.clause };
}

const LAW_2024 = "2025-07-01";

export interface LumpSum {
  /** Was anything paid before 01/07/2025? Only then is the way by waiting open. */
  hasPaidBefore: boolean;
  isUnderTwentyYears: boolean;
  /** Whole months since the last month in the fund, paid or owed, the present one not counted. */
  monthsOut: number;
  /** All three conditions of waiting. Other ways (age, settling abroad, illness) are not on record. */
  isOpen: boolean;
}

/**
 * BHXH một lần after twelve months outside (Luật 41/2024/QH15, arts. 70.1.đ, 102.1.đ); undefined before that law.
 * @law lump-sum
 */
export function lumpSumByWaiting(periods: readonly Period[], on: PlainDate): LumpSum | undefined {
  if (on.toString() < LAW_2024) return undefined;
  const months = [...monthsOf(periods, "bhxh")].filter(([, { status }]) => status !== "refunded");
  const paid = months.filter(([, { status }]) => status === "paid").map(([month]) => month);
  if (paid.length === 0) return undefined;
  const lastInside = Math.max(...months.map(([month]) => month));
  const monthsOut = Math.max(0, monthNumber(on.toString()) - lastInside - 1);
  const hasPaidBefore = Math.min(...paid) < monthNumber(LAW_2024);
  const isUnderTwentyYears = paid.length < 240;
  return {
    hasPaidBefore,
    isUnderTwentyYears,
    monthsOut,
    isOpen: hasPaidBefore && isUnderTwentyYears && monthsOut >= 12,
  };
}

export const lumpSumClauses: readonly Clause[] = [
  { act: "social", at: "70.1" },
  { act: "social", at: "102.1" },
];

/** Age of the social pension (trợ cấp hưu trí xã hội); from 70 for poor and near-poor households. */
const socialPensionAges: readonly Dated<{ age: number; poorAge: number }>[] = [
  { from: LAW_2024, value: { age: 75, poorAge: 70 }, clause: { act: "social", at: "21" } },
];

/** @law pension */
export function socialPensionAge(on: PlainDate): { age: number; poorAge: number; clause: Clause } | undefined {
  const rule = inForce(socialPensionAges, on.toString());
  return rule && { ...rule.value, clause: rule.clause };
}
