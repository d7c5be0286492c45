/**
 * Rows of tables that were rejected are kept, sealed, so that each can be looked at, mended and run again alone. A row
 * with another number of cells is not: nobody can say which cell is which, so it is mended in its file.
 */
import type { Run } from "./import-file.ts";
import { cellsOf, type Layout, openLaid } from "./read-table.ts";
import { type KeptRow, keepTableRows } from "./store-kept-rows.ts";

export const ROW_SEAL = "intake.rows";
export const rowSealedFor = (fileId: string, record: number) => `${fileId}:${record}`;

/** Of these only the last four signs are ever kept, as in the register. */
const TAIL_ONLY: ReadonlySet<string> = new Set(["bank_account"]);
const AT_ONCE = 200;

/** Reads the table once more, for these rows only. */
export async function keepRows<T>(run: Run, layouts: readonly Layout<T>[]): Promise<void> {
  const wanted = new Set([...run.rejected.values()].filter(isKept).map(({ record }) => record));
  if (wanted.size === 0) return;
  const reader = await openLaid(run, layouts, () => {});
  const waiting: Omit<KeptRow, "mendedAt">[] = [];
  const flush = () => keepTableRows(run.tx, run.fileId, waiting.splice(0), run.at);
  for await (const batch of reader.table.lines) {
    for (const line of batch) {
      if (!wanted.has(line.record)) continue;
      const sealed = sealRow(run.house.vault, run.fileId, line.record, cellsOf(line, reader));
      waiting.push({ record: line.record, line: line.line, layout: reader.layout.name, sealed });
    }
    if (waiting.length >= AT_ONCE) await flush();
  }
  await flush();
}

const isKept = ({ code }: { code: string }) => code !== "wrong_columns";

export function sealRow(
  vault: Run["house"]["vault"],
  fileId: string,
  record: number,
  cells: Readonly<Record<string, string>>,
): Buffer {
  const kept = Object.entries(cells).map(([name, cell]) => [name, TAIL_ONLY.has(name) ? cell.slice(-4) : cell]);
  return vault.seal(ROW_SEAL, Buffer.from(JSON.stringify(Object.fromEntries(kept))), rowSealedFor(fileId, record));
}

export function openRow(
  vault: Run["house"]["vault"],
  fileId: string,
  { record, sealed }: Pick<KeptRow, "record" | "sealed">,
): Record<string, string> {
  return JSON.parse(vault.open(ROW_SEAL, sealed, rowSealedFor(fileId, record)).toString("utf8")) as Record<
    string,
    string
  >;
}
