/** What a cell of a spreadsheet holds → the text that a register would have written in a CSV. Pure. */

/** How the number of a cell is meant: as its format shows it. */
export type CellFormat = "number" | "percent" | "day" | "month" | "year" | { digits: number };

/** Formats that Excel knows by number (ECMA-376 part 1, §18.8.30): percents and dates among them. */
const BUILT_IN: ReadonlyMap<number, CellFormat> = new Map<number, CellFormat>([
  ...[14, 15, 16, 22, 30, 31].map((id): [number, CellFormat] => [id, "day"]),
  ...[27, 28, 29, 34, 35, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58].map((id): [number, CellFormat] => [id, "day"]),
  [17, "month"],
  ...[9, 10].map((id): [number, CellFormat] => [id, "percent"]),
]);

/** Excel writes no longer one. */
const FORMAT_MOST = 255;

export function formatOf(id: number, written: string | undefined): CellFormat {
  if (written === undefined) return BUILT_IN.get(id) ?? "number";
  // Quoted words, escaped signs, colours and places are no part of the pattern.
  const pattern = written
    .slice(0, FORMAT_MOST)
    .replace(/"[^"]*"|\\.|\[[^\]]*\]|[_*]./g, "")
    .toLowerCase()
    .split(";")[0] as string;
  if (/^0{2,}$/.test(pattern)) return { digits: pattern.length };
  if (pattern.includes("%")) return "percent";
  if (/d/.test(pattern)) return "day";
  if (!/y/.test(pattern)) return "number";
  return /m/.test(pattern) ? "month" : "year";
}

/** Excel counts a 29/02/1900 that never was: its days are right from this one on. */
const FIRST_RIGHT_DAY = 61;
const LAST_DAY = 2_958_465;
const DAY_MS = 86_400_000;
const EPOCH_1900 = Date.UTC(1899, 11, 30);
/** Days between the two ways of counting. */
const FROM_1904 = 1462;

const LONGEST = 1e15;
const WHOLE = /^[1-9]\d{0,14}$/;

/** The number as it is written in the file → text, or undefined when it is no number. */
export function showNumber(written: string, format: CellFormat, isFrom1904: boolean): string | undefined {
  if (format === "number" && WHOLE.test(written)) return written;
  const value = Number(written);
  if (written.trim() === "" || !Number.isFinite(value)) return undefined;
  // Excel keeps fifteen digits: of a longer number the last ones are gone.
  const isLong = Math.abs(value) >= LONGEST;
  if (isLong && (typeof format === "object" || format === "number")) return undefined;
  if (typeof format === "object") {
    return Number.isInteger(value) && value >= 0 ? String(value).padStart(format.digits, "0") : plainNumber(value);
  }
  if (format === "number") return plainNumber(value);
  if (format === "percent") return `${plainNumber(value * 100)}%`;
  const serial = Math.floor(value) + (isFrom1904 ? FROM_1904 : 0);
  if (serial < FIRST_RIGHT_DAY || serial > LAST_DAY) return plainNumber(value);
  const [year = "", month = "", day = ""] = new Date(EPOCH_1900 + serial * DAY_MS).toISOString().split(/[-T]/);
  if (format === "year") return year;
  return format === "month" ? `${month}/${year}` : `${day}/${month}/${year}`;
}

/** At most 15 digits, as Excel shows: 0.1 + 0.2 is 0.3. */
function plainNumber(value: number): string {
  const rounded = Number(value.toPrecision(15));
  if (Number.isInteger(rounded) && Math.abs(rounded) < 1e15) return String(rounded);
  const text = rounded.toFixed(10);
  return text.includes(".") ? text.replace(/0+$/, "").replace(/\.$/, "") : text;
}

/** Signs that XML cannot write, or does not keep, stand so in a text: _x000D_ is the return of a Windows line. */
export function plainSigns(text: string): string {
  if (!text.includes("_x")) return text;
  return text.replace(/_x([\da-fA-F]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** "AB12" → 27; undefined when it is no such name. */
export function columnOf(reference: string): number | undefined {
  const letters = /^([A-Z]{1,3})\d+$/.exec(reference)?.[1];
  if (!letters) return undefined;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

/** 27 → "AB". */
export function lettersOf(column: number): string {
  let [left, letters] = [column + 1, ""];
  for (; left > 0; left = Math.floor((left - 1) / 26)) letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters;
  return letters;
}
