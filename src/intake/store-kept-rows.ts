/** Rejected rows of tables that wait, sealed, to be mended and run again. */
import type { Db } from "../db/house.ts";

export interface KeptRow {
  record: number;
  line: number | null;
  layout: string;
  sealed: Buffer;
  mendedAt: Date | null;
}

const columns = ["record_no as record", "line", "layout", "sealed", "mended_at as mendedAt"] as const;

export async function keepTableRows(
  tx: Db,
  fileId: string,
  rows: readonly Omit<KeptRow, "mendedAt">[],
  at: Date,
): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insertInto("import_reject_row")
    .values(
      rows.map(({ record, line, layout, sealed }) => ({
        ...{ file_id: fileId, record_no: record, line, layout, sealed, kept_at: at },
      })),
    )
    .onConflict((on) => on.constraint("import_reject_row_pk").doNothing())
    .execute();
}

/** Of one file, in its order. */
export async function readKeptRows(db: Db, fileId: string): Promise<KeptRow[]> {
  return db
    .selectFrom("import_reject_row")
    .select(columns)
    .where("file_id", "=", fileId)
    .orderBy("record_no")
    .execute();
}

export async function findKeptRow(db: Db, fileId: string, record: number): Promise<KeptRow | undefined> {
  return db
    .selectFrom("import_reject_row")
    .select(columns)
    .where("file_id", "=", fileId)
    .where("record_no", "=", record)
    .executeTakeFirst();
}

/** Which rows of a file can be looked at and mended, and whether they were. */
export async function keptRowsOf(db: Db, fileId: string): Promise<Map<number, { isMended: boolean }>> {
  const rows = await db
    .selectFrom("import_reject_row")
    .select(["record_no as record", "mended_at as mendedAt"])
    .where("file_id", "=", fileId)
    .execute();
  return new Map(rows.map(({ record, mendedAt }) => [record, { isMended: mendedAt !== null }]));
}

/** Answers whether the row was still there. */
export async function mendKeptRow(
  tx: Db,
  fileId: string,
  record: number,
  { sealed, at, by }: { sealed: Buffer; at: Date; by: string },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("import_reject_row")
    .set({ sealed, mended_at: at, mended_by: by })
    .where("file_id", "=", fileId)
    .where("record_no", "=", record)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function dropKeptRow(tx: Db, fileId: string, record: number): Promise<void> {
  await tx.deleteFrom("import_reject_row").where("file_id", "=", fileId).where("record_no", "=", record).execute();
}
