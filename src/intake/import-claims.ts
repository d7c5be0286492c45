/**
 * Claim files → visits. Records are cut out of the stream, read by other threads, matched to persons by
 * number, name and year, copied into staging and merged: one transaction a file, memory flat.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import type { Db, House } from "../db/house.ts";
import { projectRoot } from "../db/root.ts";
import { dayOf } from "../kernel/calendar.ts";
import { marksOn } from "../sensitive/store.ts";
import { type BatchAnswer, LINE_COLUMNS, unpackHeads, type VisitHead } from "./claim-batch.ts";
import { type ClaimReaders, inlineReader, threadedReaders } from "./claim-readers.ts";
import type { CodeLists } from "./code-book.ts";
import { type ImportOptions, type ImportResult, prepareImport, type Run } from "./import-file.ts";
import { keepRejects, type Unmatched } from "./keep-rejects.ts";
import { type ClaimReading, startReading } from "./read-envelope.ts";
import type { CodeEntry } from "./rules-code-book.ts";
import { type Holder, keyFrom, keyOf, matchPerson, type PersonsByKey } from "./rules-match.ts";
import { type Signature, signatureOf } from "./signature-of-file.ts";
import { type Source, sizeOf } from "./source.ts";
import * as store from "./store-claims.ts";
import { readCodeLists } from "./store-files.ts";
import { forgetKept, hasKept } from "./store-kept.ts";
import { createRestIntake, dropRestOfStaged, gatherRest, mergeRest, type RestLine } from "./store-rest.ts";

export interface ClaimOptions extends ImportOptions {
  /** Threads kept for many files; without them a small file is read in this thread. */
  readers?: ClaimReaders;
  /** Lines gathered for one COPY; a usual file is taken whole. */
  pieceBytes?: number;
  /** Claims of any other facility are rejected: the sender holds a token for this one. */
  onlyFacility?: string;
}

const DATABASE_LISTS = ["care_type", "entitlement", "cost_group", "outcome", "discharge_kind"];
const INLINE_BYTES_MAX = 2 * 1024 * 1024;
const PIECE_BYTES = 8 * 1024 * 1024;
/** Begun while one is taken: when the database is quick with a small file, the next one has been read. */
const FILES_AHEAD = 2;
/** Four numbers and an instant. */
const PREFIX_BYTES_MAX = 128;
/** Numbers remembered at most: some megabytes. */
const HOLDERS_MAX = 50_000;

export async function importClaims(house: House, source: Source, options: ClaimOptions = {}): Promise<ImportResult> {
  const [result] = await importClaimFiles(house, [source], options);
  if (!result) throw new Error("the file gave no result");
  return result;
}

/**
 * Files in their order, a transaction each. While the database takes one, the next two are read: a claim that
 * is sent again in a later file replaces the earlier.
 */
export async function importClaimFiles(
  house: House,
  sources: readonly Source[],
  options: ClaimOptions & { onResult?: (result: ImportResult) => void } = {},
): Promise<ImportResult[]> {
  const readers = options.readers ?? (await openReaders(house, (await areSmall(sources)) ? 0 : 2));
  const waiting = sources.values();
  const prepareNext = () => {
    const { value: source } = waiting.next();
    const next =
      source &&
      prepareImport(house, "claims", source, options, (progress) => begin(source, readers, options, progress));
    next?.catch(() => {});
    return next;
  };
  try {
    const results: ImportResult[] = [];
    const ahead = Array.from({ length: FILES_AHEAD }, prepareNext);
    for (let finish = await ahead.shift(); finish; finish = await ahead.shift()) {
      ahead.push(prepareNext());
      const result = await finish();
      results.push(result);
      options.onResult?.(result);
    }
    return results;
  } finally {
    if (!options.readers) await readers.close();
  }
}

