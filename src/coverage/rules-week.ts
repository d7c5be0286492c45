import { dayOf, minuteOf, type PlainDate } from "../kernel/calendar.ts";

/** The day of the latest report that is due: the schedule's weekday on or before today, from its hour on. Pure. */
export function reportDue(now: Date, { weekday, hour }: { weekday: number; hour: number }): PlainDate {
  const today = dayOf(now);
  const back = (today.dayOfWeek - weekday + 7) % 7;
  const isEarly = back === 0 && minuteOf(now) < hour * 60;
  return today.subtract({ days: isEarly ? 7 : back });
}

/** Monday of the week in which a day falls. */
export const mondayOf = (day: PlainDate): PlainDate => day.subtract({ days: day.dayOfWeek - 1 });
