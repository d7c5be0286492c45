import { formatBirth, type Lang, plainDate } from "../kernel/calendar.ts";
import { compareNames, type Difference } from "../kernel/names.ts";
import { groupNumber } from "../kernel/numbers.ts";

/** Two records side by side: label, left, right, kind of difference. Pure. */
export interface RecordSide {
  fullName: string;
  birthOn: string;
  birthPrecision: "day" | "month" | "year";
  sex: 1 | 2 | 3;
  nationality: string;
  diedOn: string | null;
  numbers: readonly { kind: string; number: string; validTo: string | null }[];
  phones: readonly string[];
}

const PAIR_FIELDS = ["name", "birth", "sex", "bhxh", "personal_id", "cmnd", "passport", "phone", "died"] as const;
export type PairField = (typeof PAIR_FIELDS)[number];

export interface PairRow {
  field: PairField;
  /** Ready to be read; several numbers of one kind stand beside each other. */
  left: readonly string[];
  right: readonly string[];
  difference: Difference;
}

const DEGREES: readonly Difference[] = [
  "equal",
  "tone_placement",
  "case_or_space",
  "missing_one_side",
  "missing_marks",
  "real",
];

/** Differences first and the gravest on top; what neither record says is left out. */
export function comparePair(left: RecordSide, right: RecordSide, lang: Lang): PairRow[] {
  return PAIR_FIELDS.map((field): PairRow => {
    const [a, b] = [valuesOf(left, field, lang), valuesOf(right, field, lang)];
    return { field, left: a, right: b, difference: differenceOf(field, left, right, a, b) };
  })
    .filter((row) => row.left.length > 0 || row.right.length > 0)
    .sort((a, b) => DEGREES.indexOf(b.difference) - DEGREES.indexOf(a.difference));
}

function valuesOf(side: RecordSide, field: PairField, lang: Lang): string[] {
  switch (field) {
    case "name":
      return [side.fullName];
    case "birth":
      return [formatBirth(plainDate(side.birthOn), side.birthPrecision, lang)];
    case "sex":
      return side.sex === 3 ? [] : [String(side.sex)];
    case "phone":
      return [...side.phones];
    case "died":
      return side.diedOn ? [formatBirth(plainDate(side.diedOn), "day", lang)] : [];
    default:
      return side.numbers.filter(({ kind }) => kind === field).map(({ number }) => groupNumber(number));
  }
}

function differenceOf(
  field: PairField,
  left: RecordSide,
  right: RecordSide,
  a: readonly string[],
  b: readonly string[],
): Difference {
  if (field === "name") return compareNames(left.fullName, right.fullName);
  if (field === "birth") return compareBirths(left, right);
  if ((a.length === 0) !== (b.length === 0)) return "missing_one_side";
  return a.some((value) => b.includes(value)) || a.length === 0 ? "equal" : "real";
}

/** Where one record knows less, the known parts must agree; then something is missing, not wrong. */
function compareBirths(left: RecordSide, right: RecordSide): Difference {
  const [a, b] = [plainDate(left.birthOn), plainDate(right.birthOn)];
  if (a.year !== b.year) return "real";
  const knowsMonths = left.birthPrecision !== "year" && right.birthPrecision !== "year";
  if (knowsMonths && a.month !== b.month) return "real";
  if (left.birthPrecision !== right.birthPrecision) return "missing_one_side";
  return left.birthPrecision === "day" && a.day !== b.day ? "real" : "equal";
}
