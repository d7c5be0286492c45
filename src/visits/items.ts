/**
 * The layout of a visit's cost lines: compact positional JSON text, written once by the import and
 * concatenated into answers unparsed. A new layout takes a new number; old rows keep theirs.
 */
export const ITEMS_VERSION = 1;

/** Short codes of kinds: they are repeated on every line of 200 million visits a year. */
export const ITEM_KINDS = { D: "drug", S: "service", M: "supply", T: "transport" } as const;
export type ItemKindCode = keyof typeof ITEM_KINDS;
export type ItemKind = (typeof ITEM_KINDS)[ItemKindCode];

/**
 * Names of the positions, in order. Amounts, quantity, price and rate are exact decimals as JSON
 * strings without idle zeros ("3500.5", "20", "0"): no reader can round them by parsing.
 */
export const ITEM_FIELDS = [
  "line",
  "kind",
  "group",
  "code",
  "name",
  "unit",
  "qty",
  "price",
  "rate",
  "total",
  "fund",
  "co",
  "self",
  "other",
] as const;

export interface Item {
  /** STT within its table of the claim, as text. */
  line: string;
  kind: ItemKind;
  /** MA_NHOM, the cost group. */
  group: string;
  code: string;
  name: string;
  unit: string;
  /** Up to three decimals. */
  qty: string;
  /** Hospital price of one unit (DON_GIA_BV, or DON_GIA), up to three decimals. */
  price: string;
  /** TYLE_TT_BH in percent. */
  rate: string;
  /** THANH_TIEN_BV; total = fund + co + self + other, to one đồng. */
  total: string;
  /** T_BHTT: the health-insurance fund pays. */
  fund: string;
  /** T_BNCCT: the patient's share within scope. */
  co: string;
  /** T_BNTT: the patient pays, outside scope. */
  self: string;
  /** T_NGUONKHAC. */
  other: string;
}

export type PackedItem = [
  line: string,
  kind: ItemKindCode,
  group: string,
  code: string,
  name: string,
  unit: string,
  qty: string,
  price: string,
  rate: string,
  total: string,
  fund: string,
  co: string,
  self: string,
  other: string,
];

/** The lines of a visit → text for the column `visit.items`. */
export const writeItems = (items: readonly PackedItem[]): string => writeRows(items);

/** What JSON.stringify writes of them, which takes three times as long for short texts. */
export function writeRows(rows: readonly (readonly string[])[]): string {
  let text = "";
  for (const row of rows) {
    let parts = "";
    for (const part of row) parts += parts === "" ? quoted(part) : `,${quoted(part)}`;
    text += text === "" ? `[${parts}]` : `,[${parts}]`;
  }
  return `[${text}]`;
}

const BLANK = 32;
const QUOTE = 34;
const BACKSLASH = 92;
const SURROGATE_FROM = 0xd800;

function quoted(text: string): string {
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (sign < BLANK || sign === QUOTE || sign === BACKSLASH || sign >= SURROGATE_FROM) return JSON.stringify(text);
  }
  return `"${text}"`;
}

/** Text of `visit.items` → lines. Throws when it is of another layout or not well formed. */
export function readItems(text: string, version: number = ITEMS_VERSION): Item[] {
  if (version !== ITEMS_VERSION) throw new RangeError(`items of layout ${version}`);
  const rows: unknown = JSON.parse(text);
  if (!Array.isArray(rows)) throw new RangeError("items are not a list");
  return rows.map(unpack);
}

function unpack(row: unknown): Item {
  if (!Array.isArray(row) || row.length !== ITEM_FIELDS.length || !row.every((part) => typeof part === "string")) {
    throw new RangeError("a cost line has another layout");
  }
  const [line, kind, group, code, name, unit, qty, price, rate, total, fund, co, self, other] = row as PackedItem;
  if (!(kind in ITEM_KINDS)) throw new RangeError("a cost line has an unknown kind");
  return {
    line,
    kind: ITEM_KINDS[kind],
    group,
    code,
    name,
    unit,
    qty,
    price,
    rate,
    total,
    fund,
    co,
    self,
    other,
  };
}

/** One laboratory or imaging result (XML4), positional in `visit.results`. */
export const RESULT_FIELDS = ["service", "code", "name", "value", "unit", "description", "conclusion", "at"] as const;
export type Result = Record<(typeof RESULT_FIELDS)[number], string>;

/** One note on the course of treatment (XML5), positional in `visit.notes`. */
export const NOTE_FIELDS = ["at", "text", "stage"] as const;
export type Note = Record<(typeof NOTE_FIELDS)[number], string>;

export const readResults = (text: string): Result[] => readRows(text, RESULT_FIELDS);
export const readNotes = (text: string): Note[] => readRows(text, NOTE_FIELDS);

function readRows<F extends string>(text: string, fields: readonly F[]): Record<F, string>[] {
  const rows: unknown = JSON.parse(text);
  if (!Array.isArray(rows)) throw new RangeError("not a list");
  return rows.map((row: unknown) => {
    const parts: unknown[] = Array.isArray(row) ? row : [];
    return Object.fromEntries(fields.map((field, at) => [field, String(parts[at] ?? "")])) as Record<F, string>;
  });
}

/** XML1 totals as the file declared them, in `visit.declared`; never repaired. */
export interface Declared {
  total?: string;
  inScope?: string;
  fund?: string;
  co?: string;
  self?: string;
  other?: string;
}

/** What an import found not to fit, in `visit.flags`: [["sum_total"],["unknown_code","group"],…]. */
export type Flag = [kind: FlagKind, ...details: string[]];

export const FLAG_KINDS = [
  "sum_total",
  "sum_fund",
  "sum_co",
  "sum_self",
  "sum_other",
  "line_sum",
  "date_order",
  "unknown_code",
] as const;
export type FlagKind = (typeof FLAG_KINDS)[number];

export function readFlags(text: string): { kind: string; details: string[] }[] {
  const rows: unknown = JSON.parse(text);
  if (!Array.isArray(rows)) return [];
  return rows.map((row: unknown) => {
    const [kind, ...details] = (Array.isArray(row) ? row : [row]).map(String);
    return { kind: kind ?? "", details };
  });
}
