import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { officesAtWork, type Staff } from "../kernel/actor.ts";
import { Conflict, NotFound } from "../kernel/failures.ts";
import { advance, onFile } from "../registration/advance.ts";
import { isOver } from "../registration/is-over.ts";
import { lockByCode } from "../registration/store.ts";
import { lockBatch, removeLine } from "./store.ts";

/**
 * A form that was scanned by mistake leaves the batch and waits again for its person. After its last day that
 * would end it at once: then it is taken up and decided instead.
 */
export async function removeFromBatch(house: House, staff: Staff, batchId: string, code: string): Promise<void> {
  const at = house.clock.now();
  await onFile(house, at, async (tx) => {
    const batch = await lockBatch(tx, officesAtWork(staff), batchId);
    const file = await lockByCode(tx, code);
    // Handed over since, it is the other office's: handed in there, and its days stay stopped.
    if (file.officeCode !== batch.officeCode) throw new NotFound("declaration");
    if (await isOver(tx, { ...file, batchedAt: null }, at)) throw new Conflict("would_lapse");
    await advance(tx, code, {
      kind: "unbatched",
      actor: staff,
      at,
      officeCode: batch.officeCode,
      detail: { batch: batch.id },
    });
    if (!(await removeLine(tx, batch.id, file.id, at))) throw new NotFound("batch_line");
    await record(tx, {
      at,
      actor: staff,
      action: "batch.remove",
      purpose: "review",
      object: { kind: "declaration", id: code },
      officeCode: batch.officeCode,
      detail: { batch: batch.id },
    });
  });
}
