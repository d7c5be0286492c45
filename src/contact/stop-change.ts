import { parseLogin } from "../account/rules.ts";
import { forgetSessions } from "../account/session-cache.ts";
import { signOutEverywhere } from "../account/sign-out-everywhere.ts";
import { record } from "../audit/record.ts";
import type { House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { noteEvent } from "../holder/note-event.ts";
import { type Actor, anyone, type Citizen, type Staff } from "../kernel/actor.ts";
import { Invalid, NotFound } from "../kernel/failures.ts";
import { findPersonByKey } from "../register/store.ts";
import { parseStopCode } from "./rules.ts";
import { type ChangeRow, findChange, moveChange, openChangesOf } from "./store.ts";

/** A change that waits is stopped: by the person, by whoever holds the old telephone, or at the counter. */

export async function stopOwnChange(house: House, citizen: Citizen, changeId: string, now: Date): Promise<void> {
  await stopNamed(house, citizen, { personId: citizen.personId, changeId, now });
}

export async function stopChangeAtCounter(
  house: House,
  staff: Staff,
  asked: { personId: string; changeId: string; officeCode: string; now: Date },
): Promise<void> {
  await stopNamed(house, staff, asked);
}

async function stopNamed(
  house: House,
  by: Citizen | Staff,
  { personId, changeId, officeCode, now }: { personId: string; changeId: string; officeCode?: string; now: Date },
): Promise<void> {
  const change = await findChange(house.db, personId, changeId);
  if (!change) throw new NotFound("contact_change");
  await inTransaction(house.db, (tx) => stop(tx, by, change, now, officeCode));
}

/**
 * With the code that the old telephone or mailbox was sent. All sessions end: somebody else may sit in one. A wrong
 * number, a wrong code and nothing to stop are answered alike. Tries are not counted: whoever types wrong ones would keep
 * the owner from stopping a thief. The rate of an address leaves a guesser less than a thousandth of the eight digits a day.
 */
export async function stopChangeByCode(house: House, asked: { login: string; code: string; now: Date }): Promise<void> {
  const { now } = asked;
  const login = parseLogin(asked.login);
  const code = parseStopCode(asked.code);
  const faults = [
    ...(login ? [] : [{ field: "login", key: "login_shape" }]),
    ...(code ? [] : [{ field: "code", key: "stop_shape" }]),
  ];
  if (!login || !code || faults.length > 0) throw new Invalid(faults);
  const person = await findPersonByKey(house.db, login.kind, login.number);
  const personId = person?.personId;
  const open = await openChangesOf(house.db, personId ?? "0");
  const [change] = open.filter((one) => isStopCode(house, one, code));
  if (!personId || !change || !(await inTransaction(house.db, (tx) => stopAll(tx, change, now)))) {
    throw new Invalid([{ field: "code", key: "stop_wrong" }]);
  }
  forgetSessions(house, { personId });
}

function isStopCode(house: House, change: ChangeRow, code: string): boolean {
  if (change.stop_mark === null) return false;
  return house.vault.isMark("stop-change", `${change.change_id}:${code}`, change.stop_mark);
}

async function stopAll(tx: Tx, change: ChangeRow, now: Date): Promise<boolean> {
  if (!(await stop(tx, anyone, change, now))) return false;
  await signOutEverywhere(tx, change.person_id, now);
  return true;
}

async function stop(tx: Tx, by: Actor, change: ChangeRow, now: Date, officeCode?: string): Promise<boolean> {
  const isFirst = await moveChange(tx, change, { from: ["asked", "second", "waiting"], to: "stopped", now });
  if (!isFirst) return false;
  const personId = change.person_id;
  const source = by.kind === "staff" ? "counter" : "online";
  await noteEvent(tx, { personId, kind: "change_stopped", source, now });
  const action = `${change.kind}_change_stopped`;
  await record(tx, { at: now, actor: by, action, purpose: "account", personId, officeCode });
  return true;
}
