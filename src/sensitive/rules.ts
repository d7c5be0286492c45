/**
 * What makes a visit or a paper private: shown only after a tap, and kept from guardians of older children (NĐ 356/2025
 * art. 4). Pure; the list is the operator's.
 */
import { plainDate } from "../kernel/calendar.ts";
import { bad, type Fault, good, type Outcome } from "../kernel/outcome.ts";

export const MARK_KINDS = ["icd", "drug", "entitlement", "accident", "table"] as const;
export type MarkKind = (typeof MARK_KINDS)[number];

/** What a visit that stands already still says of itself; accident and diagnosis of a line stand in its file alone. */
const ADDABLE = ["icd", "drug", "entitlement"] as const satisfies readonly MarkKind[];
type AddableKind = (typeof ADDABLE)[number];

export interface Mark {
  kind: MarkKind;
  from: string;
  /** Last code of the range. */
  to: string;
}

const ANSWERS_MAX = 20_000;
const NOTHING = /(?!)/;

/** Marks in force; one for each thread that reads claims. */
export class SensitiveMarks {
  readonly #marks: readonly Mark[];
  readonly #diseases: readonly Mark[];
  readonly #drugs: RegExp;
  readonly #answers = new Map<string, boolean>();

  constructor(marks: readonly Mark[]) {
    this.#marks = marks;
    this.#diseases = marks.filter(({ kind }) => kind === "icd");
    const names = marks.filter(({ kind }) => kind === "drug").map(({ from }) => literally(from));
    this.#drugs = names.length > 0 ? new RegExp(names.join("|"), "i") : NOTHING;
  }

  /** Is one of these ICD-10 codes (split by `;`) in the list? */
  hasDisease(codes: string): boolean {
    const known = this.#answers.get(codes);
    if (known !== undefined) return known;
    const answer = codes.split(/[;,]/).some((code) => this.#isListed(code.trim().toUpperCase()));
    if (this.#answers.size < ANSWERS_MAX) this.#answers.set(codes, answer);
    return answer;
  }

  isDrug(name: string): boolean {
    return this.#drugs.test(name);
  }

  /** Entitlement, accident kind or table that is private by itself. */
  isMarked(kind: "entitlement" | "accident" | "table", value: string): boolean {
    return value !== "" && this.#marks.some((mark) => mark.kind === kind && mark.from <= value && value <= mark.to);
  }

  /** "F32.1" lies in F00–F99, "O98.7" in O98.7–O98.7, "O98.6" does not. */
  #isListed(code: string): boolean {
    return this.#diseases.some(({ from, to }) => from <= code && code.slice(0, to.length) <= to);
  }
}

const literally = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");

export interface MarkAsked {
  kind: string;
  from: string;
  to: string | undefined;
  /** ISO day. */
  day: string;
}

const SHAPES: Readonly<Record<AddableKind, RegExp>> = {
  icd: /^[A-Z]\d{2}(\.\d{1,2})?$/,
  drug: /^[\p{L}\p{N}][\p{L}\p{N} ()+/.-]{2,99}$/u,
  entitlement: /^\d{1,2}(\.\d{1,2})?$/,
};

/** A mark as an operator types it: codes in capitals, drugs in small letters, no "to" meaning this one alone. */
export function parseMark(asked: MarkAsked): Outcome<Mark & { kind: AddableKind; day: string }, Fault[]> {
  const kind = ADDABLE.find((one) => one === asked.kind);
  if (!kind) return bad([{ field: "kind", key: "mark_kind" }]);
  const tidy = (text: string) => {
    const plain = text.normalize("NFC").trim();
    return kind === "drug" ? plain.toLowerCase() : plain.toUpperCase();
  };
  const from = tidy(asked.from);
  const to = tidy(asked.to ?? asked.from);
  const day = parseDay(asked.day);
  const faults: Fault[] = [];
  if (!SHAPES[kind].test(from)) faults.push({ field: "from", key: "mark_code" });
  if (!SHAPES[kind].test(to) || to < from || (kind === "drug" && to !== from))
    faults.push({ field: "to", key: "mark_code" });
  if (!day) faults.push({ field: "day", key: "mark_day" });
  return day && faults.length === 0 ? good({ kind, from, to, day }) : bad(faults);
}

export function parseDay(text: string): string | undefined {
  try {
    return plainDate(text).toString();
  } catch {
    return undefined;
  }
}
