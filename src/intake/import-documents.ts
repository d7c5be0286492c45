/**
 * Benefit documents (HSCHUNGTU, TT 25/2025/TT-BYT) into the record: found by number, name and year of birth like a
 * claim, one transaction a file, the same paper again changes nothing.
 */
import type { House } from "../db/house.ts";
import { dayOf } from "../kernel/calendar.ts";
import { SensitiveMarks } from "../sensitive/rules.ts";
import { marksOn } from "../sensitive/store.ts";
import { checkFile } from "./check-file.ts";
import { copyLine } from "./copy-text.ts";
import { type BenefitDocument, type ReadDocument, readDocuments } from "./document.ts";
import { DOCUMENT_ENVELOPE, EnvelopeReader, type RawRecord } from "./envelope.ts";
import { type ImportOptions, type ImportResult, importFile, type Run } from "./import-file.ts";
import { FileRefused } from "./refusal.ts";
import { type Holder, keyOf, matchPerson } from "./rules-match.ts";
import { signatureOf } from "./signature-of-file.ts";
import { readSource, type Source } from "./source.ts";
import { bump, findPersonsByKeys } from "./store-claims.ts";
import { dropEarlierHolders, dropPapersOfOthers, withdrawPapersFromOthers } from "./store-papers.ts";
import * as store from "./store-rows.ts";

export async function importDocuments(
  house: House,
  source: Source,
  options: ImportOptions & { onlyFacility?: string } = {},
): Promise<ImportResult> {
  return importFile(house, "documents", source, options, (run) => takeDocuments(run, options.onlyFacility));
}

async function takeDocuments(run: Run, onlyFacility: string | undefined): Promise<void> {
  const { tx, counts } = run;
  await store.createIntake(tx, store.documentTarget);
  const marks = new SensitiveMarks(await marksOn(tx, dayOf(run.at).toString()));
  const cutter = new EnvelopeReader(DOCUMENT_ENVELOPE);
  for await (const chunk of readSource(run.source)) {
    run.progress(chunk.length);
    const records = cutter.push(chunk);
    const isOthers = cutter.facilityCode !== onlyFacility && records.length > 0;
    if (onlyFacility && isOthers) throw new FileRefused("other_facility_file");
    await takeRecords(run, records, { sender: cutter.facilityCode, marks });
  }
  const { facilityCode, declaredCount, records, hasSignature } = cutter.end();
  run.facilityCode = facilityCode || null;
  const check = (file: Uint8Array) => checkFile(file, "documents");
  run.signature = hasSignature ? await signatureOf(run.house, run.source, check) : { state: "none" };
  if (declaredCount !== undefined && declaredCount !== records) run.declaredCount = declaredCount;
  // Earlier holders first: the row that took a paper from somebody may itself come again.
  const passedOn = await dropEarlierHolders(tx);
  for (const record of [...passedOn, ...(await store.dropRepeatedRows(tx, store.documentTarget))]) {
    await run.reject({ record, line: undefined, field: "SO_SERI", code: "repeated_row" });
  }
  const overtaken = run.isOlder
    ? [
        ...(await store.dropOvertaken(tx, store.documentTarget, run.fileId)),
        ...(await dropPapersOfOthers(tx, run.fileId)),
      ]
    : [];
  for (const record of overtaken) {
    await run.reject({ record, line: undefined, field: "SO_SERI", code: "overtaken" });
  }
  await bump(tx, await withdrawPapersFromOthers(tx, run.fileId));
  const { staged, written } = await store.mergeRows(tx, store.documentTarget);
  counts.taken = written;
  counts.unchanged = staged - written;
}

async function takeRecords(
  run: Run,
  records: readonly RawRecord[],
  { sender, marks }: { sender: string; marks: SensitiveMarks },
): Promise<void> {
  const lines: string[] = [];
  for (const { no, line, bytes, isTooLarge } of records) {
    const reading = isTooLarge ? undefined : readDocuments(bytes, sender, marks);
    if (!reading) {
      await run.reject({ record: no, line, field: "HOSO", code: "record_too_large" });
    } else if (!reading.ok) {
      await run.reject({ record: no, line, field: reading.faults.field, code: reading.faults.code });
    } else {
      lines.push(...(await linesOf(run, reading.value, { no, line })));
    }
  }
  if (lines.length > 0) await store.copyRows(run.client, store.documentTarget, Buffer.from(lines.join("")));
}

interface Held {
  personId: string;
  document: BenefitDocument;
  line: string;
}

/** As in the register: the same number of one person, or of the same days. */
function isSamePaper(a: Held, b: Held): boolean {
  const [one, other] = [a.document, b.document];
  const isOfSameDays =
    (one.issuedOn !== null && one.issuedOn === other.issuedOn) || (one.fromOn !== null && one.fromOn === other.fromOn);
  return a.personId === b.personId || isOfSameDays;
}

/** Of a record: a paper that stands in it more than once is the last of them, also where that names somebody else. */
async function linesOf(
  run: Run,
  read: readonly ReadDocument[],
  { no, line }: { no: number; line: number },
): Promise<string[]> {
  const last = new Map<string, Held[]>();
  for (const { document, person } of read) {
    const known = new Map<string, Holder>();
    for (const found of await findPersonsByKeys(run.tx, person.keys)) known.set(keyOf(found), found);
    const match = matchPerson({ ...person, keys: person.keys.map(keyOf) }, known);
    if (!match.ok) {
      await run.reject({ record: no, line, field: document.kind, code: match.faults });
      continue;
    }
    const copied = copyLine([match.value, run.fileId, no, document.documentId, ...contentOf(document)]);
    const held = { personId: match.value, document, line: copied };
    const before = last.get(document.documentId) ?? [];
    const others = before.filter((one) => !isSamePaper(one, held));
    if (others.length < before.length) {
      await run.reject({ record: no, line, field: document.kind, code: "repeated_row" });
    }
    last.set(document.documentId, [...others, held]);
  }
  return [...last.values()].flat().map((one) => one.line);
}

function contentOf(document: BenefitDocument) {
  return [
    ...[document.kind, document.facilityCode, document.serial, document.issuedOn, document.fromOn, document.toOn],
    ...[document.diagnosis, document.diseaseCode, document.unitName, document.fields],
    ...[document.isSensitive ? "t" : "f", `\\x${document.rawSha256}`],
  ];
}
