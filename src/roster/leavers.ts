import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Staff } from "../kernel/actor.ts";
import { dayOf } from "../kernel/calendar.ts";
import { NotAllowed, NotFound } from "../kernel/failures.ts";
import { policyOn } from "../policy/store.ts";
import { isTooOldToEnd } from "./rules.ts";
import { refusalsKeptDays } from "./rules-policies.ts";
import { getOwnUnit } from "./scope.ts";
import { lockUnit } from "./store-units.ts";
import { endMissing, unitOfUpload, uploadsOf } from "./store-upload.ts";

/** The coordinator confirms that whoever is missing from the last whole list has left; answers how many. */
export async function confirmLeavers(house: House, staff: Staff, uploadId: string): Promise<number> {
  const at = house.clock.now();
  const unit = await getOwnUnit(house.db, staff, at, await unitOfUpload(house.db, uploadId));
  return inTransaction(house.db, async (tx) => {
    await lockUnit(tx, unit.code);
    const [latest] = await uploadsOf(tx, unit.code, 1);
    if (!latest) throw new NotFound("upload");
    const days = await policyOn(tx, refusalsKeptDays, dayOf(at));
    const mayEnd = latest.uploadId === uploadId && latest.isWhole && latest.leavers === null;
    if (!mayEnd || isTooOldToEnd(latest, at, days)) throw new NotAllowed("list_followed", [], "leavers_late");
    const leavers = await endMissing(tx, latest, staff.staffId, at);
    await record(tx, {
      ...{ at, actor: staff, action: "roster.leavers", purpose: "rollout", officeCode: unit.officeCode },
      object: { kind: "roster_upload", id: uploadId },
      detail: { unit: unit.code, leavers },
    });
    return leavers;
  });
}
