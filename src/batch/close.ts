import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { officesAtWork, type Staff } from "../kernel/actor.ts";
import { Conflict } from "../kernel/failures.ts";
import { readBatch } from "./read.ts";
import { isOpen } from "./rules.ts";
import { closeBatch, lockBatch } from "./store.ts";

/** Closes a batch when every file of it is decided: none is left that no longer lapses and that nobody looks at. */
export async function finishBatch(house: House, staff: Staff, batchId: string): Promise<void> {
  const at = house.clock.now();
  await inTransaction(house.db, async (tx) => {
    const batch = await lockBatch(tx, officesAtWork(staff), batchId);
    if (batch.closedAt) return;
    const { files } = await readBatch(tx, batch);
    const open = files.filter(({ stand }) => isOpen(stand));
    if (open.length > 0) throw new BatchNotDone(open.map(({ file }) => file.code));
    await closeBatch(tx, batch.id, staff.staffId, at);
    await record(tx, {
      at,
      actor: staff,
      action: "batch.close",
      purpose: "review",
      object: { kind: "batch", id: batch.id },
      officeCode: batch.officeCode,
      detail: { files: files.length },
    });
  });
}

/** These files have no result yet. */
export class BatchNotDone extends Conflict {
  constructor(readonly open: readonly string[]) {
    super("batch_not_done");
  }
}
