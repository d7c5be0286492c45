import { record } from "../audit/record.ts";
import type { House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { aboutFile } from "../db/wall.ts";
import { officesAtWork, type Staff } from "../kernel/actor.ts";
import { Conflict } from "../kernel/failures.ts";
import { advance, FoundOverdue, onFile } from "../registration/advance.ts";
import { type Declaration, findByCode, lockByCode } from "../registration/store.ts";
import { codeIn, LINES_AT_MOST, partsIn, type Scan } from "./rules.ts";
import { type Batch, findBatchOf, insertLine, type Line, linesOf, lockBatch } from "./store.ts";

/**
 * Takes scanned codes into a batch, each with its own answer. A file that is taken was handed in now: it no longer
 * lapses (decision 0016). What cannot be taken stands in the list too, with why, so that no paper is forgotten.
 */
export async function addCodes(house: House, staff: Staff, batchId: string, typed: string): Promise<Line[]> {
  const lines: Line[] = [];
  const parts = partsIn(typed);
  for (const part of parts) {
    const code = codeIn(part);
    const line = await aboutFile(code ?? "", () => addOne(house, staff, batchId, code));
    if (typeof line === "string") throw new CodesLeft(line, lines, parts.slice(lines.length));
    lines.push(line);
  }
  return lines;
}

/** What was before the ones that are left is in the batch, or stands in it with the reason why not. */
export class CodesLeft extends Conflict {
  constructor(
    readonly why: NoMore,
    readonly lines: readonly Line[],
    readonly left: readonly string[],
  ) {
    super(why);
  }
}

/** Why a batch takes no line: it has all its lines, or somebody closed it. */
type NoMore = "batch_full" | "batch_closed";

async function addOne(house: House, staff: Staff, batchId: string, code: string | undefined): Promise<Line | NoMore> {
  const at = house.clock.now();
  const work = (tx: Tx) => takeIn(tx, { staff, batchId, code, at });
  try {
    return await onFile(house, at, work);
  } catch (failure) {
    // Its last day was over: it has lapsed in a transaction of its own, and now the line says so.
    if (failure instanceof FoundOverdue) return inTransaction(house.db, work);
    throw failure;
  }
}

interface Asked {
  staff: Staff;
  batchId: string;
  code: string | undefined;
  at: Date;
}

async function takeIn(tx: Tx, { staff, batchId, code, at }: Asked): Promise<Line | NoMore> {
  const batch = await lockBatch(tx, officesAtWork(staff), batchId);
  if (batch.closedAt) return "batch_closed";
  if ((await linesOf(tx, [batch.id])).length >= LINES_AT_MOST) return "batch_full";
  const file = code && (await findByCode(tx, code)) ? await lockByCode(tx, code) : undefined;
  const outcome = code ? await scanOf(tx, batch, file) : "no_code";
  if (outcome === "taken" && file) {
    const step = {
      kind: "batched",
      actor: staff,
      at,
      officeCode: batch.officeCode,
      detail: { batch: batch.id },
    } as const;
    await advance(tx, file.code, step);
  }
  const line = await insertLine(tx, batch.id, {
    outcome,
    code: code ?? null,
    declarationId: outcome === "taken" ? (file?.id ?? null) : null,
    at,
    staffId: staff.staffId,
  });
  await record(tx, {
    at,
    actor: staff,
    action: "batch.scan",
    purpose: "review",
    object: { kind: "batch", id: batch.id },
    officeCode: batch.officeCode,
    detail: { outcome, ...(code ? { code } : {}) },
  });
  return line;
}

async function scanOf(tx: Tx, batch: Batch, file: Declaration | undefined): Promise<Scan> {
  if (!file || file.status === "draft") return "unknown";
  const standing = await findBatchOf(tx, file.id);
  if (standing) return standing.id === batch.id ? "twice" : "other_batch";
  if (file.officeCode !== batch.officeCode) return "elsewhere";
  if (file.status === "lapsed") return "lapsed";
  return file.status === "confirmed" ? "taken" : "not_waiting";
}
