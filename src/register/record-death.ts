import { forgetSessions } from "../account/session-cache.ts";
import { record } from "../audit/record.ts";
import type { House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { aboutPersons } from "../db/wall.ts";
import { lookAgain } from "../guardian/store-ends.ts";
import type { Staff } from "../kernel/actor.ts";
import { Conflict, Forbidden, Invalid } from "../kernel/failures.ts";
import { getPersonAsked, officeAtWork } from "./merge-desk.ts";
import { type DeathForm, parseDeath } from "./rules-death.ts";
import { getPerson, type Person } from "./store.ts";
import { findDeath, insertDeath, setDiedOn } from "./store-death.ts";
import { lockPersons } from "./store-merge.ts";
import { suspendDead } from "./suspend-dead.ts";

/**
 * Somebody has died, as a paper says: the account is suspended and signed out everywhere, cards and periods stay as
 * they are. Nobody is told, everything is on record, and a supervisor can take it back. Answers whether there was an
 * account.
 */
export async function recordDeath(
  house: House,
  staff: Staff,
  asked: { person: string; form: DeathForm },
): Promise<{ hadAccount: boolean }> {
  const at = house.clock.now();
  const officeCode = officeAtWork(staff);
  if (!officeCode) throw new Forbidden();
  const { personId, hadAccount } = await inTransaction(house.db, async (tx) => {
    const person = await lockUnrecorded(tx, asked.person);
    const parsed = parseDeath(asked.form, person.birthOn, at);
    if (!parsed.ok) throw new Invalid(parsed.faults);
    const { diedOn, paperKind, paperNumber } = parsed.value;
    const before = (await suspendDead(tx, person.personId, at)) ?? null;
    // A death that a file of the register told has suspended it: an undoing gives back what stood before that.
    const accountBefore = person.diedOn && before === "suspended" ? "active" : before;
    await setDiedOn(tx, person.personId, diedOn.toString());
    await lookAgain(tx, [person.personId]);
    const id = await insertDeath(tx, {
      personId: person.personId,
      diedOn: diedOn.toString(),
      paperKind,
      paperNumber,
      officeCode,
      recordedAt: at,
      recordedBy: staff.staffId,
      accountBefore,
    });
    await record(tx, {
      at,
      actor: staff,
      action: "person.died",
      purpose: "review",
      personId: person.personId,
      object: { kind: "death", id },
      officeCode,
      detail: { paper: paperKind },
    });
    return { personId: person.personId, hadAccount: before !== null };
  });
  forgetSessions(house, { personId });
  return { hadAccount };
}

/** Under lock: of two officers with the same paper one records it. What a file alone says may be recorded by its paper. */
async function lockUnrecorded(tx: Tx, publicId: string): Promise<Person> {
  const { personId } = await getPersonAsked(tx, publicId);
  await lockPersons(tx, [personId]);
  const person = await getPerson(tx, personId);
  if (person.mergedInto) throw new Conflict("merged_already");
  const known = await aboutPersons([personId], () => findDeath(tx, personId));
  if (known) throw new Conflict("died_already");
  return person;
}
