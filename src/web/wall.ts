import { behindUnitWall, behindWall, type UnitsInReach } from "../db/wall.ts";
import type { Actor, Staff, StaffRole } from "../kernel/actor.ts";

/**
 * Runs a handler with PostgreSQL as the second wall: a citizen's statements reach their own rows and those of the child
 * or ward for whom they act, without what is hidden from a guardian; a stranger's nobody's. Staff who may open no record
 * reach none, and a coordinator the lists of their own units. The others and facilities are held by the first wall alone.
 */
export function asActor<T>(actor: Actor, work: () => T): T {
  if (actor.kind === "anyone") return behindWall([], work);
  if (actor.kind === "staff" && !opensRecords(actor)) return behindUnitWall(unitsOf(actor), work);
  if (actor.kind !== "citizen") return work();
  const { personId, actingFor } = actor;
  if (!actingFor) return behindWall([personId], work);
  return behindWall([personId, actingFor.personId], work, actingFor.hidesSensitive ? [actingFor.personId] : []);
}

/** Who works with records, or runs the system that keeps them. */
const withRecords: readonly StaffRole[] = ["officer", "supervisor", "operator"];

const opensRecords = ({ roles }: Staff): boolean => roles.some(({ role }) => withRecords.includes(role));

/** At the hotline somebody of any unit may call; who holds no role at all reaches nothing. */
function unitsOf({ roles }: Staff): UnitsInReach {
  if (roles.some(({ role }) => role === "hotline")) return "every";
  return roles.flatMap(({ role, unitCode }) => (role === "coordinator" && unitCode ? [unitCode] : []));
}
