import { record } from "../audit/record.ts";
import { codeEnded } from "../codes/prove.ts";
import { useCode } from "../codes/store.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { officesOf, type Staff } from "../kernel/actor.ts";
import { Conflict, Forbidden, NotAllowed, NotFound } from "../kernel/failures.ts";
import { lockPerson } from "../register/store-merge.ts";
import { apply } from "./apply.ts";
import { type AskedChange, type ChangeAsked, sendChangeCode } from "./ask-change.ts";
import { provenChange } from "./prove-change.ts";
import { findChange, moveChange } from "./store.ts";

/**
 * A new telephone at the counter, for who has lost the old one: the officer sees the paper and asks, the person
 * reads out the code that came to the new telephone, and a supervisor confirms. Two people of staff, because
 * whoever holds the telephone can set a new password.
 */

export async function askAtCounter(
  house: House,
  staff: Staff,
  asked: Omit<ChangeAsked, "kind"> & { officeCode: string; paper: string },
): Promise<AskedChange> {
  const { officeCode, paper, ...change } = asked;
  return sendChangeCode(house, staff, {
    ...change,
    kind: "phone",
    counter: { officeCode, officerId: staff.staffId, paper },
  });
}

export async function proveAtCounter(
  house: House,
  staff: Staff,
  asked: { personId: string; changeId: string; code: string; officeCode: string; now: Date },
): Promise<void> {
  const { personId, officeCode, now } = asked;
  const change = await provenChange(house, asked);
  await inTransaction(house.db, async (tx) => {
    if (!(await useCode(tx, change.code_id, now))) throw codeEnded();
    if (!(await moveChange(tx, change, { from: ["asked"], to: "second", now }))) throw codeEnded();
    const entry = { at: now, actor: staff, action: "phone_change_proved", purpose: "account", personId, officeCode };
    await record(tx, entry);
  });
}

/** The second pair of eyes: not the officer who asked. Takes effect at once; old and new telephone are told. */
export async function confirmChange(
  house: House,
  supervisor: Staff,
  asked: { personId: string; changeId: string; isRight: boolean; now: Date },
): Promise<void> {
  const { personId, changeId, isRight, now } = asked;
  const change = await findChange(house.db, personId, changeId);
  if (!change) throw new NotFound("contact_change");
  const isTheirs = change.office_code !== null && officesOf(supervisor, "supervisor").includes(change.office_code);
  if (!isTheirs || change.officer_id === supervisor.staffId) throw new Forbidden();
  const supervisorId = supervisor.staffId;
  const fits = await inTransaction(house.db, async (tx) => {
    if (isRight) {
      await lockPerson(tx, personId);
      const held = await moveChange(tx, change, { from: ["second"], to: "second", now, supervisorId });
      if (!held) throw new NotAllowed(change.state, []);
      return apply(tx, house, change, { by: supervisor, from: "second", supervisorId, now });
    }
    const isFirst = await moveChange(tx, change, { from: ["second"], to: "refused", now, supervisorId });
    if (!isFirst) throw new NotAllowed(change.state, []);
    const officeCode = change.office_code ?? undefined;
    const entry = {
      at: now,
      actor: supervisor,
      action: "phone_change_refused",
      purpose: "account",
      personId,
      officeCode,
    };
    await record(tx, entry);
    return true;
  });
  if (!fits) throw new Conflict("phone_taken");
}
