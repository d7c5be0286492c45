/**
 * Unpaid months (chậm đóng): whose, how many, how much, how long overdue, and when the worker is told.
 * Luật 41/2024/QH15, arts. 34.4 and 38; docs/laws/unpaid-months.md.
 */
import { z } from "zod";
import { daysBetween, type PlainDate, plainDate } from "../kernel/calendar.ts";
import { type Clause, type Dated, inForce } from "../kernel/laws.ts";
import { addVnd, type Vnd, vnd } from "../kernel/money.ts";
import { definePolicy } from "../kernel/policy.ts";
import { type Fund, monthIso, monthNumber, monthsOf, type Period } from "./rules.ts";

/** Months after the month itself to whose last day it may be paid. Before the table begins nothing is said. */
const payWithinMonths: readonly Dated<number>[] = [
  { from: "2025-07-01", value: 1, clause: { act: "social", at: "34.4.a" } },
];

/** What the note on unpaid months stands on. */
export const arrearsClauses: readonly Clause[] = [
  { act: "social", at: "34.4.a" },
  { act: "social", at: "38" },
  { act: "social", at: "40.1" },
];

export interface NoticeTerms {
  /** Day of the month on which the worker is told. */
  day: number;
  /** Days overdue from which a month is told. */
  afterDays: number;
}

export const arrearsNotice = definePolicy<NoticeTerms>({
  name: "participation.arrears_notice",
  meaning: "Day of the month on which unpaid months are told to the worker, and days overdue from which they are",
  schema: z.object({ day: z.number().int().min(1).max(28), afterDays: z.number().int().min(0).max(366) }),
  values: [
    {
      from: "2023-03-14",
      value: { day: 10, afterDays: 30 },
      source: "vss.gov.vn, news 10886: version 1.6.5, the 10th of every month, debts of 30 days or more",
    },
  ],
});

export const participationPolicies = [arrearsNotice];

/**
 * Last day for paying a month. Undefined for months whose law is not in the table.
 * @law unpaid-months
 */
export function dueOn(month: string): PlainDate | undefined {
  const term = inForce(payWithinMonths, month);
  return term && plainDate(monthIso(monthNumber(month) + term.value + 1)).subtract({ days: 1 });
}

/**
 * The day on which a month is first told as unpaid; undefined for months without a known last day.
 * @law unpaid-months
 */
export function firstToldOn(month: string, terms: NoticeTerms): PlainDate | undefined {
  const enough = dueOn(month)?.add({ days: terms.afterDays });
  if (!enough) return undefined;
  const sameMonth = enough.with({ day: terms.day });
  return enough.day <= terms.day ? sameMonth : sameMonth.add({ months: 1 });
}

/** A period as far as arrears need it. */
export interface PayablePeriod extends Period {
  contributionBase: string | undefined;
  rate: string | undefined;
}

export interface Arrear {
  unitCode: string;
  unitName: string;
  fromMonth: string;
  toMonth: string;
  months: number;
  /** Base × rate × months; undefined when base or rate is not on record. */
  owed: Vnd | undefined;
  /** Since the last day for the oldest of these months; undefined when that is not known. */
  overdueDays: number | undefined;
  /** The notice that tells the oldest of these months first; undefined when its last day is not known. */
  firstTold: PlainDate | undefined;
  /** Does a notice of this day tell them? */
  isToBeTold: boolean;
}

/**
 * Months that nobody paid, by unit and base, oldest first. A month that another unit paid is not among them.
 * @law unpaid-months
 */
export function arrearsOf(periods: readonly PayablePeriod[], fund: Fund, on: PlainDate, terms: NoticeTerms): Arrear[] {
  const runs: { row: PayablePeriod; from: number; to: number }[] = [];
  const unpaid = [...monthsOf(periods, fund)].filter(([, month]) => month.status === "unpaid");
  for (const [number, { period: row }] of unpaid.toSorted(([a], [b]) => a - b)) {
    const open = runs.at(-1);
    if (open && open.row === row && open.to === number - 1) open.to = number;
    else runs.push({ row, from: number, to: number });
  }
  return runs.map((run) => arrearOf(run, on, terms));
}

function arrearOf(
  { row, from, to }: { row: PayablePeriod; from: number; to: number },
  on: PlainDate,
  terms: NoticeTerms,
): Arrear {
  const months = to - from + 1;
  const { unitCode, unitName, contributionBase, rate } = row;
  const due = dueOn(monthIso(from));
  const told = firstToldOn(monthIso(from), terms);
  return {
    unitCode,
    unitName,
    fromMonth: monthIso(from),
    toMonth: monthIso(to),
    months,
    owed:
      contributionBase && rate ? (((vnd(contributionBase) * vnd(rate) * BigInt(months)) / 10000n) as Vnd) : undefined,
    overdueDays: due && Math.max(0, daysBetween(due, on)),
    firstTold: told,
    isToBeTold: told === undefined || told.toString() <= on.toString(),
  };
}

/** The sum of what is owed; undefined when a part of it is not known. */
export function owedInAll(arrears: readonly Arrear[]): Vnd | undefined {
  const known = arrears.flatMap(({ owed }) => owed ?? []);
  return known.length < arrears.length ? undefined : addVnd(...known);
}

/**
 * The next notice that tells a month which no notice has told yet: never one before its first.
 * @law unpaid-months
 */
export function noticeToCome(firstTold: PlainDate | undefined, on: PlainDate, { day }: NoticeTerms): PlainDate {
  const earliest = firstTold && firstTold.toString() > on.toString() ? firstTold : on;
  const sameMonth = earliest.with({ day });
  return earliest.day <= day ? sameMonth : sameMonth.add({ months: 1 });
}
