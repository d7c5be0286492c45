import { forgetSessions } from "../account/session-cache.ts";
import { signOutEverywhere } from "../account/sign-out-everywhere.ts";
import { findAccount, setAccountStatus } from "../account/store.ts";
import { record } from "../audit/record.ts";
import { closeCodesOf } from "../codes/store.ts";
import type { House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { aboutPersons } from "../db/wall.ts";
import { carrySeals } from "../factor/carry-seals.ts";
import type { Staff } from "../kernel/actor.ts";
import { Conflict, NotAllowed } from "../kernel/failures.ts";
import { carryOver } from "./carry-over.ts";
import { getMerge, isSupervisorAt } from "./merge-desk.ts";
import { mergeActs } from "./rules-merge.ts";
import { contactsOf } from "./store.ts";
import { lockMerge, lockPersons, type Merge, saveDecision, setMergedInto } from "./store-merge.ts";
import { haveClashingLinks, isGuardian, isWard } from "./store-merge-links.ts";
import { tellPersons } from "./tell-merged.ts";

/**
 * A second person agrees: rows, numbers and files of the merged record go to the survivor in one transaction, and the
 * merged row stays as a tombstone. With two accounts the survivor's stays and the other is closed; the person is told.
 * Confirmed again, the same merge is answered.
 */
export async function confirmMerge(house: House, staff: Staff, mergeId: string): Promise<Merge> {
  const at = house.clock.now();
  const { survivorId, mergedId } = await getMerge(house.db, staff, mergeId);
  const merge = await aboutPersons([survivorId, mergedId], () => joinBoth(house, staff, mergeId, at));
  forgetSessions(house, { personId: merge.mergedId });
  return merge;
}

function joinBoth(house: House, staff: Staff, mergeId: string, at: Date): Promise<Merge> {
  return inTransaction(house.db, async (tx) => {
    const locked = await lockForDecision(tx, staff, mergeId, "confirm");
    if (locked.status === "merged") return locked;
    await lockUnmerged(tx, locked);
    const told = await contactsOfBoth(tx, locked);
    const both = [await findAccount(tx, locked.survivorId), await findAccount(tx, locked.mergedId)] as const;
    const accountBefore = both[0] ? await setAccountStatus(tx, locked.mergedId, "closed") : undefined;
    await signOutEverywhere(tx, locked.mergedId, at);
    await closeCodesOf(tx, "recover", locked.mergedId, at);
    const moved = await carryOver(tx, locked, at, !both[0]);
    if (!both[0]) await carrySeals(tx, house, { from: locked.mergedId, to: locked.survivorId });
    await setMergedInto(tx, locked.mergedId, locked.survivorId);
    await saveDecision(tx, locked.id, { status: "merged", at, by: staff.staffId, accountBefore });
    if (both[0] ?? both[1]) await tellPersons(tx, house, locked, "records_merged", told, at);
    for (const personId of [locked.survivorId, locked.mergedId]) {
      await recordMerge(tx, staff, locked, "person.merge", personId, at, { moved });
    }
    return getMerge(tx, staff, mergeId);
  });
}

/** The second person does not agree: nothing has moved, and another proposal may be made. */
export async function rejectMerge(house: House, staff: Staff, mergeId: string): Promise<Merge> {
  const at = house.clock.now();
  return inTransaction(house.db, async (tx) => {
    const merge = await lockForDecision(tx, staff, mergeId, "reject");
    if (merge.status === "rejected") return merge;
    await saveDecision(tx, merge.id, { status: "rejected", at, by: staff.staffId });
    await recordMerge(tx, staff, merge, "person.merge_rejected", merge.survivorId, at, {});
    return getMerge(tx, staff, mergeId);
  });
}

const outcomes = { confirm: "merged", reject: "rejected" } as const;

async function lockForDecision(tx: Tx, staff: Staff, id: string, act: keyof typeof outcomes): Promise<Merge> {
  await getMerge(tx, staff, id);
  const merge = await lockMerge(tx, id);
  if (!merge) throw new Conflict("conflict");
  const isSupervisor = isSupervisorAt(staff, merge.officeCode);
  const acts = mergeActs(merge, { staffId: staff.staffId, isSupervisor });
  const isRepeat = isSupervisor && merge.status === outcomes[act];
  if (!isRepeat && !acts.includes(act)) throw new NotAllowed(merge.status, acts);
  return merge;
}

/** Neither record may have been merged meanwhile; imports that write rows of either wait for the end of this. */
async function lockUnmerged(tx: Tx, { survivorId, mergedId }: Merge): Promise<void> {
  const persons = await lockPersons(tx, [survivorId, mergedId]);
  if (persons.size < 2 || [...persons.values()].some((into) => into !== null)) throw new Conflict("merged_already");
  await refuseUnmovableLinks(tx, { from: mergedId, to: survivorId });
}

/**
 * A ward's links stay with their record; a guardian's follow, unless they meet what stands with the other. Whoever has
 * a guardian is none (Civil Code 2015, art. 49).
 */
async function refuseUnmovableLinks(tx: Tx, way: { from: string; to: string }): Promise<void> {
  if (await isWard(tx, way.from, "ever")) throw new Conflict("ward_links");
  if (!(await isGuardian(tx, way.from))) return;
  if ((await isWard(tx, way.to, "now")) || (await haveClashingLinks(tx, way))) throw new Conflict("guardian_links");
}

async function contactsOfBoth(tx: Tx, { survivorId, mergedId }: Merge) {
  return [...(await contactsOf(tx, survivorId)), ...(await contactsOf(tx, mergedId))];
}

export async function recordMerge(
  tx: Tx,
  staff: Staff,
  merge: Merge,
  action: string,
  personId: string,
  at: Date,
  detail: Record<string, number>,
): Promise<void> {
  const { id, officeCode } = merge;
  await record(tx, {
    at,
    actor: staff,
    action,
    purpose: "review",
    personId,
    object: { kind: "merge", id },
    officeCode,
    detail,
  });
}
