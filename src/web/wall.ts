import { behindWall } from "../db/wall.ts";
import type { Actor } from "../kernel/actor.ts";

/**
 * Runs a handler with PostgreSQL as the second wall: a citizen's statements reach their own rows and those of the child
 * or ward for whom they act, without what is hidden from a guardian; a stranger's nobody's. Staff and facilities are held by the first wall alone.
 */
export function asActor<T>(actor: Actor, work: () => T): T {
  if (actor.kind === "anyone") return behindWall([], work);
  if (actor.kind !== "citizen") return work();
  const { personId, actingFor } = actor;
  if (!actingFor) return behindWall([personId], work);
  return behindWall([personId, actingFor.personId], work, actingFor.hidesSensitive ? [actingFor.personId] : []);
}
