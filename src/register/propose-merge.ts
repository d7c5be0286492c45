import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Staff } from "../kernel/actor.ts";
import { Conflict, Forbidden, Invalid } from "../kernel/failures.ts";
import { getMerge, getPersonAsked, officeAtWork } from "./merge-desk.ts";
import { parseReason } from "./rules-merge.ts";
import { findStanding, insertMerge, type Merge } from "./store-merge.ts";

/**
 * An officer says that two records are one person, which one is kept and why. Nothing moves before a supervisor has
 * looked too. Asked twice, the first proposal stands.
 */
export async function proposeMerge(
  house: House,
  staff: Staff,
  asked: { survivor: string; merged: string; reason: string },
): Promise<Merge> {
  const at = house.clock.now();
  const officeCode = officeAtWork(staff);
  if (!officeCode) throw new Forbidden();
  const reason = parseReason(asked.reason);
  if (!reason.ok) throw new Invalid(reason.faults);
  return inTransaction(house.db, async (tx) => {
    const survivor = await getPersonAsked(tx, asked.survivor);
    const merged = await getPersonAsked(tx, asked.merged);
    if (survivor.personId === merged.personId || survivor.mergedInto || merged.mergedInto) {
      throw new Conflict("merged_already");
    }
    const standing = await findStanding(tx, survivor.personId, merged.personId);
    if (standing) return standing;
    const ids = { survivorId: survivor.personId, mergedId: merged.personId };
    const id = await insertMerge(tx, {
      ...ids,
      officeCode,
      reason: reason.value,
      proposedAt: at,
      proposedBy: staff.staffId,
    });
    if (!id) throw new Conflict("merge_proposed");
    for (const personId of [survivor.personId, merged.personId]) {
      await record(tx, {
        at,
        actor: staff,
        action: "person.merge_proposed",
        purpose: "review",
        personId,
        object: { kind: "merge", id },
        officeCode,
      });
    }
    return getMerge(tx, staff, id);
  });
}
