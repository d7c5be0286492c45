import { asWhatCanWait } from "../db/share.ts";
import { behindDeskWall, behindUnitWall, behindWall, type UnitsInReach } from "../db/wall.ts";
import type { Actor, Staff, StaffRole } from "../kernel/actor.ts";
import type { RouteRow } from "./route.ts";
import type { Importance } from "./rules-shed.ts";

/** What is asked, by whom, and when by the application's clock. */
interface Asked {
  actor: Actor;
  route: Pick<RouteRow, "who" | "purpose">;
  now: Date;
}

/** Runs a handler behind the wall of whoever asks; what is not vital leaves the last connections to what is. */
export function asAsked<T>(asked: Asked, importance: Importance, work: () => T): T {
  return asActor(asked, importance === "vital" ? work : () => asWhatCanWait(work));
}

/**
 * Runs a handler with PostgreSQL as the second wall: a citizen's statements reach their own rows and those of the child
 * or ward for whom they act, without what is hidden from a guardian, or from whom a reset by SMS limits; a stranger's
 * nobody's. Staff who may open no record reach none, and a coordinator the lists of their own units; officers and
 * supervisors those about whom something is open at their office. Facilities are held by the first wall alone.
 */
function asActor<T>({ actor, route, now }: Asked, work: () => T): T {
  if (actor.kind === "anyone") return behindWall([], work);
  if (actor.kind === "staff") return asStaff(actor, route, now, work);
  if (actor.kind !== "citizen") return work();
  const { personId, actingFor, limitedUntil } = actor;
  if (!actingFor) return behindWall([personId], work, limitedUntil ? [personId] : []);
  return behindWall([personId, actingFor.personId], work, actingFor.hidesSensitive ? [actingFor.personId] : []);
}

/**
 * Where staff help to fill in a form that is open to all they are strangers, too: it opens by its code. At the hotline
 * everybody opens no record, and tells a caller what is open anywhere.
 */
function asStaff<T>(staff: Staff, { who, purpose }: Asked["route"], now: Date, work: () => T): T {
  if (who.every((one) => forNoStaff.includes(one))) return behindWall([], work);
  if (!opensRecords(staff)) return behindUnitWall(unitsOf(staff), work, staff.staffId);
  if (purpose === "hotline") return behindUnitWall("every", work, staff.staffId);
  return behindDeskWall(staff.staffId, now, work);
}

const forNoStaff: readonly string[] = ["anyone", "citizen", "citizen_changing", "facility", "dev"];

/** Who works with records, or runs the system that keeps them. */
const withRecords: readonly StaffRole[] = ["officer", "supervisor", "operator"];

const opensRecords = ({ roles }: Staff): boolean => roles.some(({ role }) => withRecords.includes(role));

/** At the hotline somebody of any unit may call; who holds no role at all reaches nothing. */
function unitsOf({ roles }: Staff): UnitsInReach {
  if (roles.some(({ role }) => role === "hotline")) return "every";
  return roles.flatMap(({ role, unitCode }) => (role === "coordinator" && unitCode ? [unitCode] : []));
}
