/**
 * The terms of the Civil Code counted once more, for tests only, by another way: bare day numbers since 1970, no zone,
 * no date library. Days off stand in one row of bytes; the next working day is looked up, not walked to.
 */
export interface DaysOff {
  holidays: ReadonlySet<string>;
  workingWeekends: ReadonlySet<string>;
}

const DAY_MS = 86_400_000;
const VIET_NAM_MS = 7 * 3_600_000;

/** Number of a civil day since 1970-01-01 (Hinnant's algorithm). */
export function dayNumber(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const ofEra = y - era * 400;
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719_468;
}

export function civilOf(number: number): [year: number, month: number, day: number] {
  const z = number + 719_468;
  const era = Math.floor(z / 146_097);
  const ofEra = z - era * 146_097;
  const years = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  );
  const ofYear = ofEra - (365 * years + Math.floor(years / 4) - Math.floor(years / 100));
  const m = Math.floor((5 * ofYear + 2) / 153);
  const month = m < 10 ? m + 3 : m - 9;
  return [years + era * 400 + (month <= 2 ? 1 : 0), month, ofYear - Math.floor((153 * m + 2) / 5) + 1];
}

export const isoOf = (number: number): string => {
  const [year, month, day] = civilOf(number);
  return `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
};

/** For every day from `first` to `last`: the number of the first working day on or after it. */
export function nextWorkingDays(first: number, last: number, off: DaysOff): (day: number) => number {
  const next = new Int32Array(last - first + 2);
  next[last - first + 1] = last + 1;
  for (let day = last; day >= first; day -= 1) {
    const iso = isoOf(day);
    const weekday = (((day + 4) % 7) + 7) % 7; // 0 is Sunday: 1970-01-01 was a Thursday
    const isOff = off.holidays.has(iso) || ((weekday === 0 || weekday === 6) && !off.workingWeekends.has(iso));
    next[day - first] = isOff ? (next[day - first + 1] ?? 0) : day;
  }
  return (day) => next[day - first] ?? Number.NaN;
}

/** 24:00 of the last of ten days, in milliseconds. */
export function tenDaysEnd(confirmedMs: number, nextWorking: (day: number) => number): number {
  const day = Math.floor((confirmedMs + VIET_NAM_MS) / DAY_MS);
  return (nextWorking(day + 10) + 1) * DAY_MS - VIET_NAM_MS;
}

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** The like-numbered day six months on, or the last of that month. */
export function sixMonthsOn(setMs: number): string {
  const [year, month, day] = civilOf(Math.floor((setMs + VIET_NAM_MS) / DAY_MS));
  const thenYear = month > 6 ? year + 1 : year;
  const thenMonth = month > 6 ? month - 6 : month + 6;
  const length = thenMonth === 2 && isLeap(thenYear) ? 29 : (monthLengths[thenMonth - 1] ?? 0);
  return isoOf(dayNumber(thenYear, thenMonth, Math.min(day, length)));
}

/** Midnights at +07:00 strictly after now and strictly before the deadline. */
export function midnightsLeft(nowMs: number, deadlineMs: number): number {
  const from = Math.floor((nowMs + VIET_NAM_MS) / DAY_MS);
  const to = Math.ceil((deadlineMs + VIET_NAM_MS) / DAY_MS) - 1;
  return Math.max(0, to - from);
}

/** Twenty years whose table is whole, made up: the fixed days, seven days of a Tết that wanders, days made up for. */
export function madeUpTable(fromYear: number, toYear: number): DaysOff & { years: Set<number> } {
  const years = new Set<number>();
  const holidays = new Set<string>();
  const workingWeekends = new Set<string>();
  for (let year = fromYear; year <= toYear; year += 1) {
    years.add(year);
    for (const [month, day] of [
      [1, 1],
      [4, 30],
      [5, 1],
      [9, 1],
      [9, 2],
    ] as const) {
      holidays.add(isoOf(dayNumber(year, month, day)));
    }
    const eve = dayNumber(year, 1, 21) + ((year * 11) % 30);
    for (let day = 0; day < 7; day += 1) holidays.add(isoOf(eve + day));
    const saturday = eve + 8 + ((6 - ((((eve + 12) % 7) + 7) % 7) + 7) % 7);
    workingWeekends.add(isoOf(saturday));
  }
  return { years, holidays, workingWeekends };
}
