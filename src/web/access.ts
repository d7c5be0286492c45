import type { House } from "../db/house.ts";
import { type Actor, isLimitedAt } from "../kernel/actor.ts";
import { Forbidden, NotFound, NotSignedIn } from "../kernel/failures.ts";
import type { RouteRow, Who } from "./route.ts";

/** Throws unless the actor is one of those whom the row names. Nothing is open by default. */
export function admit(house: House, who: readonly Who[], actor: Actor): void {
  if (who.includes("dev")) {
    if (house.settings.profile !== "demo") throw new NotFound("page");
    return;
  }
  if (who.includes("anyone")) return;
  if (actor.kind === "citizen" && admitsCitizen(who, actor.scope)) return;
  if (actor.kind === "facility") {
    if (who.includes("facility")) return;
    throw new Forbidden();
  }
  if (actor.kind === "staff") {
    if (who.includes("staff_settling")) return;
    if (actor.owes) throw new Forbidden("must_settle");
    if (who.includes("any_staff") || actor.roles.some((held) => who.includes(held.role))) return;
    throw new Forbidden();
  }
  if (actor.kind === "citizen") {
    const isOpenOncePasswordIsChanged = who.includes("citizen");
    throw new Forbidden(isOpenOncePasswordIsChanged ? "must_change_password" : "forbidden");
  }
  throw new NotSignedIn();
}

/** Throws unless this member of staff has shown the second factor in the last minutes. Others are asked by their own verbs. */
export function needFresh({ isHeavy }: RouteRow, actor: Actor, now: Date): void {
  if (!isHeavy || actor.kind !== "staff") return;
  if (!actor.provedUntil || actor.provedUntil <= now) throw new Forbidden("fresh_factor_needed");
}

/** Throws where one's own record tells of health, while a reset by SMS alone limits the session (T17). */
export function needUnlimited({ sensitive, purpose }: RouteRow, actor: Actor, now: Date): void {
  if (!sensitive || purpose !== "own_record" || actor.kind !== "citizen") return;
  if (isLimitedAt(actor, now)) throw new Forbidden("limited_after_reset");
}

function admitsCitizen(who: readonly Who[], scope: "full" | "change_password"): boolean {
  return who.includes("citizen_changing") || (scope === "full" && who.includes("citizen"));
}
