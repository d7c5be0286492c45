/** Days as identity papers bear them: of old ones the month or the year alone is known. */
export interface TypedDay {
  /** Empty where the paper gives the year only. */
  day: string;
  month: string;
  year: string;
}

/** Is there such a day? Reckoned here, so that the browser needs no calendar of its own. */
export function isRealDay(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return day <= (month === 2 && isLeap ? 29 : (DAYS[month - 1] ?? 0));
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** "00" for a part that is not known leaves its box empty; a day that does not exist is no day at all. */
export function typedDay(year: number, month: number, day: number): TypedDay | undefined {
  if (year < 1850 || year > 2199) return undefined;
  if (month === 0 && day === 0) return { day: "", month: "", year: String(year) };
  if (day === 0 && month >= 1 && month <= 12) return { day: "", month: String(month), year: String(year) };
  return isRealDay(year, month, day) ? { day: String(day), month: String(month), year: String(year) } : undefined;
}

/** The digits of a chip card's code: ddMMyyyy, with 00 for what is not known; or the year alone. */
export function cardDay(digits: string): TypedDay | undefined {
  if (/^\d{4}$/.test(digits)) return typedDay(Number(digits), 0, 0);
  if (!/^\d{8}$/.test(digits)) return undefined;
  return typedDay(Number(digits.slice(4)), Number(digits.slice(2, 4)), Number(digits.slice(0, 2)));
}
