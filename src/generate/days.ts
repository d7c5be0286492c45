/** Sums with ISO days, in whole days and months: nothing here reads a clock. */
const DAY_MS = 86_400_000;

export function addDays(iso: string, days: number): string {
  return new Date(Date.parse(iso) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The first of the month, so many months later. */
export function addMonths(iso: string, months: number): string {
  const [year = 0, month = 1] = iso.split("-").map(Number);
  const count = year * 12 + (month - 1) + months;
  return `${String(Math.floor(count / 12)).padStart(4, "0")}-${String((count % 12) + 1).padStart(2, "0")}-01`;
}

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

export function monthsBetween(from: string, to: string): number {
  const [a = 0, b = 1] = from.split("-").map(Number);
  const [c = 0, d = 1] = to.split("-").map(Number);
  return (c - a) * 12 + (d - b);
}

export const later = (a: string, b: string): string => (a > b ? a : b);
export const earlier = (a: string, b: string): string => (a < b ? a : b);
export const yearOf = (iso: string): number => Number(iso.slice(0, 4));
/** 2026-11-20 → 20/11/2026 */
export const local = (iso: string): string => iso.split("-").reverse().join("/");
