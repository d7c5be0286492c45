/**
 * Claim files → visits. Records are cut out of the stream, read by other threads, matched to persons by
 * number, name and year, copied into staging and merged: one transaction a file, memory flat.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import type { Db, House } from "../db/house.ts";
import { projectRoot } from "../db/root.ts";
import { type BatchAnswer, LINE_COLUMNS, type VisitHead } from "./claim-batch.ts";
import { type ClaimReaders, inlineReader, threadedReaders } from "./claim-readers.ts";
import { type ImportOptions, type ImportResult, prepareImport, type Run } from "./import-file.ts";
import { type ClaimReading, startReading } from "./read-envelope.ts";
import type { CodeEntry } from "./rules-code-book.ts";
import { type Holder, keyOf, matchPerson, type PersonsByKey } from "./rules-match.ts";
import type { Source } from "./source.ts";
import * as store from "./store-claims.ts";
import { readCodeLists } from "./store-files.ts";

export interface ClaimOptions extends ImportOptions {
  /** Threads kept for many files; without them a small file is read in this thread. */
  readers?: ClaimReaders;
}

const DATABASE_LISTS = ["care_type", "entitlement", "cost_group", "outcome", "discharge_kind"];
const INLINE_BYTES_MAX = 2 * 1024 * 1024;
const COPY_BYTES = 1024 * 1024;
/** Numbers remembered at most: some megabytes. */
const HOLDERS_MAX = 50_000;

export async function importClaims(house: House, source: Source, options: ClaimOptions = {}): Promise<ImportResult> {
  const [result] = await importClaimFiles(house, [source], options);
  if (!result) throw new Error("the file gave no result");
  return result;
}

/**
 * Files in their order, a transaction each. While the database takes one, the next is read: a claim that
 * is sent again in a later file replaces the earlier.
 */
export async function importClaimFiles(
  house: House,
  sources: readonly Source[],
  options: ClaimOptions & { onResult?: (result: ImportResult) => void } = {},
): Promise<ImportResult[]> {
  const isSmall = sources.every((source) => "bytes" in source && source.bytes.length <= INLINE_BYTES_MAX);
  const readers = options.readers ?? (await openReaders(house, isSmall ? 0 : 2));
  const prepare = (at: number) => {
    const source = sources[at];
    const next =
      source && prepareImport(house, "claims", source, options, (progress) => begin(source, readers, progress));
    next?.catch(() => {});
    return next;
  };
  try {
    const results: ImportResult[] = [];
    let next = prepare(0);
    for (let at = 0; next; at += 1) {
      const finish = await next;
      next = prepare(at + 1);
      const result = await finish();
      results.push(result);
      options.onResult?.(result);
    }
    return results;
  } finally {
    if (!options.readers) await readers.close();
  }
}

/** Reader threads with the code lists as they are now; 0 threads: everything in this one. */
export async function openReaders(house: House, threads = 2): Promise<ClaimReaders> {
  const entries = [...(await readCodeLists(house.db, DATABASE_LISTS)), ...ownLists()];
  return threads === 0 ? inlineReader(entries) : threadedReaders(entries, threads);
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

function begin(source: Source, readers: ClaimReaders, progress: (bytes: number) => void): (run: Run) => Promise<void> {
  const reading = startReading(source, readers, progress);
  return async (run) => {
    await takeClaims(run, reading);
    const { facilityCode = "", declaredCount, records } = reading.envelope ?? {};
    run.facilityCode = facilityCode || null;
    if (declaredCount !== undefined && declaredCount !== records) run.declaredCount = declaredCount;
  };
}

async function takeClaims(run: Run, reading: ClaimReading): Promise<void> {
  const { tx, fileId, counts } = run;
  await store.preferIndexes(tx);
  const recalls: Recall[] = [];
  const staging = new Staging(run);
  for await (const answer of reading.answers) {
    recalls.push(...answer.recalls);
    for (const { no, recordLine, field, code } of answer.rejects) {
      await run.reject({ record: no, line: recordLine, field, code });
    }
    await staging.add(answer);
  }
  await staging.flush();
  const size = await store.measureStaging(tx, fileId);
  const repeats = size.hasRepeats ? await store.dropRepeats(tx, fileId) : [];
  for (const record of repeats) {
    await run.reject({ record, line: undefined, field: "XML1.MA_LK", code: "repeated_in_file" });
  }
  const { dropped, standing } = await store.dropRecalled(tx, fileId, recalls);
  const recalled = await store.withdraw(tx, standing);
  await store.withdrawFromOthers(tx, fileId);
  const written = await store.mergeVisits(tx, fileId);
  await store.emptyStaging(tx, size);
  const staged = size.staged - repeats.length - dropped;
  counts.taken = written + recalled;
  counts.unchanged = staged - written;
}

interface Recall {
  no: number;
  visitId: string;
}

/** Gathers the lines of matched visits and copies them into staging in large pieces. */
class Staging {
  readonly #run: Run;
  readonly #arrivedAt: string;
  readonly #holders: Holders;
  #lines = Buffer.allocUnsafe(COPY_BYTES * 2);
  #length = 0;

  constructor(run: Run) {
    this.#run = run;
    this.#holders = new Holders(run.tx);
    this.#arrivedAt = run.at.toISOString();
  }

  async add(answer: BatchAnswer): Promise<void> {
    const { fileId, counts } = this.#run;
    const known = await this.#holders.of(answer.heads);
    let start = 0;
    for (const head of answer.heads) {
      const line = answer.text.subarray(start, head.end);
      start = head.end;
      const person = matchPerson(head, known);
      if (!person.ok) {
        await this.#run.reject({ record: head.no, line: head.line, field: "XML1", code: person.faults });
        continue;
      }
      if (head.flagCount > 0) counts.flagged += 1;
      this.#push(`${person.value}\t${fileId}\t${head.no}\t${this.#arrivedAt}\t${fileId}\t`, line);
    }
    if (this.#length >= COPY_BYTES) await this.flush();
  }

  async flush(): Promise<void> {
    const lines = this.#lines.subarray(0, this.#length);
    if (this.#length > 0) await store.copyVisits(this.#run.client, LINE_COLUMNS, lines);
    this.#length = 0;
  }

  #push(prefix: string, line: Uint8Array): void {
    const length = this.#length + prefix.length + line.length;
    if (length > this.#lines.length) {
      this.#lines = Buffer.concat([this.#lines.subarray(0, this.#length)], length * 2);
    }
    this.#lines.write(prefix, this.#length, "latin1");
    this.#lines.set(line, this.#length + prefix.length);
    this.#length = length;
  }
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
    const keys = heads.flatMap((head) => head.keys).filter((key) => !this.#isAsked(keyOf(key)));
    if (keys.length > 0) {
      for (const person of await store.findPersonsByKeys(this.#tx, keys)) this.#known.set(keyOf(person), person);
    }
    return this.#known;
  }

  #isAsked(key: string): boolean {
    if (this.#asked.has(key)) return true;
    this.#asked.add(key);
    return false;
  }
}
