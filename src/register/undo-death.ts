import { type AccountStatus, setAccountStatus } from "../account/store.ts";
import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { aboutPersons } from "../db/wall.ts";
import type { Staff } from "../kernel/actor.ts";
import { Conflict, Forbidden, Invalid } from "../kernel/failures.ts";
import { getPersonAsked, isSupervisorAt } from "./merge-desk.ts";
import { parseReason } from "./rules-merge.ts";
import { findDeath, saveUndoneDeath, setDiedOn } from "./store-death.ts";
import { lockPersons } from "./store-merge.ts";

/** A wrong death is taken back by a supervisor of the office that recorded it: the account stands as it stood before. */
export async function undoDeath(house: House, staff: Staff, asked: { person: string; reason: string }): Promise<void> {
  const at = house.clock.now();
  const reason = parseReason(asked.reason);
  if (!reason.ok) throw new Invalid(reason.faults);
  await inTransaction(house.db, async (tx) => {
    const { personId } = await getPersonAsked(tx, asked.person);
    await lockPersons(tx, [personId]);
    const death = await aboutPersons([personId], () => findDeath(tx, personId));
    if (!death) throw new Conflict("not_died_here");
    if (!isSupervisorAt(staff, death.officeCode)) throw new Forbidden();
    await setDiedOn(tx, personId, null);
    if (death.accountBefore) await setAccountStatus(tx, personId, death.accountBefore as AccountStatus);
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
