import type { Db, Tx } from "../db/house.ts";
import type { Staff } from "../kernel/actor.ts";
import { dayOf } from "../kernel/calendar.ts";
import { NotFound } from "../kernel/failures.ts";
import { lookDay, type Unit } from "./rules.ts";
import { type UnitRights, unitRights } from "./rules-rights.ts";
import { findUnit, unitsByCode } from "./store.ts";
import { ancestorsOn, parentsOn } from "./store-parents.ts";
import { unitsInSight } from "./store-scope.ts";

export interface SeenUnit {
  unit: Unit;
  rights: UnitRights;
}

/** A unit that this member of staff has, or had, in sight; any other does not exist for them. */
export async function lookAtUnit(db: Db | Tx, staff: Staff, code: string, now: Date): Promise<SeenUnit> {
  const unit = await findUnit(db, code);
  if (!unit) throw new NotFound("unit");
  const day = lookDay(unit, dayOf(now).toString());
  const seen = await unitsInSight(db as Db, staff, day);
  if (!seen.includes(code)) throw new NotFound("unit");
  return { unit, rights: unitRights(staff, unit, await ancestorsOn(db, code, day)) };
}

/** All units in sight on an ISO day, each under what it stood under that day. */
export async function unitsOn(db: Db, staff: Staff, day: string): Promise<Unit[]> {
  const codes = await unitsInSight(db, staff, day);
  const parents = await parentsOn(db, codes, day);
  return (await unitsByCode(db, codes)).map((unit) => ({ ...unit, parentCode: parents.get(unit.code) ?? null }));
}