/** Threads for these would not have begun when they are done. */
async function areSmall(sources: readonly Source[]): Promise<boolean> {
  const sizes = await Promise.all(sources.map(sizeOf));
  return sizes.reduce((sum, size) => sum + size, 0) <= INLINE_BYTES_MAX;
}

/** Reader threads with the code lists as they are now; 0 threads: everything in this one. */
export async function openReaders(house: House, threads = 2): Promise<ClaimReaders> {
  const lists = await codesInForce(house);
  return threads === 0 ? inlineReader(lists) : threadedReaders(lists, threads);
}

export async function codesInForce({ db, clock }: House): Promise<CodeLists> {
  const marks = await marksOn(db, dayOf(clock.now()).toString());
  return {
    entries: [...(await readCodeLists(db, DATABASE_LISTS)), ...ownLists()],
    marks: marks.map(({ kind, from, to }) => ({ kind, from, to })),
  };
}

/** Short lists of the decisions that no one keeps by hand. */
export function ownLists(): CodeEntry[] {
  const lines = parse(readFileSync(join(projectRoot, "db", "reference", "claim-codes.csv")), { columns: true });
  return (lines as Record<string, string>[]).map((line) => ({
    list: line.list ?? "",
    code: line.code ?? "",
    validFrom: line.valid_from ?? "",
    validTo: line.valid_to ?? "",
  }));
}

function begin(
  source: Source,
  readers: ClaimReaders,
  { pieceBytes, onlyFacility }: ClaimOptions,
  progress: (bytes: number) => void,
): (run: Run) => Promise<void> {
  const reading = startReading(source, readers, { onBytes: progress, onlyFacility });
  return async (run) => {
    const unmatched = await takeClaims(run, reading, pieceBytes);
    await keepRejects(run, unmatched);
    const { facilityCode = "", declaredCount, records, hasSignature = false } = reading.envelope ?? {};
    run.facilityCode = facilityCode || null;
    if (declaredCount !== undefined && declaredCount !== records) run.declaredCount = declaredCount;
    const none: Signature = { state: "none" };
    run.signature = hasSignature ? await signatureOf(run.house, source, (file) => readers.check(file)) : none;
  };
}

/** Takes what is read into the record; answers what was rejected because its person is not, or not so, in the register. */
export async function takeClaims(run: Run, reading: ClaimReading, pieceBytes = PIECE_BYTES): Promise<Unmatched[]> {
  const { tx, fileId, counts, at } = run;
  await store.preferIndexes(tx);
  const recalls: Recall[] = [];
  const taking = new ClaimTaking(run, await hasKept(tx, fileId));
  for await (const answer of reading.answers) {
    recalls.push(...answer.recalls);
    for (const { no, recordLine, field, code } of answer.rejects) {
      await run.reject({ record: no, line: recordLine, field, code });
    }
    taking.add(answer);
    if (taking.bytes >= pieceBytes) await taking.flush();
  }
  await taking.flush();
  const fresh = await taking.settleFresh();
  const size = taking.hasStaged ? await store.measureStaging(tx, fileId) : store.NOTHING_STAGED;
  const earlier = size.staged > 0 ? await store.dropEarlier(tx, fileId) : [];
  const repeats = size.hasRepeats ? await store.dropRepeats(tx, fileId) : [];
  for (const record of [...earlier, ...repeats]) await run.reject(repeated(record));
  const { dropped, standing } = await store.dropRecalled(tx, fileId, recalls);
  const { takenBack, recalled } = await store.withdraw(tx, { fileId, at }, standing);
  await store.keepRecalls(tx, fileId, standing);
  if (recalls.length > 0) await forgetKept(tx, fileId, visitIds(recalls));
  if (size.staged > 0) await store.withdrawFromOthers(tx, { fileId, at });
  const written = size.staged > 0 ? await store.mergeVisits(tx, { fileId, at }) : 0;
  if (taking.hasRest) await mergeRest(tx, fileId);
  if (size.staged > 0) await dropRestOfStaged(tx, fileId);
  if (size.staged > 0) await store.emptyStaging(tx, size);
  const staged = size.staged - repeats.length - dropped;
  counts.taken += fresh - earlier.length - takenBack + written + recalled;
  counts.unchanged += staged - written + taking.overtaken;
  return taking.unmatched;
}

