import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { officesAtWork, type Staff } from "../kernel/actor.ts";
import { Forbidden, Invalid } from "../kernel/failures.ts";
import { findEmployer } from "../units/store.ts";
import { parseOpening } from "./rules.ts";
import { type Batch, getBatch, insertBatch } from "./store.ts";

/** Opens a batch for a unit: by its code, or by name when it has none. */
export async function openBatch(
  house: House,
  staff: Staff,
  form: { unit_code?: string; unit_name?: string },
): Promise<Batch> {
  const at = house.clock.now();
  const officeCode = officesAtWork(staff)[0];
  if (!officeCode) throw new Forbidden();
  const parsed = parseOpening(form);
  if (!parsed.ok) throw new Invalid(parsed.faults);
  const { unitCode, unitName } = parsed.value;
  return inTransaction(house.db, async (tx) => {
    const unit = unitCode ? await findEmployer(tx, unitCode) : undefined;
    const name = unit?.name ?? unitName;
    if (!name) throw new Invalid([{ field: "unit_code", key: "unit_unknown" }]);
    const batch = { officeCode, unitCode: unitCode ?? null, unitName: name, openedAt: at, openedBy: staff.staffId };
    const id = await insertBatch(tx, batch);
    await record(tx, {
      at,
      actor: staff,
      action: "batch.open",
      purpose: "review",
      object: { kind: "batch", id },
      officeCode,
    });
    return getBatch(tx, [officeCode], id);
  });
}
