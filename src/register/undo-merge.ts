import { forgetSessions } from "../account/session-cache.ts";
import { signOutEverywhere } from "../account/sign-out-everywhere.ts";
import { type AccountStatus, findAccount, setAccountStatus } from "../account/store.ts";
import type { House, Tx } from "../db/house.ts";
import { bumpVersion } from "../db/person-version.ts";
import { inTransaction } from "../db/transaction.ts";
import { aboutPersons } from "../db/wall.ts";
import { carrySeals } from "../factor/carry-seals.ts";
import type { Staff } from "../kernel/actor.ts";
import { Conflict, Invalid, NotAllowed } from "../kernel/failures.ts";
import { changePerson } from "../registration/store-many.ts";
import { recordMerge } from "./confirm-merge.ts";
import { getMerge, isSupervisorAt } from "./merge-desk.ts";
import { ACCOUNT_TABLES, mergeActs, parseReason, RECORD_TABLES } from "./rules-merge.ts";
import { contactsOf } from "./store.ts";
import { lockMerge, lockPersons, type Merge, moveAccountKeys, saveUndoing, setMergedInto } from "./store-merge.ts";
import { returnGuardian } from "./store-merge-links.ts";
import {
  copyBack,
  countUnclaimed,
  deleteReturned,
  idsMoved,
  noteAccountRows,
  noteArrivals,
  returnKeys,
} from "./store-unmerge.ts";
import { tellPersons } from "./tell-merged.ts";

/**
 * A merge was wrong: every row that it moved stands again with the record it came from. Visits, cards and papers
 * that came since under one of that record's numbers go with it; periods and benefits that came since name no number,
 * stay with the survivor and are counted, so that the source file can be sent again. A later merge of the survivor is undone first.
 */
export async function undoMerge(house: House, staff: Staff, mergeId: string, why: string): Promise<Merge> {
  const at = house.clock.now();
  const reason = parseReason(why);
  if (!reason.ok) throw new Invalid(reason.faults);
  const { survivorId, mergedId } = await getMerge(house.db, staff, mergeId);
  const merge = await aboutPersons([survivorId, mergedId], () => partBoth(house, staff, mergeId, reason.value, at));
  for (const personId of [merge.survivorId, merge.mergedId]) forgetSessions(house, { personId });
  return merge;
}

function partBoth(house: House, staff: Staff, mergeId: string, reason: string, at: Date): Promise<Merge> {
  return inTransaction(house.db, async (tx) => {
    const locked = await lockForUndo(tx, staff, mergeId);
    if (locked.status === "undone") return locked;
    const contacts = await contactsOf(tx, locked.survivorId);
    const hadAccount = (await findAccount(tx, locked.survivorId)) !== undefined || locked.accountBefore !== null;
    const stayed = await bringBack(tx, house, locked, at);
    await saveUndoing(tx, locked.id, { at, by: staff.staffId, reason, stayed });
    const told = [...contacts, ...(await contactsOf(tx, locked.mergedId))];
    if (hadAccount) await tellPersons(tx, house, locked, "records_parted", told, at);
    for (const personId of [locked.survivorId, locked.mergedId]) {
      await recordMerge(tx, staff, locked, "person.merge_undone", personId, at, { stayed });
    }
    return getMerge(tx, staff, mergeId);
  });
}

async function lockForUndo(tx: Tx, staff: Staff, id: string): Promise<Merge> {
  await getMerge(tx, staff, id);
  const merge = await lockMerge(tx, id);
  if (!merge) throw new Conflict("conflict");
  const isSupervisor = isSupervisorAt(staff, merge.officeCode);
  if (isSupervisor && merge.status === "undone") return merge;
  const acts = mergeActs(merge, { staffId: staff.staffId, isSupervisor });
  if (!acts.includes("undo")) throw new NotAllowed(merge.status, acts);
  const persons = await lockPersons(tx, [merge.survivorId, merge.mergedId]);
  if (persons.get(merge.survivorId) !== null) throw new Conflict("undo_later_first");
  return merge;
}

/** Answers how many rows came since whose number nobody knows. */
async function bringBack(tx: Tx, house: House, merge: Merge, at: Date): Promise<number> {
  const { id, survivorId, mergedId, decidedAt, accountBefore } = merge;
  const way = { mergeId: id, survivorId, mergedId };
  const tables = accountBefore ? [...RECORD_TABLES] : [...RECORD_TABLES, ...ACCOUNT_TABLES];
  const since = decidedAt ?? at;
  await noteArrivals(tx, way, since);
  const hasAccount = await noteAccountRows(tx, way);
  const stayed = await countUnclaimed(tx, way, since);
  for (const table of tables) await copyBack(tx, way, table);
  for (const table of tables.toReversed()) await deleteReturned(tx, way, table);
  await returnKeys(tx, way);
  await returnGuardian(tx, { mergeId: id, from: mergedId, to: survivorId });
  if (hasAccount) {
    await moveAccountKeys(tx, survivorId, mergedId);
    await carrySeals(tx, house, { from: survivorId, to: mergedId });
  }
  await changePerson(tx, survivorId, mergedId, await idsMoved(tx, id, "declaration"));
  if (accountBefore) await setAccountStatus(tx, mergedId, accountBefore as AccountStatus);
  await setMergedInto(tx, mergedId, null);
  for (const personId of [survivorId, mergedId]) {
    await signOutEverywhere(tx, personId, at);
    await bumpVersion(tx, personId);
  }
  return stayed;
}
