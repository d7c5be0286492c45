import type { Db } from "../db/house.ts";
import { unitsInSight } from "../drive/store-scope.ts";
import type { Staff } from "../kernel/actor.ts";
import { dayOf } from "../kernel/calendar.ts";
import { NotFound } from "../kernel/failures.ts";
import { namedUnits, type RosterUnit } from "./rules.ts";
import { unitsOf } from "./store-units.ts";

/** The units whose people a coordinator sees by name, their own first. Nobody else has any. */
export async function unitsOfCoordinator(db: Db, staff: Staff, now: Date): Promise<RosterUnit[]> {
  const roles = staff.roles.filter(({ role }) => role === "coordinator");
  const seen = await unitsInSight(db, { ...staff, roles }, dayOf(now).toString());
  const own = roles.flatMap(({ unitCode }) => unitCode ?? []);
  return namedUnits(await unitsOf(db, seen), own);
}

/** One of them; any other unit does not exist for the asker. Without a code: the first. */
export async function getOwnUnit(db: Db, staff: Staff, now: Date, code?: string): Promise<RosterUnit> {
  const units = await unitsOfCoordinator(db, staff, now);
  const unit = code ? units.find((one) => one.code === code) : units[0];
  if (!unit) throw new NotFound("unit");
  return unit;
}
