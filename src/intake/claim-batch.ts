/** Many HOSO at once → lines for COPY, heads to match persons by, rejects. Runs in a worker thread or inline. */

import { readClaim, type Sender, type Visit } from "./claim.ts";
import type { ClaimPerson } from "./claim-person.ts";
import type { Rest } from "./claim-rest.ts";
import type { CodeBook } from "./code-book.ts";
import { copyField, copyJson } from "./copy-text.ts";
import type { Reject } from "./dossier.ts";
import { HUNDREDTHS, showScaled } from "./rules-decimal.ts";
import { keyOf, type Named } from "./rules-match.ts";

/** Records that lie one behind the other in the file. */
export interface BatchTask {
  bytes: Uint8Array;
  /** SPAN_NUMBERS a record: its number, its line, and where it begins and ends in `bytes`. */
  spans: Int32Array;
  sender: Sender;
}

const SPAN_NUMBERS = 4;

export function spansOf(records: readonly { no: number; line: number; start: number; end: number }[]): Int32Array {
  return Int32Array.from(records.flatMap(({ no, line, start, end }) => [no, line, start, end]));
}

/** What the importer must know of a visit beside its line. */
export interface VisitHead extends Named {
  no: number;
  line: number;
  visitId: string;
  flagCount: number;
  rest: Rest | undefined;
  /** Where the visit's line begins and ends in `text`. */
  start: number;
  end: number;
}

export interface BatchAnswer {
  /** Lines for COPY, without the columns that only the importer knows. */
  text: Uint8Array;
  /** Of each line. */
  heads: PackedHeads;
  recalls: { no: number; visitId: string }[];
  rejects: (Reject & { no: number; recordLine: number })[];
}

/** Heads on their way between threads: few values cost less than many. */
export interface PackedHeads {
  /** HEAD_NUMBERS a head: no, line, birthYear, flagCount, end. */
  numbers: Int32Array;
  /** A line a head: visitId, foldedName and keys, a tab between. */
  texts: string;
  /** By the place of their head. */
  rests: { at: number; rest: Rest }[];
}

const HEAD_NUMBERS = 5;
export const NO_HEADS: PackedHeads = { numbers: new Int32Array(), texts: "", rests: [] };

/** How many visits an answer holds. */
export const countOf = ({ numbers }: PackedHeads): number => numbers.length / HEAD_NUMBERS;

export function unpackHeads({ numbers, texts, rests }: PackedHeads): VisitHead[] {
  const restOf = new Map(rests.map(({ at, rest }) => [at, rest]));
  const lines = texts.split("\n");
  let start = 0;
  return Array.from({ length: numbers.length / HEAD_NUMBERS }, (_, at) => {
    const [visitId = "", foldedName = "", ...keys] = (lines[at] ?? "").split("\t");
    const from = at * HEAD_NUMBERS;
    const [no = 0, line = 0, birthYear = 0] = [numbers[from], numbers[from + 1], numbers[from + 2]];
    const [flagCount = 0, end = 0] = [numbers[from + 3], numbers[from + 4]];
    const head = { no, line, visitId, foldedName, keys, birthYear, flagCount, rest: restOf.get(at), start, end };
    start = end;
    return head;
  });
}

/** Of a sign of text, in UTF-8. */
const BYTES_A_CHARACTER = 3;

/** Columns of a line, after those of the importer (store-claims.ts). */
export const LINE_COLUMNS = [
  "visit_id", "facility_code", "episode_key", "admitted_at", "discharged_at", "care_type", "entitlement_code",
  "card_number", "main_code", "other_codes", "diagnosis", "outcome", "discharge_kind", "total", "in_scope",
  "fund_paid", "co_paid", "self_paid", "other_paid", "declared", "items_version", "items", "results", "notes",
  "flags", "is_sensitive", "spec", "raw_sha256", "rest_sha256",
] as const; // biome-ignore format: a table

