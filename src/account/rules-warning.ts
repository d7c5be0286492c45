import { daysBetween, type PlainDate } from "../kernel/calendar.ts";
import type { MessageHours } from "../kernel/message-hours.ts";
import { PASSWORD_MONTHS, passwordDueOn } from "./rules.ts";

/** Who is warned when that a password ends: decided by day and person alone, so any worker may do it again. */

/** Are these so many days before the end within the time of warnings? */
export function isWarned(daysLeft: number, warnings: readonly number[]): boolean {
  return daysLeft >= 0 && warnings.some((days) => daysLeft <= days);
}

/** Passwords set on `setOn` get the warning of `days` today, unless they got it or a later one already. */
export interface DueWarning {
  setOn: PlainDate;
  dueOn: PlainDate;
  days: number;
}

/** A warning that was missed (nothing ran that day) is made up for by the next day; several missed are one. */
export function warningsOf(today: PlainDate, warnings: readonly number[]): DueWarning[] {
  const most = Math.max(-1, ...warnings);
  const due: DueWarning[] = [];
  // The end of a month brings several days of setting to one day of ending: begin three days early.
  const first = today.subtract({ months: PASSWORD_MONTHS }).subtract({ days: 3 });
  for (let setOn = first; ; setOn = setOn.add({ days: 1 })) {
    const dueOn = passwordDueOn(setOn);
    const left = daysBetween(today, dueOn);
    if (left > most) return due;
    const days = Math.min(...warnings.filter((one) => left <= one));
    if (left >= 0) due.push({ setOn, dueOn, days });
  }
}

/** Warnings go out in the hours for messages, spread over eleven twelfths of them; the last is left for runs that fell out. */
const SPREAD_OVER = 11 / 12;

/** Which share of the day's people has come, from 0 to 1; 0 by night, when nobody is woken. */
export function shareCome(minuteOfDay: number, { from, until }: MessageHours): number {
  const passed = minuteOfDay - from * 60;
  if (passed < 0 || minuteOfDay >= until * 60) return 0;
  return Math.min(1, (passed + 1) / ((until - from) * 60 * SPREAD_OVER));
}
