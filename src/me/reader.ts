import type { Actor, Citizen } from "../kernel/actor.ts";
import { NotSignedIn } from "../kernel/failures.ts";

/** The citizen who reads their own record. The registry of addresses has let nobody else in. */
export function readerOf(actor: Actor): Citizen {
  if (actor.kind !== "citizen") throw new NotSignedIn();
  return actor;
}
