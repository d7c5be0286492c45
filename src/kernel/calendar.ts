import { Temporal } from "temporal-polyfill";

/**
 * Days are PlainDates, events are instants (`Date`). The two meet only here, and only through
 * Asia/Ho_Chi_Minh by name: that zone was +08:00 before 1975, so a birthday kept as an instant
 * would move by a day.
 */
export type PlainDate = Temporal.PlainDate;
export const ZONE = "Asia/Ho_Chi_Minh";

/** "2026-11-23" → PlainDate. Throws RangeError on a day that does not exist. */
export function plainDate(iso: string): PlainDate {
  return Temporal.PlainDate.from(iso, { overflow: "reject" });
}

/** The day in Viet Nam on which an instant falls. */
export function dayOf(instant: Date): PlainDate {
  return zoned(instant).toPlainDate();
}

/** 24:00 of a day in Viet Nam, which is 00:00 of the next one. */
export function endOf(day: PlainDate): Date {
  return startOf(day.add({ days: 1 }));
}

/** 00:00 of a day in Viet Nam. */
export function startOf(day: PlainDate): Date {
  return new Date(day.toZonedDateTime(ZONE).epochMilliseconds);
}

/** Day, month and year as typed → PlainDate, or undefined when there is no such day. */
export function dayFromParts(year: number, month: number, day: number): PlainDate | undefined {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: "reject" });
  } catch {
    return undefined;
  }
}

/** Days from `from` to `to`; 0 on the day itself, negative when it has passed. */
export function daysBetween(from: PlainDate, to: PlainDate): number {
  return from.until(to, { largestUnit: "days" }).days;
}

/** The like-numbered day `months` later, or the last day of that month (Civil Code 2015, art. 148.3). */
export function addMonths(day: PlainDate, months: number): PlainDate {
  return day.add({ months }, { overflow: "constrain" });
}

/**
 * The working calendar: public holidays, and Saturdays made working days, by year.
 * `years` lists the years whose table is complete; a year without a table is unknown, never "no holidays".
 */
export interface WorkingCalendar {
  years: ReadonlySet<number>;
  holidays: ReadonlySet<string>;
  workingWeekends: ReadonlySet<string>;
}

export class UnknownYear extends Error {
  readonly year: number;

  constructor(year: number) {
    super(`no holiday table for ${year}`);
    this.year = year;
    this.name = "UnknownYear";
  }
}

/** Is this a working day? Throws UnknownYear when the year has no table. */
export function isWorkingDay(day: PlainDate, calendar: WorkingCalendar): boolean {
  if (!calendar.years.has(day.year)) throw new UnknownYear(day.year);
  const iso = day.toString();
  if (calendar.holidays.has(iso)) return false;
  return day.dayOfWeek <= 5 || calendar.workingWeekends.has(iso);
}

/** Month and day of the holidays to which the law gives a fixed date (Labour Code 2019, art. 112). */
const FIXED_HOLIDAYS = ["01-01", "04-30", "05-01", "09-02"];

/**
 * The calendar with `year`, which has no table, as far as it is known: its weekends, days entered so far and holidays of
 * a fixed date. What is reckoned by it may come too early, and moves when the table is there.
 */
export function asFarAsKnown(calendar: WorkingCalendar, year: number): WorkingCalendar {
  // A day that rolls on from the last of December may come into the year after.
  const years = [year, year + 1].filter((one) => !calendar.years.has(one));
  const fixed = years.flatMap((one) => FIXED_HOLIDAYS.map((day) => `${one}-${day}`));
  return {
    ...calendar,
    years: new Set([...calendar.years, ...years]),
    holidays: new Set([...calendar.holidays, ...fixed]),
  };
}

/** The day itself if it is a working day, else the next one (Civil Code 2015, art. 148.5). */
export function rollToWorkingDay(day: PlainDate, calendar: WorkingCalendar): PlainDate {
  let rolled = day;
  while (!isWorkingDay(rolled, calendar)) rolled = rolled.add({ days: 1 });
  return rolled;
}

export type Lang = "vi" | "en";

const weekdayVi = ["thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"];
const weekdayEn = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const monthEn = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
const two = (n: number) => String(n).padStart(2, "0");

/** 23/11/2026 (vi) or 23 November 2026 (en). */
export function formatDay(day: PlainDate, lang: Lang = "vi"): string {
  if (lang === "en") return `${day.day} ${monthEn[day.month - 1]} ${day.year}`;
  return `${two(day.day)}/${two(day.month)}/${day.year}`;
}

/** thứ Năm, 03/12/2026 (vi) or Thursday, 3 December 2026 (en). */
export function formatLongDay(day: PlainDate, lang: Lang = "vi"): string {
  const names = lang === "en" ? weekdayEn : weekdayVi;
  return `${names[day.dayOfWeek - 1]}, ${formatDay(day, lang)}`;
}

/** 10:42 in Viet Nam. */
export function formatTime(instant: Date): string {
  const at = zoned(instant);
  return `${two(at.hour)}:${two(at.minute)}`;
}

/** Minutes since midnight in Viet Nam. */
export function minuteOf(instant: Date): number {
  const at = zoned(instant);
  return at.hour * 60 + at.minute;
}

/** 10:42 23/11/2026: time and day of one event come from one formatter, in one zone. */
export function formatInstant(instant: Date, lang: Lang = "vi"): string {
  return `${formatTime(instant)} ${formatDay(dayOf(instant), lang)}`;
}

/** 10:42, and its day where that is not the day of `now`. */
export function formatMoment(instant: Date, now: Date, lang: Lang = "vi"): string {
  return dayOf(instant).equals(dayOf(now)) ? formatTime(instant) : formatInstant(instant, lang);
}

/** 11/2026: a month of participation, from the ISO day of its first. */
export function formatMonth(isoMonth: string): string {
  return `${isoMonth.slice(5, 7)}/${isoMonth.slice(0, 4)}`;
}

/** A birth date may be known to the year or month only (data standards §1.4). */
export type BirthPrecision = "day" | "month" | "year";

/** 15/01/1990, 01/1990 or 1990, as far as it is known. */
export function formatBirth(day: PlainDate, precision: BirthPrecision, lang: Lang = "vi"): string {
  if (precision === "year") return String(day.year);
  if (precision === "month") return `${two(day.month)}/${day.year}`;
  return formatDay(day, lang);
}

function zoned(instant: Date): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(ZONE);
}
