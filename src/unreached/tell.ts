/** An officer has told the person in another way, and says how; the task stays on record. */
import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Staff } from "../kernel/actor.ts";
import { NotAllowed } from "../kernel/failures.ts";
import { getOwnTask } from "./desk.ts";
import type { Told } from "./rules.ts";
import { closeTask } from "./store.ts";

export async function tell(house: House, staff: Staff, id: string, { how, note }: Told): Promise<void> {
  const at = house.clock.now();
  await inTransaction(house.db, async (tx) => {
    const task = await getOwnTask(tx, staff, id);
    const isFirst = await closeTask(tx, task.id, { how, by: staff.staffId, note, at });
    if (!isFirst) throw new NotAllowed("done", [], "task_done");
    await record(tx, {
      at,
      actor: staff,
      action: "unreached.told",
      purpose: "notices",
      object: { kind: "unreached_task", id: task.id },
      officeCode: task.officeCode,
      detail: { how },
    });
  });
}
