import type { Db, Tx } from "../db/house.ts";
import type { Declaration } from "../registration/store.ts";
import { findByIds } from "../registration/store-many.ts";
import { type Progress, progressOf, type Stand, standOf } from "./rules.ts";
import { type Batch, batchesOf, findBatchOf, type Line, linesOf } from "./store.ts";

/** A file of a batch, where it stands, and its place in the order of scanning. */
export interface BatchFile {
  file: Declaration;
  stand: Stand;
}

export interface BatchLine extends Line {
  /** Of lines that were taken and not removed. */
  entry: BatchFile | undefined;
}

/** A batch with its lines and files. */
export async function readBatch(db: Db | Tx, batch: Batch): Promise<{ lines: BatchLine[]; files: BatchFile[] }> {
  const lines = await linesOf(db, [batch.id]);
  const files = await findByIds(
    db,
    lines.flatMap(({ declarationId }) => declarationId ?? []),
  );
  const shown = lines.map((line): BatchLine => {
    const file = line.removedAt ? undefined : files.get(line.declarationId ?? "");
    return { ...line, entry: file && { file, stand: standOf(file, batch.officeCode) } };
  });
  return { lines: shown, files: shown.flatMap(({ entry }) => entry ?? []) };
}

export interface ListedBatch extends Batch, Progress {}

/** Batches of these offices with how far each is. */
export async function listBatches(db: Db, officeCodes: readonly string[], limit: number): Promise<ListedBatch[]> {
  const batches = await batchesOf(db, officeCodes, limit);
  const lines = await linesOf(
    db,
    batches.map(({ id }) => id),
  );
  const files = await findByIds(
    db,
    lines.flatMap(({ declarationId, removedAt }) => (removedAt ? [] : (declarationId ?? []))),
  );
  return batches.map((batch) => {
    const own = lines.filter(({ batchId, removedAt }) => batchId === batch.id && !removedAt);
    const stands = own.flatMap(({ declarationId }) => {
      const file = files.get(declarationId ?? "");
      return file ? [standOf(file, batch.officeCode)] : [];
    });
    return { ...batch, ...progressOf(stands) };
  });
}

/** What a file's page says of its batch. */
export interface BatchPlace extends Progress {
  id: string;
  unitName: string;
}

export async function batchPlaceOf(db: Db, file: Declaration): Promise<BatchPlace | undefined> {
  const batch = file.batchedAt ? await findBatchOf(db, file.id) : undefined;
  if (!batch || batch.officeCode !== file.officeCode) return undefined;
  const { files } = await readBatch(db, batch);
  return { id: batch.id, unitName: batch.unitName, ...progressOf(files.map(({ stand }) => stand)) };
}
