import { officesAtWork, officesOf, type Staff } from "../kernel/actor.ts";
import type { Unit } from "./rules.ts";

/** Who may do what with a unit that they have in sight. Pure. */
export interface UnitRights {
  /** Add, change and end units: the supervisor of the office that serves them. */
  edits: boolean;
  /** Invite, withdraw, end coordinators: the serving office, or a coordinator of a unit above. */
  invites: boolean;
  /** Plan broadcasts and desk days, give queue numbers: the office, and coordinators of the unit or of one above. */
  campaigns: boolean;
}

export function unitRights(
  staff: Staff,
  unit: Pick<Unit, "code" | "officeCode">,
  above: readonly string[],
): UnitRights {
  const coordinates = (codes: readonly string[]) =>
    staff.roles.some(({ role, unitCode }) => role === "coordinator" && unitCode && codes.includes(unitCode));
  const isOfOffice = officesAtWork(staff).includes(unit.officeCode);
  const isAbove = coordinates(above);
  return {
    edits: officesOf(staff, "supervisor").includes(unit.officeCode),
    invites: isOfOffice || isAbove,
    campaigns: isOfOffice || isAbove || coordinates([unit.code]),
  };
}
