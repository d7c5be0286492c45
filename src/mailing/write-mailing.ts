import { randomUUID } from "node:crypto";
import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { lookAtUnit } from "../drive/look.ts";
import { isOn } from "../drive/rules.ts";
import { officesAtWork, type Staff } from "../kernel/actor.ts";
import { dayOf } from "../kernel/calendar.ts";
import { Forbidden, Invalid } from "../kernel/failures.ts";
import { findPresentVersion } from "../notices/store-texts.ts";
import { policyOn } from "../policy/store.ts";
import { mayRun, parseMailing, templateOf } from "./rules.ts";
import { mailingDays, mailingHours } from "./rules-policies.ts";
import { insertMailing } from "./store.ts";

type Form = Readonly<Record<string, string | undefined>>;

/** A campaign for a second person to look at; answers its id. An empty `unit` is everybody whom the office serves. */
export async function writeMailing(
  house: House,
  staff: Staff,
  form: Form,
  audiences: readonly string[],
): Promise<string> {
  const now = house.clock.now();
  const today = dayOf(now);
  const unit = form.unit?.trim().toUpperCase() ?? "";
  const of = await scopeOf(house, staff, unit, now);
  const hours = await policyOn(house.db, mailingHours, today);
  const days = await policyOn(house.db, mailingDays, today);
  const parsed = parseMailing(form, audiences, { now, hours, days });
  const faults = [...(of ? [] : [{ field: "unit", key: "unit_missing" }]), ...(parsed.ok ? [] : parsed.faults)];
  if (!parsed.ok || !of) throw new Invalid(faults);
  const version = await findPresentVersion(house.db, templateOf[parsed.value.purpose], "vi", now);
  const id = randomUUID();
  await inTransaction(house.db, async (tx) => {
    await insertMailing(tx, { id, ...of, version, ...parsed.value, writtenAt: now, writtenBy: staff.staffId });
    await record(tx, {
      ...{ at: now, actor: staff, action: "mailing.written", purpose: "rollout", officeCode: of.officeCode },
      ...{ object: { kind: "mailing", id }, detail: { purpose: parsed.value.purpose, unit: of.unitCode ?? "" } },
    });
  });
  return id;
}

/** Undefined: no unit was named, and no office is there to write for. */
async function scopeOf(house: House, staff: Staff, unitCode: string, now: Date) {
  if (unitCode === "") {
    const [officeCode] = officesAtWork(staff);
    return officeCode ? { officeCode, unitCode: null } : undefined;
  }
  const { unit } = await lookAtUnit(house.db, staff, unitCode, now);
  if (!mayRun(staff, unit) || !isOn(unit, dayOf(now).toString())) throw new Forbidden();
  return { officeCode: unit.officeCode, unitCode };
}
