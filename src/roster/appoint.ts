import { randomUUID } from "node:crypto";
import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { beyondWall } from "../db/wall.ts";
import { officesAtWork, type Staff } from "../kernel/actor.ts";
import { Invalid, NotFound } from "../kernel/failures.ts";
import { isUuid } from "../kernel/uuid.ts";
import { parseAsked } from "./rules-forms.ts";
import { getOwnUnit, unitsOfCoordinator } from "./scope.ts";
import {
  type Appointment,
  appointmentsOf,
  expectedAt,
  insertAppointment,
  withdrawAppointment,
} from "./store-appointments.ts";

/** A window at the office that serves the unit, for so many of its people; answers how many others are expected then. */
export async function askAppointment(
  house: House,
  staff: Staff,
  form: Readonly<Record<string, string>>,
): Promise<{ others: number }> {
  const at = house.clock.now();
  const unit = await getOwnUnit(house.db, staff, at, form.unit);
  const parsed = parseAsked(form, at);
  if (!parsed.ok) throw new Invalid(parsed.faults);
  const { startsAt, endsAt } = parsed.value;
  // A number of people of whatever units.
  const others = await beyondWall(() => expectedAt(house.db, unit.officeCode, startsAt, endsAt));
  return inTransaction(house.db, async (tx) => {
    const one = { id: randomUUID(), unitCode: unit.code, officeCode: unit.officeCode, ...parsed.value };
    await insertAppointment(tx, one, { staffId: staff.staffId, at });
    await record(tx, {
      ...{ at, actor: staff, action: "roster.appointment", purpose: "rollout", officeCode: unit.officeCode },
      object: { kind: "roster_appointment", id: one.id },
      detail: { unit: unit.code, people: one.people },
    });
    return { others };
  });
}

export async function dropAppointment(house: House, staff: Staff, id: string): Promise<void> {
  const at = house.clock.now();
  const units = await unitsOfCoordinator(house.db, staff, at);
  await inTransaction(house.db, async (tx) => {
    const codes = units.map(({ code }) => code);
    if (!isUuid(id) || !(await withdrawAppointment(tx, codes, id, at))) throw new NotFound("appointment");
    const object = { kind: "roster_appointment", id };
    await record(tx, { at, actor: staff, action: "roster.appointment_dropped", purpose: "rollout", object });
  });
}

/** What is still to come: of the coordinator's units, and at the offices in which the asker works. */
export async function comingAppointments(house: House, staff: Staff): Promise<Appointment[]> {
  const now = house.clock.now();
  const units = (await unitsOfCoordinator(house.db, staff, now)).map(({ code }) => code);
  return appointmentsOf(house.db, { units, offices: officesAtWork(staff) }, now);
}
