import { randomUUID } from "node:crypto";
import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { officesAtWork, type Staff } from "../kernel/actor.ts";
import { dayFromParts, dayOf, endOf, type PlainDate, plainDate } from "../kernel/calendar.ts";
import { Forbidden, Invalid } from "../kernel/failures.ts";
import { getPersonAsked } from "../register/merge-desk.ts";
import { numbersOf, type Person } from "../register/store.ts";
import { MATTER_REASONS, oneOf } from "./rules.ts";
import { saveMatter } from "./store.ts";

type Form = Record<string, string | undefined>;

/**
 * Somebody without an open case is at the counter, or a paper of theirs is: number and birth date are typed from that
 * paper, not from the screen, which shows neither. The record is then open to the office until the end of the day.
 */
export async function openMatter(house: House, staff: Staff, asked: { person: string; form: Form }): Promise<void> {
  const { form } = asked;
  const [officeCode] = officesAtWork(staff);
  if (!officeCode) throw new Forbidden();
  const at = house.clock.now();
  const person = await getPersonAsked(house.db, asked.person);
  const reason = oneOf(MATTER_REASONS, form.matter_reason);
  const number = (form.matter_number ?? "").replace(/[\s.-]/g, "");
  const birth = dayOfForm(form);
  const faults = [
    ...(reason ? [] : [{ field: "matter_reason", key: "reason_missing" }]),
    ...(number ? [] : [{ field: "matter_number", key: "number_missing" }]),
    ...(birth ? [] : [{ field: "matter_birth", key: "birth_wrong" }]),
  ];
  if (!reason || !birth || faults.length > 0) throw new Invalid(faults);
  const { personId } = person;
  const entry = { at, actor: staff, purpose: "review", personId, officeCode };
  const numbers = await numbersOf(house.db, personId);
  if (!numbers.some((one) => one.number === number) || !isBirthOf(person, birth)) {
    await record(house.db, { ...entry, action: "look.matter_refused", detail: { reason } });
    throw new Invalid([{ field: "matter_number", key: "paper_differs" }]);
  }
  const id = randomUUID();
  const until = endOf(dayOf(at));
  await inTransaction(house.db, async (tx) => {
    await saveMatter(tx, { id, personId, officeCode, staffId: staff.staffId, reason, at, until });
    const object = { kind: "counter_matter", id };
    await record(tx, { ...entry, action: "look.matter", object, detail: { reason } });
  });
}

function dayOfForm(form: Form): PlainDate | undefined {
  const [year, month, day] = ["year", "month", "day"].map((part) => Number(form[`matter_birth_${part}`]?.trim() || 0));
  return year && month && day ? dayFromParts(year, month, day) : undefined;
}

/** As far as the register knows it. */
function isBirthOf({ birthOn, birthPrecision }: Person, typed: PlainDate): boolean {
  const known = plainDate(birthOn);
  if (known.year !== typed.year) return false;
  if (birthPrecision === "year") return true;
  return known.month === typed.month && (birthPrecision === "month" || known.day === typed.day);
}