const visitIds = (some: readonly { visitId: string }[]) => some.map(({ visitId }) => visitId);

interface Recall {
  no: number;
  visitId: string;
}

const repeated = (record: number) => ({
  record,
  line: undefined,
  field: "XML1.MA_LK",
  code: "repeated_in_file" as const,
});

/** A visit whose person has not been asked for yet. */
interface Waiting {
  head: VisitHead;
  bytes: Uint8Array;
}

interface VisitLine {
  personId: string;
  visitId: string;
  record: number;
  bytes: Uint8Array;
  rest: VisitHead["rest"];
}

/**
 * Gathers the lines of matched visits in large pieces. A visit that the record does not hold is copied straight
 * into it, in the order of the key; one that stands already goes to staging, to be compared and merged.
 */
class ClaimTaking {
  readonly #run: Run;
  readonly #holders: Holders;
  readonly #arrivedAt: string;
  readonly #freshPersons = new Set<string>();
  readonly #waiting: Waiting[] = [];
  #bytes = 0;
  #fresh = 0;
  /** Rejected claims of earlier files wait to be run again: what comes now is newer than they are. */
  readonly #outdatesKept: boolean;
  /** Some claim had more than costs. */
  hasRest = false;
  /** Some visit stood already. */
  hasStaged = false;
  /** Visits of which a later file has said more. */
  overtaken = 0;
  readonly unmatched: Unmatched[] = [];

  constructor(run: Run, outdatesKept: boolean) {
    this.#run = run;
    this.#outdatesKept = outdatesKept;
    this.#holders = new Holders(run.tx);
    this.#arrivedAt = run.at.toISOString();
  }

  add(answer: BatchAnswer): void {
    for (const head of unpackHeads(answer.heads)) {
      const bytes = answer.text.subarray(head.start, head.end);
      this.#waiting.push({ head, bytes });
      this.#bytes += bytes.length;
    }
  }

  /** How much has been gathered since the last COPY. */
  get bytes(): number {
    return this.#bytes;
  }

