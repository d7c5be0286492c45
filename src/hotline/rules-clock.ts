import {
  asFarAsKnown,
  dayOf,
  endOf,
  isWorkingDay,
  minuteOf,
  type PlainDate,
  startOf,
  type WorkingCalendar,
} from "../kernel/calendar.ts";

/** By when a ticket is answered: working time only, as the policy of its day says. Pure. */

export const PRIORITIES = ["high", "normal", "low"] as const;
export type Priority = (typeof PRIORITIES)[number];

export interface AnswerHours {
  /** Stretches of a working day, in minutes since midnight. */
  day: readonly (readonly [number, number])[];
  /** Working hours, by priority. */
  within: Record<Priority, number>;
}

const MINUTE_MS = 60_000;

/** The instant at which so many working minutes are over; beyond the holiday table by what is known of a year. */
export function afterWorking(
  from: Date,
  minutes: number,
  hours: Pick<AnswerHours, "day">,
  calendar: WorkingCalendar,
): Date {
  // A policy without any working minute would never come to an end.
  if (!hours.day.some(([start, end]) => end > start)) return new Date(from.getTime() + minutes * MINUTE_MS);
  let left = minutes;
  let day = dayOf(from);
  let since = minuteOf(from);
  for (;;) {
    if (isWorkingDay(day, knownIn(day, calendar))) {
      for (const [start, end] of hours.day) {
        const begin = Math.max(start, since);
        const room = end - begin;
        if (room >= left && room > 0) return at(day, begin + left);
        if (room > 0) left -= room;
      }
    }
    day = dayOf(endOf(day));
    since = 0;
  }
}

const knownIn = ({ year }: PlainDate, calendar: WorkingCalendar) =>
  calendar.years.has(year) ? calendar : asFarAsKnown(calendar, year);

const at = (day: PlainDate, minute: number) => new Date(startOf(day).getTime() + minute * MINUTE_MS);

export function answerBy(openedAt: Date, priority: Priority, hours: AnswerHours, calendar: WorkingCalendar): Date {
  return afterWorking(openedAt, hours.within[priority] * 60, hours, calendar);
}

export type Urgency = "late" | "soon" | "later";
const SOON_MS = 30 * MINUTE_MS;

/** How an open ticket stands against its clock. */
export function urgencyOf(answerByAt: Date | null, now: Date): Urgency {
  if (!answerByAt) return "later";
  const leftMs = answerByAt.getTime() - now.getTime();
  if (leftMs < 0) return "late";
  return leftMs <= SOON_MS ? "soon" : "later";
}
