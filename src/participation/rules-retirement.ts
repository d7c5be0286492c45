/**
 * The month in which somebody reaches the retirement age of ordinary work (tuổi nghỉ hưu).
 * Bộ luật Lao động 2019, art. 169.2; NĐ 135/2020/NĐ-CP, art. 4; docs/laws/pension.md.
 */
import { addMonths, type PlainDate } from "../kernel/calendar.ts";
import type { Clause } from "../kernel/laws.ts";

export const retirementClauses: readonly Clause[] = [
  { act: "labour", at: "169.2" },
  { act: "retirement", at: "4" },
];

/** Ages in months: before 2021, in 2021, what each year adds, where it stops. */
const ladders = {
  1: { before: 60 * 12, first: 60 * 12 + 3, step: 3, last: 62 * 12 },
  2: { before: 55 * 12, first: 55 * 12 + 4, step: 4, last: 60 * 12 },
} as const;
const FIRST_YEAR = 2021;

export interface RetirementAge {
  years: number;
  months: number;
  /** The first day of the month in which the age is reached. */
  month: string;
}

/**
 * By birth and sex (1 male, 2 female; undefined for sexes that the law does not name).
 * The age is that of the year in which it is reached.
 * @law pension
 */
export function retirementAge(bornOn: PlainDate, sex: number): RetirementAge | undefined {
  if (sex !== 1 && sex !== 2) return undefined;
  const { before, first, step, last } = ladders[sex];
  if (addMonths(bornOn, before).year < FIRST_YEAR) return reached(bornOn, before);
  for (let year = FIRST_YEAR; ; year += 1) {
    const age = Math.min(first + step * (year - FIRST_YEAR), last);
    if (age === last || addMonths(bornOn, age).year <= year) return reached(bornOn, age);
  }
}

function reached(bornOn: PlainDate, age: number): RetirementAge {
  const month = addMonths(bornOn, age).with({ day: 1 }).toString();
  return { years: Math.floor(age / 12), months: age % 12, month };
}
