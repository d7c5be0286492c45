import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Staff } from "../kernel/actor.ts";
import type { TargetSet } from "./rules-target.ts";
import { insertTarget } from "./store.ts";

/** A leader or supervisor promises a share by a day; what was promised before stays in the book. */
export async function setTarget(house: House, staff: Staff, scopeCode: string, target: TargetSet): Promise<void> {
  const now = house.clock.now();
  await inTransaction(house.db, async (tx) => {
    const { moment, percent, dueOn } = target;
    await insertTarget(tx, { scopeCode, moment, percent, dueOn: dueOn.toString(), staffId: staff.staffId, now });
    await record(tx, {
      at: now,
      actor: staff,
      action: "coverage.target",
      purpose: "rollout",
      object: { kind: "drive_unit", id: scopeCode },
      detail: { moment, percent, due: dueOn.toString() },
    });
  });
}