export function readBatch(task: BatchTask, codes: CodeBook): BatchAnswer {
  const bytes = Buffer.from(task.bytes.buffer, task.bytes.byteOffset, task.bytes.length);
  const answer: BatchAnswer = { text: new Uint8Array(), heads: NO_HEADS, recalls: [], rejects: [] };
  const packing = new Packing();
  for (let at = 0; at < task.spans.length; at += SPAN_NUMBERS) {
    const [no = 0, line = 0, start = 0, end = 0] = task.spans.subarray(at, at + SPAN_NUMBERS);
    const reading = readClaim(bytes.subarray(start, end), task.sender, codes);
    if (!reading.ok) {
      answer.rejects.push({ ...reading.faults, no, recordLine: line });
    } else if (reading.value.kind === "recall") {
      answer.recalls.push({ no, visitId: reading.value.visitId });
    } else {
      packing.add(no, line, reading.value.visit, reading.value.person);
    }
  }
  return { ...answer, ...packing.end() };
}

const SCRATCH_BYTES_MAX = 4 * 1024 * 1024;
/** Where the lines of a usual batch are written before their length is known; a thread reads one at a time. */
let scratch = Buffer.alloc(0);

function roomFor(bytes: number): Buffer {
  if (bytes > scratch.length) scratch = Buffer.allocUnsafeSlow(bytes);
  return scratch;
}

class Packing {
  readonly #lines: string[] = [];
  readonly #numbers: number[] = [];
  readonly #texts: string[] = [];
  readonly #rests: PackedHeads["rests"] = [];
  #characters = 0;

  add(no: number, line: number, visit: Visit, { keys, foldedName, birthYear }: ClaimPerson): void {
    const text = lineOf(visit);
    this.#characters += text.length;
    if (visit.rest) this.#rests.push({ at: this.#lines.length, rest: visit.rest });
    this.#lines.push(text);
    this.#numbers.push(no, line, birthYear, visit.flagCount, 0);
    this.#texts.push([visit.visitId, foldedName, ...keys.map(keyOf)].join("\t"));
  }

  end(): Pick<BatchAnswer, "text" | "heads"> {
    const numbers = Int32Array.from(this.#numbers);
    const text = this.#written((nth, end) => {
      numbers[nth * HEAD_NUMBERS + HEAD_NUMBERS - 1] = end;
    });
    return { text, heads: { numbers, texts: this.#texts.join("\n"), rests: this.#rests } };
  }

  /** As long as it is: what might be three times that would travel and be held until the database has it. */
  #written(onLine: (nth: number, end: number) => void): Buffer {
    const most = this.#characters * BYTES_A_CHARACTER;
    const isUsual = most <= SCRATCH_BYTES_MAX;
    // Measuring takes time, and room for the largest claims takes more memory than all else of them.
    const room = isUsual ? roomFor(most) : Buffer.allocUnsafeSlow(this.#bytes());
    let at = 0;
    this.#lines.forEach((line, nth) => {
      at += room.write(line, at);
      onLine(nth, at);
    });
    if (!isUsual) return room;
    const text = Buffer.allocUnsafeSlow(at);
    room.copy(text, 0, 0, at);
    return text;
  }

  #bytes(): number {
    return this.#lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0);
  }
}

function lineOf(visit: Visit): string {
  const { sums } = visit;
  return `${[
    visit.visitId,
    visit.facilityCode,
    copyField(visit.episodeKey),
    visit.admittedAt,
    visit.dischargedAt,
    visit.careType,
    orNull(visit.entitlementCode),
    orNull(visit.cardNumber),
    copyField(visit.mainCode),
    orNull(visit.otherCodes),
    copyField(visit.diagnosis),
    orNull(visit.outcome),
    orNull(visit.dischargeKind),
    showScaled(sums.total, HUNDREDTHS),
    showScaled(sums.inScope, HUNDREDTHS),
    showScaled(sums.fund, HUNDREDTHS),
    showScaled(sums.co, HUNDREDTHS),
    showScaled(sums.self, HUNDREDTHS),
    showScaled(sums.other, HUNDREDTHS),
    copyJson(visit.declared),
    visit.itemsVersion,
    copyJson(visit.items),
    copyJson(visit.results),
    copyJson(visit.notes),
    copyJson(visit.flags),
    visit.isSensitive ? "t" : "f",
    visit.spec,
    `\\\\x${visit.rawSha256}`,
    visit.rest ? `\\\\x${visit.rest.sha256}` : "\\N",
  ].join("\t")}\n`;
}

const orNull = (text: string) => copyField(text === "" ? null : text);
