import { staffOfUnits } from "../account/store-staff.ts";
import type { Db, House } from "../db/house.ts";
import type { Staff } from "../kernel/actor.ts";
import { dayOf } from "../kernel/calendar.ts";
import { policyOn } from "../policy/store.ts";
import { staffNames } from "../review/staff-names.ts";
import { getOffice } from "../units/store.ts";
import { lookAtUnit, type SeenUnit, unitsOn } from "./look.ts";
import { isOn, lookDay, type Unit } from "./rules.ts";
import { invitationDays } from "./rules-invitation.ts";
import { findUnit, predecessorsOf, successorsOf, unitsByCode } from "./store.ts";
import { invitationsOf } from "./store-invitation.ts";
import { pastParentsOf } from "./store-parents.ts";

const INVITATIONS_SHOWN = 50;

/** Everything that stands on the page of a unit. Invitations are read for those alone who may invite. */
export async function readUnitPage(house: House, staff: Staff, { unit, rights }: SeenUnit) {
  const { db } = house;
  const now = house.clock.now();
  const today = dayOf(now).toString();
  const seen = await unitsOn(db, staff, lookDay(unit, today));
  const people = await staffOfUnits(db, [unit.code], today);
  const parent = unit.parentCode ? await findUnit(db, unit.parentCode) : undefined;
  const past = await pastParentsOf(db, unit.code);
  const stoodUnder = await unitsByCode(
    db,
    past.flatMap(({ parentCode }) => parentCode ?? []),
  );
  const wentTo = (await successorsOf(db, [unit.code])).map(({ successor, name }) => ({ code: successor, name }));
  const tookOver = await predecessorsOf(db, unit.code);
  return {
    servedBy: (await getOffice(db, unit.officeCode))?.name ?? unit.officeCode,
    isOver: !isOn(unit, today),
    parent,
    below: seen.filter(({ parentCode }) => parentCode === unit.code),
    stoodUnder: past.map((one) => ({ ...one, unit: stoodUnder.find(({ code }) => code === one.parentCode) })),
    tookOver,
    wentTo,
    openable: await openableOf(db, staff, [...(parent ? [parent] : []), ...stoodUnder, ...tookOver, ...wentTo], now),
    people: people.map((one) => ({
      staffId: one.staff_id,
      name: one.full_name,
      role: one.role === "leader" ? ("leader" as const) : ("coordinator" as const),
      since: one.valid_from,
    })),
    invitations: rights.invites ? await invitationsOf(db, unit.code, INVITATIONS_SHOWN) : [],
    invitationDays: await policyOn(db, invitationDays, dayOf(now)),
    inviterNames: rights.invites ? await staffNames(db) : new Map<string, string>(),
  };
}

/** Which of the units beside this one lead somewhere for the reader; of the others the name alone is told. */
async function openableOf(db: Db, staff: Staff, units: readonly { code: string }[], now: Date): Promise<Set<string>> {
  const open = new Set<string>();
  for (const { code } of units) {
    const isSeen = await lookAtUnit(db, staff, code, now).then(
      () => true,
      () => false,
    );
    if (isSeen) open.add(code);
  }
  return open;
}

/** How many coordinate each unit. */
export async function countCoordinators(db: Db, units: readonly Unit[], today: string): Promise<Map<string, number>> {
  const people = await staffOfUnits(
    db,
    units.map(({ code }) => code),
    today,
  );
  const counts = new Map<string, number>();
  for (const { role, unit_code: code } of people) {
    if (role === "coordinator" && code) counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return counts;
}
