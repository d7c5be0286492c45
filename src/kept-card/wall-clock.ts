/** Days and times of Viet Nam for a page without our calendar. Instants are ISO texts or milliseconds. */
const zone = { timeZone: "Asia/Ho_Chi_Minh" };
const dayFormat = new Intl.DateTimeFormat("en-CA", { ...zone, year: "numeric", month: "2-digit", day: "2-digit" });
const timeFormat = new Intl.DateTimeFormat("en-GB", { ...zone, hour: "2-digit", minute: "2-digit" });
const secondFormat = new Intl.DateTimeFormat("en-GB", { ...zone, timeStyle: "medium" });

export const isoDay = (at: number): string => dayFormat.format(at);
/** "2026-12-31" → "31/12/2026". */
export const writtenDay = (iso: string): string => iso.split("-").reverse().join("/");
export const writtenInstant = (at: number): string => `${timeFormat.format(at)} ${writtenDay(isoDay(at))}`;
export const writtenSeconds = (at: number): string => `${secondFormat.format(at)} ${writtenDay(isoDay(at))}`;
