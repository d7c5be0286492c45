import type { House } from "../db/house.ts";
import { type UnitRow, unitRowsInSight } from "../drive/store-scope.ts";
import { officesAtWork, type Staff } from "../kernel/actor.ts";
import { NotFound } from "../kernel/failures.ts";
import { getOffice } from "../units/store.ts";
import { officeScope } from "./rules-moments.ts";

/** Whose counts a member of staff may see: whole territories for leaders and offices, the own unit for coordinators. */
export interface Sight {
  /** The territories of which an overview can be had; none for a coordinator. */
  territories: readonly { code: string; name: string; headcount: number | null }[];
  /** Every unit in sight, by name. */
  units: readonly UnitRow[];
}

export async function sightOf({ db }: Pick<House, "db">, staff: Staff, today: string): Promise<Sight> {
  const leading = staff.roles.filter(({ role }) => role === "leader");
  const units = await unitRowsInSight(db, staff, today);
  const own = leading.flatMap(({ unitCode }) => units.find(({ code }) => code === unitCode) ?? []);
  const offices = new Set([...leading.flatMap(({ officeCode }) => officeCode ?? []), ...officesAtWork(staff)]);
  const named = [...offices].map(async (code) => ({
    code: officeScope(code),
    name: (await getOffice(db, code))?.name ?? code,
    headcount: null,
  }));
  return { territories: [...own, ...(await Promise.all(named))], units };
}

/** The territory that was asked for, or the first; NotFound where there is none, or not that one. */
export function territoryOf(sight: Sight, asked: string | undefined): Sight["territories"][number] {
  const found = asked ? sight.territories.find(({ code }) => code === asked) : sight.territories[0];
  if (!found) throw new NotFound("territory");
  return found;
}

/** The units that a coordinator answers for, by role. */
export const ownUnits = (staff: Staff): string[] =>
  staff.roles.flatMap(({ role, unitCode }) => (role === "coordinator" && unitCode ? [unitCode] : []));

/** Everybody but a coordinator sees more than the own unit. */
export const seesTerritory = (staff: Staff): boolean =>
  staff.roles.some(({ role }) => role === "leader" || role === "officer" || role === "supervisor");

/** The units of one territory: those under a unit, or those that an office serves with all under them. */
export function unitsUnder(sight: Sight, territory: string): UnitRow[] {
  const byCode = new Map(sight.units.map((unit) => [unit.code, unit]));
  const known = new Map<string, boolean>();
  const stands = (unit: UnitRow | undefined): boolean => {
    if (!unit) return false;
    const found =
      known.get(unit.code) ??
      (unit.code === territory ||
        officeScope(unit.officeCode) === territory ||
        (unit.parent !== null && stands(byCode.get(unit.parent))));
    known.set(unit.code, found);
    return found;
  };
  return sight.units.filter((unit) => unit.code !== territory && stands(unit));
}

/** What a territory holds, for whoever asks in nobody's name: the schedule. */
export async function sightOfScope(house: Pick<House, "db">, scope: string, today: string): Promise<Sight> {
  const role = scope.startsWith("@")
    ? { role: "leader" as const, officeCode: scope.slice(1) }
    : { role: "leader" as const, unitCode: scope };
  return sightOf(house, { kind: "staff", staffId: "", name: "", sessionId: "", roles: [role] }, today);
}
