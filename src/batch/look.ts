import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import type { Staff } from "../kernel/actor.ts";
import { type BatchFile, type BatchLine, readBatch } from "./read.ts";
import { type Batch, getBatch } from "./store.ts";

/** A batch of one of these offices with its lines and files. The look is on record before anything is shown. */
export async function lookAtBatch(
  house: House,
  staff: Staff,
  offices: readonly string[],
  id: string,
): Promise<{ batch: Batch; lines: BatchLine[]; files: BatchFile[] }> {
  const batch = await getBatch(house.db, offices, id);
  const { lines, files } = await readBatch(house.db, batch);
  await record(house.db, {
    at: house.clock.now(),
    actor: staff,
    action: "batch.look",
    purpose: "review",
    object: { kind: "batch", id: batch.id },
    officeCode: batch.officeCode,
    detail: { files: files.length },
  });
  return { batch, lines, files };
}
