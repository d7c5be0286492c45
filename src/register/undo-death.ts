import { type AccountStatus, lockAccount, setAccountStatus } from "../account/store.ts";
import { record } from "../audit/record.ts";
import type { House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { aboutPersons } from "../db/wall.ts";
import type { Staff } from "../kernel/actor.ts";
import { Conflict, Forbidden, Invalid } from "../kernel/failures.ts";
import { getPersonAsked, isSupervisorAt, officeAtWork } from "./merge-desk.ts";
import { parseReason } from "./rules-merge.ts";
import { getPerson } from "./store.ts";
import { type DeathRecord, findDeath, insertDeath, saveUndoneDeath, setDiedOn } from "./store-death.ts";
import { lockPersons } from "./store-merge.ts";

/**
 * A wrong death is taken back by a supervisor of the office that recorded it, one that a file told by a supervisor who
 * has a case of the person: the account stands as it stood before, unless it ended meanwhile.
 */
export async function undoDeath(house: House, staff: Staff, asked: { person: string; reason: string }): Promise<void> {
  const at = house.clock.now();
  const reason = parseReason(asked.reason);
  if (!reason.ok) throw new Invalid(reason.faults);
  await inTransaction(house.db, async (tx) => {
    const { personId } = await getPersonAsked(tx, asked.person);
    await lockPersons(tx, [personId]);
    const death = await aboutPersons([personId], async () => {
      const recorded = await findDeath(tx, personId);
      if (!mayUndo(staff, recorded)) throw new Forbidden();
      return recorded ?? recordOfFile(tx, staff, personId, at);
    });
    await setDiedOn(tx, personId, null);
    await giveBack(tx, personId, death.accountBefore as AccountStatus | null);
    await saveUndoneDeath(tx, death.id, { at, by: staff.staffId, reason: reason.value });
    await record(tx, {
      at,
      actor: staff,
      action: "person.death_undone",
      purpose: "review",
      personId,
      object: { kind: "death", id: death.id },
      officeCode: death.officeCode,
    });
  });
}

export function mayUndo(staff: Staff, death: DeathRecord | undefined): boolean {
  const officeCode = death?.officeCode ?? officeAtWork(staff);
  return officeCode !== undefined && isSupervisorAt(staff, officeCode);
}

/** The account stands as it stood; one that was closed or deleted since the death stays so. */
async function giveBack(tx: Tx, personId: string, before: AccountStatus | null): Promise<void> {
  const account = await lockAccount(tx, personId);
  if (before && account?.status === "suspended") await setAccountStatus(tx, personId, before);
}

/** What a file alone told is written down, to be undone with its reason. */
async function recordOfFile(tx: Tx, staff: Staff, personId: string, at: Date): Promise<DeathRecord> {
  const { diedOn } = await getPerson(tx, personId);
  const officeCode = officeAtWork(staff);
  if (!diedOn || !officeCode) throw new Conflict("not_died_here");
  const account = await lockAccount(tx, personId);
  const told = {
    ...{ personId, diedOn, paperKind: "file", paperNumber: "", officeCode, recordedAt: at, recordedBy: staff.staffId },
    accountBefore: account?.status === "suspended" ? "active" : null,
  };
  return { ...told, id: await insertDeath(tx, told) };
}
