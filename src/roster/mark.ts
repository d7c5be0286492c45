import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Staff } from "../kernel/actor.ts";
import { dayOf } from "../kernel/calendar.ts";
import { Invalid } from "../kernel/failures.ts";
import { getOwnLine } from "./look.ts";
import { parseMark } from "./rules-forms.ts";
import { endPerson, helpersOf, markPerson } from "./store-list.ts";

/** Why somebody has not got there yet, in the coordinator's words, and who helps them. */
export async function mark(
  house: House,
  staff: Staff,
  lineId: string,
  form: Readonly<Record<string, string>>,
): Promise<void> {
  const at = house.clock.now();
  const { unit, person } = await getOwnLine(house, staff, lineId);
  const helpers = await helpersOf(
    house.db,
    [unit.code, ...(unit.parentCode ? [unit.parentCode] : [])],
    dayOf(at).toString(),
  );
  const parsed = parseMark(
    form,
    helpers.map(({ staffId }) => staffId),
  );
  if (!parsed.ok) throw new Invalid(parsed.faults);
  await inTransaction(house.db, async (tx) => {
    await markPerson(tx, unit.code, lineId, parsed.value);
    await record(tx, {
      ...{ at, actor: staff, action: "roster.marked", purpose: "rollout", officeCode: unit.officeCode },
      personId: person.personId ?? undefined,
      object: { kind: "roster_person", id: lineId },
      detail: { unit: unit.code, reason: parsed.value.notYetReason !== null, helped: parsed.value.helperId !== null },
    });
  });
}

/** Somebody left the unit: off the list from now on; what was known of them stays for the record. */
export async function removePerson(house: House, staff: Staff, lineId: string) {
  const at = house.clock.now();
  const { unit, person } = await getOwnLine(house, staff, lineId);
  await inTransaction(house.db, async (tx) => {
    await endPerson(tx, unit.code, lineId, at);
    await record(tx, {
      ...{ at, actor: staff, action: "roster.removed", purpose: "rollout", officeCode: unit.officeCode },
      personId: person.personId ?? undefined,
      object: { kind: "roster_person", id: lineId },
      detail: { unit: unit.code },
    });
  });
  return { unit: unit.code, person: person.fullName };
}
