/** Kinds of columns of the import tables: one parser each, the same for every format. */
import { dayFromParts } from "../kernel/calendar.ts";
import { isOldFont, tidyTyped } from "../kernel/names.ts";
import {
  type CardForm,
  parseEmail,
  parseFacilityCode,
  parseIdNumber,
  parseInsuranceNumber,
  parsePersonalId,
  parsePhone,
  readCardNumber,
} from "../kernel/numbers.ts";
import { HUNDREDTHS, parseScaled, showScaled } from "./rules-decimal.ts";
import type { RejectCode } from "./words.ts";

export interface Kind<T> {
  /** `isNumber`: of a sheet's cell that is a number, whose dot is always the decimal one. */
  parse(text: string, isNumber?: boolean): T | undefined;
  fault: RejectCode;
  /** A whole date, day first: how the others of its column are written, one cell may tell. */
  isDay?: boolean;
}

export interface Column<T, R extends boolean> extends Kind<T> {
  isRequired: R;
  /** Other headings that are understood, without marks: ho_va_ten. */
  aliases: readonly string[];
}

export type Columns = Record<string, Column<unknown, boolean>>;
export type RowOf<C extends Columns> = {
  [K in keyof C]: C[K] extends Column<infer T, infer R> ? (R extends true ? T : T | null) : never;
};

export function required<T>(kind: Kind<T>, ...aliases: string[]): Column<T, true> {
  return { ...kind, isRequired: true, aliases };
}

export function optional<T>(kind: Kind<T>, ...aliases: string[]): Column<T, false> {
  return { ...kind, isRequired: false, aliases };
}

/** Cells come again and again: months, words, amounts, the number of the row before. Only short ones are remembered. */
const REMEMBERED_MAX = 4096;
const REMEMBERED_CHARS = 40;

/** Of a column whose cells hardly ever come again so many are not remembered, and then it is tried anew. */
const FORGETFUL_CELLS = 16 * REMEMBERED_MAX;

function by<T>(parse: (text: string) => T | undefined, fault: RejectCode = "bad_value"): Kind<T> {
  const remembered = new Map<string, T | undefined>();
  let [known, forgetful] = [0, 0];
  return {
    fault,
    parse(typed) {
      if (typed.length > REMEMBERED_CHARS) return parse(typed);
      if (forgetful > 0) {
        forgetful -= 1;
        return parse(typed);
      }
      const before = remembered.get(typed);
      if (before !== undefined || remembered.has(typed)) {
        known += 1;
        return before;
      }
      const kept = copyOf(typed);
      const value = parse(kept);
      if (remembered.size === REMEMBERED_MAX) {
        if (known < REMEMBERED_MAX) forgetful = FORGETFUL_CELLS;
        known = 0;
        remembered.clear();
      }
      remembered.set(kept, value);
      return value;
    },
  };
}

/** A cell is a piece of the text that was read: remembered as it is, it would hold all of that. */
const copyOf = (cell: string) => ` ${cell}`.slice(1);

/** A long number as a spreadsheet shows it: 1.23457E+12. */
const SHORTENED = /^(?:\d(?:[.,]\d+)?)?E\+\d+$/i;

/** What is wrong with a cell that a column does not take. */
export function faultOf({ fault }: Pick<Kind<unknown>, "fault">, cell: string, isNumber: boolean): RejectCode {
  if (!isNumber && SHORTENED.test(cell)) return "lost_digits";
  return fault === "bad_number" && isNumber ? "lost_zeros" : fault;
}

/** A number of an account, a decision or a unit, in whatever form. */
export const numberText = (most: number): Kind<string> => {
  const { parse, fault } = text(most);
  return { parse: (typed) => (SHORTENED.test(typed) ? undefined : parse(typed)), fault };
};

export const text = (most: number): Kind<string> =>
  by((typed) => (typed.length <= most ? typed.normalize("NFC").replace(/\s+/gu, " ") : undefined), "too_long");

