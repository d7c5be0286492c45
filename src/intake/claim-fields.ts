/** Values of a row by field name, in either layout, with the faults that make a record unusable. */
import type { Reject } from "./dossier.ts";
import { HUNDREDTHS, parseScaled, THOUSANDTHS } from "./rules-decimal.ts";
import type { Row } from "./scan.ts";
import { type Table, type TableName, tables } from "./spec.ts";
import type { RejectCode } from "./words.ts";

/** Thrown inside the reading of one record, and turned into its reject at the edge. */
export class Unfit extends Error {
  readonly reject: Reject;
  constructor(code: RejectCode, field: string) {
    super(code);
    this.reject = { code, field };
  }
}

/** Reads fields of one table: `new` names first, the 4210 name where the row has that one. */
export class Fields {
  readonly #table: Table;
  readonly #places = new Map<string, readonly [number, number]>();

  constructor(name: TableName, fields: readonly (string | readonly [name: string, old: string])[]) {
    this.#table = tables[name];
    for (const field of fields) {
      const [current, old] = typeof field === "string" ? [field, field] : field;
      this.#places.set(current, [this.#table.place(current), this.#table.place(old)]);
    }
  }

  text(row: Row, field: string): string {
    const [place, old] = this.#at(field);
    const value = row[place] ?? row[old];
    return value === undefined ? "" : trimmed(value);
  }

  required(row: Row, field: string): string {
    const value = this.text(row, field);
    if (value === "") throw new Unfit("missing_field", this.label(field));
    return value;
  }

  /** Exact hundredths; nothing written counts as zero. */
  amount(row: Row, field: string): bigint {
    return this.#scaled(row, field, HUNDREDTHS, "bad_amount");
  }

  /** Exact thousandths: quantities and unit prices. */
  fine(row: Row, field: string): bigint {
    return this.#scaled(row, field, THOUSANDTHS, "bad_quantity");
  }

  label(field: string): string {
    return `${this.#table.name}.${field}`;
  }

  #scaled(row: Row, field: string, places: 2 | 3, code: RejectCode): bigint {
    const text = this.text(row, field);
    if (text === "") return 0n;
    const value = parseScaled(text, places);
    if (value === undefined) throw new Unfit(code, this.label(field));
    return value;
  }

  #at(field: string): readonly [number, number] {
    const places = this.#places.get(field);
    if (!places) throw new Error(`${this.#table.name}.${field} is not read here`);
    return places;
  }
}

/** Most values have no blanks around them: then nothing is copied. */
function trimmed(value: string): string {
  const first = value.charCodeAt(0);
  const last = value.charCodeAt(value.length - 1);
  return first <= 32 || last <= 32 ? value.trim() : value;
}

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** "202611200820" → "2026-11-20 08:20"; undefined when there is no such minute. */
export function minuteOf(text: string): string | undefined {
  if (!/^\d{12}$/.test(text)) return undefined;
  const day = dayOf(text.slice(0, 8));
  const isMinute = Number(text.slice(8, 10)) < 24 && Number(text.slice(10)) < 60;
  return day && isMinute ? `${day} ${text.slice(8, 10)}:${text.slice(10)}` : undefined;
}

/** "20261120" → "2026-11-20". */
export function dayOf(text: string): string | undefined {
  if (!/^\d{8}$/.test(text)) return undefined;
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(4, 6)), Number(text.slice(6))];
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const last = month === 2 && !isLeap ? 28 : (DAYS[month - 1] ?? 0);
  if (year < 1900 || day < 1 || day > last) return undefined;
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
}
