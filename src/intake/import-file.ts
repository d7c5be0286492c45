/**
 * The frame of every import: known bytes change nothing, one transaction a file, rejects with their place,
 * counts, and one audit event. What is refused as a whole leaves its reason and no row.
 */
import type pg from "pg";
import { record as recordAudit } from "../audit/record.ts";
import type { Db, House } from "../db/house.ts";
import type { Table } from "./open-table.ts";
import type { LayoutName } from "./read-table.ts";
import { FileRefused } from "./refusal.ts";
import { reasonOf } from "./rejects-csv.ts";
import { digestOf, type Source } from "./source.ts";
import {
  beginSourceFile,
  type Counts,
  endSourceFile,
  findSourceFile,
  type ImportKind,
  insertRejects,
  type KeptSignature,
  type NewFile,
  type RejectRow,
  rejectsOf,
  saveLines,
} from "./store-files.ts";
import { importTransaction } from "./store-transaction.ts";
import type { TableReader } from "./table-readers.ts";
import { type RefusalCode, type RejectCode, words } from "./words.ts";

export interface RejectedRecord {
  record: number;
  line: number | undefined;
  field: string;
  code: RejectCode | RefusalCode;
}

export interface ImportResult extends Counts {
  fileId: string;
  kind: ImportKind;
  name: string;
  /** The same bytes were imported before; nothing was done. */
  isKnown: boolean;
  /** The first thousand; `onReject` hears of all. */
  rejects: RejectedRecord[];
  refusal?: { code: RefusalCode; readable: number };
  /** The file says another number of records than it holds. */
  declaredCount?: number;
}

export interface ImportOptions {
  /** Once the file is kept, in its order. */
  onReject?: (reject: RejectedRecord, name: string) => void;
  onProgress?: (bytesRead: number, name: string) => void;
  /** People are served by this process meanwhile: the connection that writes stands behind theirs. */
  givesWay?: boolean;
  /** A thread kept for many tables; without it a small one is read in this thread. */
  tables?: TableReader;
}

/** What the work of one kind stands on. */
export interface Run {
  house: House;
  tx: Db;
  client: pg.PoolClient;
  fileId: string;
  at: Date;
  source: Source;
  counts: Counts;
  progress(bytes: number): void;
  reject(reject: RejectedRecord): Promise<void>;
  /** The first rejected records, each with its latest code. */
  rejected: Map<number, RejectedRecord>;
  /** The file, or what was kept of it, comes again: files that came since then are newer than what it says. */
  isOlder: boolean;
  /** Set when kept rows of a table are run again, and nothing is read from the source. */
  again?: { layout: LayoutName; table: Table };
  tables: TableReader | undefined;
  /** For the file's row. */
  facilityCode: string | null;
  declaredCount: number | undefined;
  /** Of kinds that can be signed. */
  signature: KeptSignature | undefined;
}

/** Of a file that is refused for no column of its own. */
export const WHOLE_FILE = "file";
const REJECTS_KEPT = 1000;
/** Beyond these the whole file must come again. */
const REJECTED_MAX = 5000;
const REJECTS_BATCH = 500;

/** What a kind does before its transaction (read ahead), and then inside it. */
export type Begin = (progress: (bytes: number) => void) => (run: Run) => Promise<void>;

export async function importFile(
  house: House,
  kind: ImportKind,
  source: Source,
  options: ImportOptions,
  work: (run: Run) => Promise<void>,
): Promise<ImportResult> {
  const finish = await prepareImport(house, kind, source, options, () => work);
  return finish();
}

/** Looks whether the bytes are known and begins to read; what it answers does the rest, in one transaction. */
export async function prepareImport(
  house: House,
  kind: ImportKind,
  source: Source,
  options: ImportOptions,
  begin: Begin,
): Promise<() => Promise<ImportResult>> {
  const { sha256, size } = await digestOf(source);
  const file = { kind, name: source.name, sha256, size, at: house.clock.now() };
  const known = await findKnown(house.db, file);
  if (known) return async () => known;
  let read = 0;
  const progress = (bytes: number) => {
    read += bytes;
    options.onProgress?.(read, source.name);
  };
  let begun: ReturnType<Begin> | undefined = begin(progress);
  const readAgain = () => {
    read = 0;
    return begin(progress);
  };
  const take = async (tx: Db, client: pg.PoolClient): Promise<ImportResult> => {
    const again = await findKnown(tx, file);
    if (again) return again;
    const { fileId, cameBefore } = await beginSourceFile(tx, file);
    const base = { house, tx, client, fileId, at: file.at, source, progress, isOlder: cameBefore };
    const { run, rejects, flush } = startRun(base, options);
    // Whoever met another in the other order takes the file from its beginning: what was read ahead is used up.
    const work = begun ?? readAgain();
    begun = undefined;
    await work(run);
    await flush();
    await finish(run, kind);
    const { counts, declaredCount } = run;
    const differs = declaredCount === undefined ? {} : { declaredCount };
    return { fileId, kind, name: source.name, isKnown: false, ...counts, rejects, ...differs };
  };
  return async () => {
    try {
      const result = await importTransaction(house.pool, take, options.givesWay ? house.settings.dataDir : undefined);
      await tellRejects(house.db, result, options);
      return result;
    } catch (error) {
      if (!(error instanceof FileRefused)) throw error;
      return refuse(house, file, error, options);
    }
  };
}