/** Letters, spaces, apostrophes, dots and hyphens, in any of Viet Nam's scripts of names. */
export const personName: Kind<string> = by((typed) => {
  const name = tidyTyped(typed);
  const isName = name.length <= 255 && /^[\p{L}\p{M}][\p{L}\p{M} .'’-]*$/u.test(name);
  return isName && !isOldFont(name) ? name : undefined;
}, "bad_name");

/** dd/MM/yyyy or yyyy-MM-dd → ISO. */
export const day: Kind<string> = { ...by(isoDay, "bad_date"), isDay: true };

const anyMonth: Kind<string> = by((typed) => {
  const local = /^(\d{1,2})[/-](\d{4})$/.exec(typed);
  const iso = /^(\d{4})-(\d{2})$/.exec(typed);
  if (local) return first(Number(local[2]), Number(local[1]));
  if (iso) return first(Number(iso[1]), Number(iso[2]));
  const exact = isoDay(typed);
  return exact && `${exact.slice(0, 8)}01`;
}, "bad_date");

/** The first of a month as programs write it that put the month first, or a day of January: nobody can say. */
const EITHER_MONTH = /^(?:0?[2-9]|1[0-2])[/-]0?1[/-]/;

/** MM/yyyy, yyyy-MM, or a day of the month → ISO of its first. */
export const month: Kind<string> = {
  parse: (typed, isNumber) => (!isNumber && EITHER_MONTH.test(typed) ? undefined : anyMonth.parse(typed)),
  fault: "bad_date",
};

export interface Birth {
  on: string;
  precision: "day" | "month" | "year";
}

const anyBirth: Kind<Birth> = by((typed) => {
  const year = /^(?:00?[/-]00?[/-])?(\d{4})$/.exec(typed)?.[1];
  if (year) return known(first(Number(year), 1), "year");
  const local = /^(?:00?[/-])?(\d{1,2})[/-](\d{4})$/.exec(typed);
  if (local) return known(first(Number(local[2]), Number(local[1])), "month");
  const iso = /^(\d{4})-(\d{2})$/.exec(typed);
  if (iso) return known(first(Number(iso[1]), Number(iso[2])), "month");
  return known(isoDay(typed), "day");
}, "bad_date");
/** A birth date may be known to the year or month only; unknown parts may be 00. */
export const birth: Kind<Birth> = { ...anyBirth, isDay: true };

export const sex: Kind<number> = oneOf<number>({
  ...{ "1": 1, nam: 1, male: 1, m: 1 },
  ...{ "2": 2, nu: 2, nữ: 2, female: 2, f: 2 },
  ...{ "3": 3, khac: 3, khác: 3, undetermined: 3 },
});

const exactAmount: Kind<string> = by(showExactly, "bad_amount");
const writtenAmount: Kind<string> = by(
  (typed) => showExactly(/^\d{1,3}(\.\d{3})+$/.test(typed) ? typed.replaceAll(".", "") : typed),
  "bad_amount",
);

/** 14500000, 14.500.000 or 14500000.50 → exact decimal text. */
export const amount: Kind<string> = {
  parse: (typed, isNumber) => (isNumber ? exactAmount : writtenAmount).parse(typed),
  fault: "bad_amount",
};

/** A salary of at most 100 is a coefficient (D02-LT). */
export const COEFFICIENT_MAX = 100;
/** What a text is that may be thousands of đồng, or the decimals of a coefficient. */
export type Salary = string | { vnd: string | undefined; coefficient: string | undefined };

/** An amount or a coefficient. */
export const salary: Kind<Salary> = {
  parse(typed, isNumber) {
    const isEither = !isNumber && /^\d{1,3}\.\d{3}$/.test(typed) && Number(typed) <= COEFFICIENT_MAX;
    if (!isEither) return amount.parse(typed, isNumber);
    return { vnd: writtenAmount.parse(typed), coefficient: exactAmount.parse(typed) };
  },
  fault: "bad_amount",
};

export const percent: Kind<string> = by((typed) => {
  const value = parseScaled(typed.replace(/%$/, "").trimEnd().replace(",", "."), HUNDREDTHS);
  return value === undefined || value > 10_000n ? undefined : showScaled(value, HUNDREDTHS);
}, "bad_amount");

export const insuranceNumber: Kind<string> = by(parseInsuranceNumber, "bad_number");
export const personalId: Kind<string> = by(parsePersonalId, "bad_number");
/** Since 01/08/2025 the personal number may stand where the insurance number did. */
export const insuredNumber: Kind<string> = by(
  (typed) => parseInsuranceNumber(typed) ?? parsePersonalId(typed),
  "bad_number",
);
/** Of a person who is known: the number of now, or the CMND of before. */
export const paperNumber: Kind<string> = by(
  (typed) => parsePersonalId(typed) ?? parseIdNumber("cmnd", typed),
  "bad_number",
);
export const cmnd: Kind<string> = by((typed) => parseIdNumber("cmnd", typed), "bad_number");
export const passport: Kind<string> = by((typed) => parseIdNumber("passport", typed), "bad_number");
export const cardNumber: Kind<{ form: CardForm; number: string }> = by(readCardNumber, "bad_number");
export const facilityCode: Kind<string> = by(parseFacilityCode, "bad_code");
export const phone: Kind<string> = by(parsePhone, "bad_number");
export const email: Kind<string> = by(parseEmail);

export const code = (shape: RegExp): Kind<string> =>
  by((typed) => (shape.test(typed.toUpperCase()) ? typed.toUpperCase() : undefined), "bad_code");

/** Words as people write them → the value that is kept. */
export function oneOf<T>(meanings: Record<string, T>): Kind<T> {
  return by((typed) => meanings[typed.normalize("NFC").toLowerCase()], "bad_code");
}

function showExactly(typed: string): string | undefined {
  const value = parseScaled(typed, HUNDREDTHS);
  return value === undefined ? undefined : showScaled(value, HUNDREDTHS);
}

function isoDay(typed: string): string | undefined {
  const local = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$/.exec(typed);
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(typed);
  const [year, month, day] = local ? [local[3], local[2], local[1]] : iso ? iso.slice(1) : [];
  if (!year || Number(year) < 1880) return undefined;
  return dayFromParts(Number(year), Number(month), Number(day))?.toString();
}

function first(year: number, month: number): string | undefined {
  return year < 1880 ? undefined : dayFromParts(year, month, 1)?.toString();
}

function known(on: string | undefined, precision: Birth["precision"]): Birth | undefined {
  return on === undefined ? undefined : { on, precision };
}
