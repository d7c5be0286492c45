/** Many HOSO at once → lines for COPY, heads to match persons by, rejects. Runs in a worker thread or inline. */

import { readClaim, type Sender, type Visit } from "./claim.ts";
import type { ClaimPerson } from "./claim-person.ts";
import type { Rest } from "./claim-rest.ts";
import type { CodeBook } from "./code-book.ts";
import { copyField } from "./copy-text.ts";
import type { Reject } from "./dossier.ts";
import { HUNDREDTHS, showScaled } from "./rules-decimal.ts";

/** Records that lie one behind the other in the file. */
export interface BatchTask {
  bytes: Uint8Array;
  /** Where each record begins and ends in `bytes`. */
  spans: { no: number; line: number; start: number; end: number }[];
  sender: Sender;
}

export interface VisitHead extends ClaimPerson {
  no: number;
  line: number;
  visitId: string;
  flagCount: number;
  rest: Rest | undefined;
  /** Where the visit's line ends in `text`. */
  end: number;
}

export interface BatchAnswer {
  /** Lines for COPY, without the columns that only the importer knows. */
  text: Uint8Array;
  heads: VisitHead[];
  recalls: { no: number; visitId: string }[];
  rejects: (Reject & { no: number; recordLine: number })[];
}

/** Columns of a line, after those of the importer (store-claims.ts). */
export const LINE_COLUMNS = [
  "visit_id", "facility_code", "episode_key", "admitted_at", "discharged_at", "care_type", "entitlement_code",
  "card_number", "main_code", "other_codes", "diagnosis", "outcome", "discharge_kind", "total", "in_scope",
  "fund_paid", "co_paid", "self_paid", "other_paid", "declared", "items_version", "items", "results", "notes",
  "flags", "is_sensitive", "spec", "raw_sha256", "rest_sha256",
] as const; // biome-ignore format: a table

export function readBatch(task: BatchTask, codes: CodeBook): BatchAnswer {
  const bytes = Buffer.from(task.bytes.buffer, task.bytes.byteOffset, task.bytes.length);
  const answer: BatchAnswer = { text: new Uint8Array(), heads: [], recalls: [], rejects: [] };
  const lines: string[] = [];
  for (const { no, line, start, end } of task.spans) {
    const reading = readClaim(bytes.subarray(start, end), task.sender, codes);
    if (!reading.ok) {
      answer.rejects.push({ ...reading.faults, no, recordLine: line });
    } else if (reading.value.kind === "recall") {
      answer.recalls.push({ no, visitId: reading.value.visitId });
    } else {
      const { visit, person } = reading.value;
      lines.push(lineOf(visit));
      const { visitId, flagCount, rest } = visit;
      answer.heads.push({ ...person, no, line, visitId, flagCount, rest, end: 0 });
    }
  }
  answer.text = joinLines(lines, answer.heads);
  return answer;
}

function joinLines(lines: readonly string[], heads: VisitHead[]): Uint8Array {
  const text = Buffer.allocUnsafeSlow(lines.reduce((sum, line) => sum + line.length * 3, 0));
  let at = 0;
  lines.forEach((line, nth) => {
    at += text.write(line, at);
    const head = heads[nth];
    if (head) head.end = at;
  });
  return text.subarray(0, at);
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
    copyField(visit.declared),
    visit.itemsVersion,
    copyField(visit.items),
    copyField(visit.results),
    copyField(visit.notes),
    copyField(visit.flags),
    visit.isSensitive ? "t" : "f",
    visit.spec,
    `\\\\x${visit.rawSha256}`,
    visit.rest ? `\\\\x${visit.rest.sha256}` : "\\N",
  ].join("\t")}\n`;
}

const orNull = (text: string) => copyField(text === "" ? null : text);