async function tellRejects(
  db: Db,
  { fileId, name, rejected }: ImportResult,
  { onReject }: ImportOptions,
): Promise<void> {
  if (!onReject || rejected === 0) return;
  for await (const { code, ...reject } of rejectsOf(db, fileId)) {
    onReject({ ...reject, code: code as RejectedRecord["code"] }, name);
  }
}

/** The same bytes, taken before without a reject: there is nothing to do. */
async function findKnown(db: Db, { kind, name, sha256 }: NewFile): Promise<ImportResult | undefined> {
  const known = await findSourceFile(db, kind, sha256);
  if (!known?.isFinished || known.rejected > 0) return undefined;
  const unchanged = known.taken + known.unchanged;
  const { fileId, flagged } = known;
  return { fileId, kind, name, isKnown: true, taken: 0, unchanged, rejected: 0, flagged, rejects: [] };
}

export function startRun(
  base: Pick<Run, "house" | "tx" | "client" | "fileId" | "at" | "source" | "progress" | "isOlder">,
  { tables }: Pick<ImportOptions, "tables">,
) {
  const rejects: RejectedRecord[] = [];
  const waiting: RejectedRecord[] = [];
  const flush = () => insertRejects(base.tx, base.fileId, waiting.splice(0).map(withReason));
  const run: Run = {
    ...base,
    counts: { taken: 0, unchanged: 0, rejected: 0, flagged: 0 },
    facilityCode: null,
    declaredCount: undefined,
    signature: undefined,
    tables,
    rejected: new Map(),
    async reject(reject) {
      run.counts.rejected += 1;
      if (run.rejected.size < REJECTED_MAX) run.rejected.set(reject.record, reject);
      if (rejects.length < REJECTS_KEPT) rejects.push(reject);
      waiting.push(reject);
      if (waiting.length >= REJECTS_BATCH) await flush();
    },
  };
  return { run, rejects, flush };
}

const withReason = (reject: RejectedRecord): RejectRow => ({ ...reject, reason: reasonOf(reject.code, "vi") });

/** Where these records stand in the file, for those whose reject could not say so when it was told. */
export async function tellLines(
  { tx, fileId, rejected }: Run,
  places: readonly { record: number; line: number | null }[],
): Promise<void> {
  const unsaid = places.flatMap(({ record, line }) => {
    const reject = rejected.get(record);
    if (!reject || reject.line !== undefined || line === null) return [];
    reject.line = line;
    return [{ record, line }];
  });
  await saveLines(tx, fileId, unsaid);
}

async function finish(run: Run, kind: ImportKind): Promise<void> {
  const { tx, fileId, counts, facilityCode, signature } = run;
  const at = run.house.clock.now();
  await endSourceFile(tx, fileId, { at, facilityCode, counts, signature });
  await recordAudit(tx, {
    at,
    actor: { kind: "operator" },
    action: "intake.imported",
    purpose: "operate",
    object: { kind: "source_file", id: fileId },
    detail: { kind, ...counts },
  });
}

/** Nothing of the file is kept but that it came, and why it was not taken. */
async function refuse(
  house: House,
  file: NewFile,
  { code, readable, line, columns = WHOLE_FILE }: FileRefused,
  options: ImportOptions,
): Promise<ImportResult> {
  const reject: RejectedRecord = { record: 0, line, field: columns, code };
  const counts = { taken: 0, unchanged: 0, rejected: 1, flagged: 0 };
  const fileId = await importTransaction(house.pool, async (tx) => {
    const { fileId: id } = await beginSourceFile(tx, file);
    await insertRejects(tx, id, [{ ...reject, reason: words.vi.refusals[code] }]);
    await endSourceFile(tx, id, { at: house.clock.now(), facilityCode: null, counts, signature: undefined });
    return id;
  });
  options.onReject?.(reject, file.name);
  const { kind, name } = file;
  return { fileId, kind, name, isKnown: false, ...counts, rejects: [reject], refusal: { code, readable } };
}
