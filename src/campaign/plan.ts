import { randomUUID } from "node:crypto";
import { record } from "../audit/record.ts";
import type { House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { lookAtUnit } from "../drive/look.ts";
import { isOn } from "../drive/rules.ts";
import type { Staff } from "../kernel/actor.ts";
import { dayOf } from "../kernel/calendar.ts";
import { Conflict, Forbidden, Invalid, NotAllowed, NotFound } from "../kernel/failures.ts";
import { isUuid } from "../kernel/uuid.ts";
import { mayGiveNumber, parseAired, parseBroadcast, parseDesk } from "./rules.ts";
import * as store from "./store.ts";

/** Broadcasts and desk days of a unit: planned and noted by its coordinators, those above, and the serving office. */
type Form = Partial<Record<string, string>>;

export async function planBroadcast(house: House, staff: Staff, unitCode: string, form: Form): Promise<void> {
  const parsed = parseBroadcast(form);
  await act(house, staff, unitCode, "campaign.broadcast_planned", async (tx) => {
    if (!parsed.ok) throw new Invalid(parsed.faults);
    const id = randomUUID();
    await store.insertBroadcast(tx, { id, unitCode, ...parsed.value, staffId: staff.staffId });
    return id;
  });
}

/** When it was really read, by whom, and how long. */
export async function noteBroadcast(house: House, staff: Staff, unitCode: string, form: Form): Promise<void> {
  const parsed = parseAired(form, house.clock.now());
  await act(house, staff, unitCode, "campaign.broadcast_aired", async (tx) => {
    const id = idOf(form.broadcast);
    if (!parsed.ok) throw new Invalid(parsed.faults);
    const isNoted = await store.noteAired(tx, unitCode, id, { ...parsed.value, staffId: staff.staffId });
    if (!isNoted) throw new Conflict("broadcast_ended");
    return id;
  });
}

export async function dropBroadcast(house: House, staff: Staff, unitCode: string, form: Form): Promise<void> {
  await act(house, staff, unitCode, "campaign.broadcast_cancelled", async (tx, now) => {
    const id = idOf(form.broadcast);
    if (!(await store.cancelBroadcast(tx, unitCode, id, now))) throw new Conflict("broadcast_ended");
    return id;
  });
}

export async function planDesk(house: House, staff: Staff, unitCode: string, form: Form): Promise<void> {
  const parsed = parseDesk(form, dayOf(house.clock.now()).toString());
  await act(house, staff, unitCode, "campaign.desk_planned", async (tx, at) => {
    if (!parsed.ok) throw new Invalid(parsed.faults);
    const id = randomUUID();
    await store.insertDesk(tx, { id, unitCode, ...parsed.value, staffId: staff.staffId, at });
    return id;
  });
}

/** The next number, for whoever has walked in; nobody's name is asked. */
export async function giveNumber(house: House, staff: Staff, unitCode: string, form: Form): Promise<number> {
  let given = 0;
  await act(house, staff, unitCode, "campaign.number_given", async (tx, now) => {
    const desk = await store.getDesk(tx, unitCode, idOf(form.desk));
    if (!mayGiveNumber(desk, now)) throw new NotAllowed("other_day", [], "desk_other_day");
    given = await store.takeNumber(tx, desk.id, staff.staffId, now);
    return desk.id;
  });
  return given;
}

export async function dropDesk(house: House, staff: Staff, unitCode: string, form: Form): Promise<void> {
  await act(house, staff, unitCode, "campaign.desk_cancelled", async (tx, now) => {
    const desk = await store.getDesk(tx, unitCode, idOf(form.desk));
    if (desk.lastNo > 0) throw new NotAllowed("numbers_given", [], "desk_has_numbers");
    await store.cancelDesk(tx, desk.id, now);
    return desk.id;
  });
}

function idOf(text: string | undefined): string {
  if (!text || !isUuid(text)) throw new NotFound("plan");
  return text;
}

/** `work` answers the id of what it touched. Units that have ended plan nothing. */
async function act(
  house: House,
  staff: Staff,
  unitCode: string,
  action: string,
  work: (tx: Tx, now: Date) => Promise<string>,
): Promise<void> {
  const now = house.clock.now();
  await inTransaction(house.db, async (tx) => {
    const { unit, rights } = await lookAtUnit(tx, staff, unitCode, now);
    if (!rights.campaigns || !isOn(unit, dayOf(now).toString())) throw new Forbidden();
    const id = await work(tx, now);
    await record(tx, {
      ...{ at: now, actor: staff, action, purpose: "rollout", officeCode: unit.officeCode },
      ...{ object: { kind: "campaign", id }, detail: { unit: unitCode } },
    });
  });
}