  async flush(): Promise<void> {
    const { tx, fileId, client } = this.#run;
    const given = await this.#lastOfEach(await this.#matched(this.#waiting.splice(0)));
    this.#bytes = 0;
    if (given.length === 0) return;
    const standing = await store.findStanding(tx, fileId, visitIds(given));
    const lines = this.#run.isOlder ? await this.#stillNew(given, standing) : given;
    const fresh = lines.filter(({ visitId }) => !standing.has(visitId)).sort(byKey);
    const again = lines.filter(({ visitId }) => standing.has(visitId));
    if (fresh.length > 0) await store.copyVisits(client, "visit", LINE_COLUMNS, this.#text(fresh, ""));
    if (again.length > 0) {
      this.hasStaged = true;
      await store.copyVisits(client, "visit_staging", LINE_COLUMNS, this.#text(again, `${fileId}\t`));
    }
    await this.#gatherRest(lines);
    if (this.#outdatesKept) await forgetKept(tx, fileId, visitIds(lines));
    for (const { personId } of fresh) this.#freshPersons.add(personId);
    this.#fresh += fresh.length;
    if (this.#freshPersons.size > HOLDERS_MAX) await this.#bumpPersons();
  }

  /** Without those of which a file that came since then says something else: it replaced or recalled them. */
  async #stillNew(
    lines: readonly VisitLine[],
    standing: ReadonlyMap<string, { isLater: boolean }>,
  ): Promise<readonly VisitLine[]> {
    const gone = lines.filter(({ visitId }) => !standing.has(visitId));
    const recalled = await store.findRecalled(this.#run.tx, this.#run.fileId, gone);
    const still = lines.filter(({ visitId }) => !standing.get(visitId)?.isLater && !recalled.has(visitId));
    this.overtaken += lines.length - still.length;
    return still;
  }

  /** Asks for all the numbers of a piece at once: a question costs more than a number. */
  async #matched(waiting: readonly Waiting[]): Promise<VisitLine[]> {
    const known = await this.#holders.of(waiting.map(({ head }) => head));
    const lines: VisitLine[] = [];
    for (const { head, bytes } of waiting) {
      const { no: record, line, visitId, rest } = head;
      const person = matchPerson(head, known);
      if (!person.ok) {
        await this.#run.reject({ record, line, field: "XML1", code: person.faults });
        this.unmatched.push({ no: record, line, visitId });
        continue;
      }
      if (head.flagCount > 0) this.#run.counts.flagged += 1;
      lines.push({ personId: person.value, visitId, record, bytes, rest });
    }
    return lines;
  }

  /** Answers how many visits are new; those whose visits they are get another version. */
  async settleFresh(): Promise<number> {
    await this.#bumpPersons();
    return this.#fresh;
  }

  async #gatherRest(lines: readonly VisitLine[]): Promise<void> {
    const held = lines.flatMap(({ personId, visitId, record, rest }): RestLine[] =>
      rest ? [{ personId, visitId, record, tables: rest.tables, hivTables: rest.hivTables }] : [],
    );
    if (held.length === 0) return;
    if (!this.hasRest) await createRestIntake(this.#run.tx);
    this.hasRest = true;
    await gatherRest(this.#run.tx, held);
  }

  async #bumpPersons(): Promise<void> {
    await store.bump(this.#run.tx, [...this.#freshPersons]);
    this.#freshPersons.clear();
  }

  /** Of a visit that stands more than once in this piece the last holds, and the earlier ones are named. */
  async #lastOfEach(lines: readonly VisitLine[]): Promise<VisitLine[]> {
    const last = new Map(lines.map((line) => [line.visitId, line]));
    if (last.size < lines.length) {
      for (const line of lines) if (last.get(line.visitId) !== line) await this.#run.reject(repeated(line.record));
    }
    return [...last.values()];
  }

  #text(lines: readonly VisitLine[], before: string): Buffer {
    const { fileId } = this.#run;
    const size = lines.reduce((sum, { bytes }) => sum + bytes.length + PREFIX_BYTES_MAX, 0);
    const text = Buffer.allocUnsafe(size);
    let at = 0;
    for (const { personId, record, bytes } of lines) {
      at += text.write(`${before}${personId}\t${fileId}\t${record}\t${this.#arrivedAt}\t`, at, "latin1");
      text.set(bytes, at);
      at += bytes.length;
    }
    return text.subarray(0, at);
  }
}

/** The order of the table's key: a person's visits lie together. */
function byKey(a: VisitLine, b: VisitLine): number {
  return Number(a.personId) - Number(b.personId) || (a.visitId < b.visitId ? -1 : 1);
}

/** Who holds which number, as far as this file has asked; people come again, and are asked for once. */
class Holders {
  readonly #tx: Db;
  readonly #known = new Map<string, Holder>();
  readonly #asked = new Set<string>();

  constructor(tx: Db) {
    this.#tx = tx;
  }

  async of(heads: readonly VisitHead[]): Promise<PersonsByKey> {
    if (this.#asked.size > HOLDERS_MAX) {
      this.#known.clear();
      this.#asked.clear();
    }
    const keys = heads.flatMap((head) => head.keys.filter((key) => !this.#isAsked(key)));
    if (keys.length > 0) {
      const found = await store.findPersonsByKeys(this.#tx, keys.map(keyFrom));
      for (const person of found) this.#known.set(keyOf(person), person);
    }
    return this.#known;
  }

  #isAsked(key: string): boolean {
    if (this.#asked.has(key)) return true;
    this.#asked.add(key);
    return false;
  }
}
