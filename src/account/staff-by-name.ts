import type { House } from "../db/house.ts";
import type { Staff, StaffRole } from "../kernel/actor.ts";
import { dayOf } from "../kernel/calendar.ts";
import { Forbidden, NotFound } from "../kernel/failures.ts";
import { findStaffByUsername, listStaff } from "./store-staff.ts";

/**
 * Whoever answers for what an operator's command does, by their name of signing in. Throws NotFound("staff") when
 * nobody at work has it, Forbidden(`not_a_…`) when none of the roles is theirs today.
 */
export async function getStaffNamed(house: House, username: string, roles: readonly StaffRole[]): Promise<Staff> {
  const found = await findStaffByUsername(house.db, username);
  if (!found?.is_active) throw new NotFound("staff");
  const members = await listStaff(house.db, dayOf(house.clock.now()).toString());
  const held = members.find((one) => one.staff_id === found.staff_id)?.roles ?? [];
  const fit = held.filter(({ role }) => roles.some((one) => one === role));
  if (fit.length === 0) throw new Forbidden(`not_a_${roles[0]}`);
  return {
    kind: "staff",
    staffId: found.staff_id,
    name: found.full_name,
    sessionId: "command",
    roles: fit.map(({ role, office_code: officeCode }) => ({
      role: role as StaffRole,
      ...(officeCode ? { officeCode } : {}),
    })),
  };
}
