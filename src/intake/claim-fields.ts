/** Values of a row by field name, in either layout, with the faults that make a record unusable. */
import type { Reject } from "./dossier.ts";
import { HUNDREDTHS, readScaled, THOUSANDTHS } from "./rules-decimal.ts";
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

/** How one field of a table is read, in either layout: under its name of now, or under that of 4210 where the row has it. */
export class Field {
  /** XML2.DON_GIA */
  readonly label: string;
  readonly #place: number;
  readonly #old: number;

  constructor(table: Table, current: string, old: string) {
    this.label = `${table.name}.${current}`;
    this.#place = table.place(current);
    this.#old = table.place(old);
  }

  text(row: Row): string {
    const value = row[this.#place] ?? row[this.#old];
    return value === undefined ? "" : trimmed(value);
  }

  required(row: Row): string {
    const value = this.text(row);
    if (value === "") throw new Unfit("missing_field", this.label);
    return value;
  }

  /** Exact hundredths; nothing written counts as zero. */
  amount(row: Row): number {
    return this.#scaled(row, HUNDREDTHS, "bad_amount");
  }

  /** Exact thousandths: quantities and unit prices. */
  fine(row: Row): number {
    return this.#scaled(row, THOUSANDTHS, "bad_quantity");
  }

  #scaled(row: Row, places: 2 | 3, code: RejectCode): number {
    const text = this.text(row);
    if (text === "") return 0;
    const value = readScaled(text, places);
    if (Number.isNaN(value)) throw new Unfit(code, this.label);
    return value;
  }
}

type Named<N extends string> = N | readonly [name: N, old: string];

/** Fields of one table by their names of now. */
export function fieldsOf<const N extends string>(name: TableName, fields: readonly Named<N>[]): Record<N, Field> {
  const table = tables[name];
  const entries = fields.map((field): [string, Field] => {
    const [current, old] = typeof field === "string" ? [field, field] : field;
    return [current, new Field(table, current, old)];
  });
  return Object.fromEntries(entries) as Record<N, Field>;
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
