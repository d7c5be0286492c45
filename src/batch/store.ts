import type { Db, Tx } from "../db/house.ts";
import { NotFound } from "../kernel/failures.ts";
import type { Scan } from "./rules.ts";

/** Batches and their lines: every code that was scanned, in the order of scanning. */
export interface Batch {
  id: string;
  officeCode: string;
  unitCode: string | null;
  unitName: string;
  openedAt: Date;
  openedBy: string;
  closedAt: Date | null;
}

export interface Line {
  no: number;
  outcome: Scan;
  code: string | null;
  declarationId: string | null;
  at: Date;
  staffId: string;
  removedAt: Date | null;
}

const batchColumns = [
  "batch_id as id",
  "office_code as officeCode",
  "unit_code as unitCode",
  "unit_name as unitName",
  "opened_at as openedAt",
  "opened_by as openedBy",
  "closed_at as closedAt",
] as const;

const lineColumns = [
  "line_no as no",
  "outcome",
  "code",
  "declaration_id as declarationId",
  "at",
  "staff_id as staffId",
  "removed_at as removedAt",
] as const;

export async function insertBatch(tx: Tx, batch: Omit<Batch, "id" | "closedAt">): Promise<string> {
  const row = await tx
    .insertInto("batch")
    .values({
      office_code: batch.officeCode,
      unit_code: batch.unitCode,
      unit_name: batch.unitName,
      opened_at: batch.openedAt,
      opened_by: batch.openedBy,
    })
    .returning("batch_id")
    .executeTakeFirstOrThrow();
  return row.batch_id;
}

/** A batch of one of these offices; any other does not exist for the asker. */
export async function getBatch(db: Db | Tx, officeCodes: readonly string[], id: string): Promise<Batch> {
  const row = await asked(db, officeCodes, id).executeTakeFirst();
  if (!row) throw new NotFound("batch");
  return row;
}

/** The same, held until the transaction ends: one scan, removal or closing at a time. */
export async function lockBatch(tx: Tx, officeCodes: readonly string[], id: string): Promise<Batch> {
  const row = await asked(tx, officeCodes, id).forUpdate().executeTakeFirst();
  if (!row) throw new NotFound("batch");
  return row;
}

function asked(db: Db | Tx, officeCodes: readonly string[], id: string) {
  return db
    .selectFrom("batch")
    .select(batchColumns)
    .where("batch_id", "=", /^\d{1,18}$/.test(id) ? id : "0")
    .where("office_code", "in", officeCodes.length > 0 ? [...officeCodes] : [""]);
}

/** Open batches first, the newest on top. */
export async function batchesOf(db: Db, officeCodes: readonly string[], limit: number): Promise<Batch[]> {
  if (officeCodes.length === 0) return [];
  return db
    .selectFrom("batch")
    .select(batchColumns)
    .where("office_code", "in", [...officeCodes])
    .orderBy("closed_at", (order) => order.desc().nullsFirst())
    .orderBy("batch_id", "desc")
    .limit(limit)
    .execute();
}

/** Lines of these batches in the order of scanning. */
export async function linesOf(db: Db | Tx, batchIds: readonly string[]): Promise<(Line & { batchId: string })[]> {
  if (batchIds.length === 0) return [];
  const rows = await db
    .selectFrom("batch_line")
    .select([...lineColumns, "batch_id as batchId"])
    .where("batch_id", "in", [...batchIds])
    .orderBy("batch_id")
    .orderBy("line_no")
    .execute();
  return rows as (Line & { batchId: string })[];
}

/** The batch in which a file lies, open or closed. */
export async function findBatchOf(db: Db | Tx, declarationId: string): Promise<Batch | undefined> {
  return db
    .selectFrom("batch_line as line")
    .innerJoin("batch", "batch.batch_id", "line.batch_id")
    .select([
      "batch.batch_id as id",
      "batch.office_code as officeCode",
      "batch.unit_code as unitCode",
      "batch.unit_name as unitName",
      "batch.opened_at as openedAt",
      "batch.opened_by as openedBy",
      "batch.closed_at as closedAt",
    ])
    .where("line.declaration_id", "=", declarationId)
    .where("line.outcome", "=", "taken")
    .where("line.removed_at", "is", null)
    .executeTakeFirst();
}

/** Under the lock of its batch: numbers have no gap. */
export async function insertLine(tx: Tx, batchId: string, line: Omit<Line, "no" | "removedAt">): Promise<Line> {
  const last = await tx
    .selectFrom("batch_line")
    .select((select) => select.fn.max("line_no").as("no"))
    .where("batch_id", "=", batchId)
    .executeTakeFirstOrThrow();
  const no = (last.no ?? 0) + 1;
  await tx
    .insertInto("batch_line")
    .values({
      batch_id: batchId,
      line_no: no,
      outcome: line.outcome,
      code: line.code,
      declaration_id: line.declarationId,
      at: line.at,
      staff_id: line.staffId,
    })
    .execute();
  return { ...line, no, removedAt: null };
}

/** False when the file does not lie in this batch. */
export async function removeLine(tx: Tx, batchId: string, declarationId: string, at: Date): Promise<boolean> {
  const done = await tx
    .updateTable("batch_line")
    .set({ removed_at: at })
    .where("batch_id", "=", batchId)
    .where("declaration_id", "=", declarationId)
    .where("outcome", "=", "taken")
    .where("removed_at", "is", null)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

export async function closeBatch(tx: Tx, id: string, staffId: string, at: Date): Promise<void> {
  await tx.updateTable("batch").set({ closed_at: at, closed_by: staffId }).where("batch_id", "=", id).execute();
}
