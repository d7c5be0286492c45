import { z } from "zod";
import { dayOf, isWorkingDay, minuteOf, type PlainDate, startOf, type WorkingCalendar } from "../kernel/calendar.ts";
import { definePolicy } from "../kernel/policy.ts";
import { addresseesMost, keyDays } from "./rules.ts";

/** When an addressee who has not signed is reminded, and at which hours. Pure. */
export const letterReminders = definePolicy({
  name: "letters.reminders",
  meaning: "An unsigned letter: days until the first reminder, days between later ones, and how many at most",
  schema: z.object({
    firstAfterDays: z.number().int().min(1).max(60),
    everyDays: z.number().int().min(1).max(60),
    most: z.number().int().min(0).max(30),
  }),
  values: [
    { from: "2021-01-01", value: { firstAfterDays: 2, everyDays: 3, most: 5 }, source: "proposal: until signed" },
  ],
});

export const letterHours = definePolicy({
  name: "letters.hours",
  meaning: "Working hours in Viet Nam within which reminders to sign for a letter go out: from, and until",
  schema: z
    .object({ from: z.number().int().min(0).max(23), until: z.number().int().min(1).max(24) })
    .refine(({ from, until }) => from < until),
  values: [{ from: "2021-01-01", value: { from: 8, until: 17 }, source: "proposal: office hours" }],
});

export const letterPolicies = [letterReminders, letterHours, keyDays, addresseesMost];

/** A reminder that nobody could send for so long helps nobody any more. */
export const LATE_DAYS = 60;

/**
 * Whoever was last told before this instant is reminded today: days are counted as days in Viet Nam, and what fell on a
 * rest day is made up for on the next working day.
 */
export function dueBefore(today: PlainDate, gapDays: number): Date {
  return startOf(today.subtract({ days: gapDays - 1 }));
}

export interface Hours {
  from: number;
  until: number;
}

/** On a working day and within its hours. A year without a table of holidays has its weekends only. */
export function isWorkingHour(now: Date, hours: Hours, calendar: WorkingCalendar): boolean {
  const minute = minuteOf(now);
  return isOfficeDay(now, calendar) && minute >= hours.from * 60 && minute < hours.until * 60;
}

/** The first instant from now on at which offices are at work. */
export function nextWorkingHour(now: Date, hours: Hours, calendar: WorkingCalendar): Date {
  if (isWorkingHour(now, hours, calendar)) return now;
  const opens = (day: Date) => new Date(startOf(dayOf(day)).getTime() + hours.from * 3600_000);
  let at = opens(now);
  while (at <= now || !isOfficeDay(at, calendar)) at = opens(new Date(at.getTime() + 24 * 3600_000));
  return at;
}

function isOfficeDay(at: Date, calendar: WorkingCalendar): boolean {
  const day = dayOf(at);
  return calendar.years.has(day.year) ? isWorkingDay(day, calendar) : day.dayOfWeek <= 5;
}
