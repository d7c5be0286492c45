import { findStaffByUsername } from "../account/store-staff.ts";
import { record } from "../audit/record.ts";
import type { House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { Invalid, NotFound } from "../kernel/failures.ts";
import { parseInsuranceNumber, parsePersonalId } from "../kernel/numbers.ts";
import { findPersonByKey } from "../register/store.ts";
import { addWatch, endWatch, setOwnRecord } from "./store.ts";

/** What the operator keeps for the flags: protected persons, canaries, and whose record a member of staff's is. */

const operator = { kind: "operator" } as const;
const WATCHES = ["protected", "canary"] as const;

export async function watchPerson(
  house: House,
  asked: { number: string; kind: string; why: string; by: string },
): Promise<{ added: boolean }> {
  const kind = WATCHES.find((one) => one === asked.kind);
  const faults = [
    ...(kind ? [] : [{ field: "kind", key: "watch_kind" }]),
    ...(asked.why.trim() ? [] : [{ field: "why", key: "why_missing" }]),
  ];
  if (!kind || faults.length > 0) throw new Invalid(faults);
  return onPerson(house, asked.number, "look.watched", async (tx, personId, at) => ({
    added: await addWatch(tx, { personId, kind, why: asked.why.trim(), by: asked.by, at }),
  }));
}

export async function unwatchPerson(house: House, number: string): Promise<{ ended: number }> {
  return onPerson(house, number, "look.unwatched", async (tx, personId, at) => ({
    ended: await endWatch(tx, personId, at),
  }));
}

export async function nameOwnRecord(house: House, username: string, number: string): Promise<{ username: string }> {
  const member = await findStaffByUsername(house.db, username);
  if (!member) throw new NotFound("staff");
  return onPerson(house, number, "look.own_record", async (tx, personId, at) => {
    await setOwnRecord(tx, member.staff_id, personId, at);
    return { username };
  });
}

/** On record without the person: who is protected is told to nobody who may read the audit of a record. */
async function onPerson<T>(
  house: House,
  number: string,
  action: string,
  work: (tx: Tx, personId: string, at: Date) => Promise<T>,
): Promise<T> {
  const at = house.clock.now();
  const [bhxh, personal] = [parseInsuranceNumber(number), parsePersonalId(number)];
  const person =
    (bhxh && (await findPersonByKey(house.db, "bhxh", bhxh))) ||
    (personal && (await findPersonByKey(house.db, "personal_id", personal)));
  if (!person) throw new NotFound("person");
  return inTransaction(house.db, async (tx) => {
    await record(tx, { at, actor: operator, action, purpose: "looks" });
    return work(tx, person.personId, at);
  });
}
