import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Staff } from "../kernel/actor.ts";
import { addReader, removeReader } from "./store-report.ts";

/** Who is told that a territory's report is there: added and removed by leaders and supervisors. */
export async function keepReader(
  house: House,
  staff: Staff,
  reader: { scopeCode: string; email: string; isLeaving: boolean },
): Promise<void> {
  const now = house.clock.now();
  const { scopeCode, email, isLeaving } = reader;
  await inTransaction(house.db, async (tx) => {
    if (isLeaving) await removeReader(tx, scopeCode, email);
    else await addReader(tx, { scopeCode, email, staffId: staff.staffId, now });
    await record(tx, {
      at: now,
      actor: staff,
      action: isLeaving ? "coverage.reader_removed" : "coverage.reader_added",
      purpose: "rollout",
      object: { kind: "drive_unit", id: scopeCode },
    });
  });
}
