import type { Actor, Citizen } from "../kernel/actor.ts";
import { NotSignedIn } from "../kernel/failures.ts";

/** The person who asks. Throws where nobody is signed in: the registry has asked already, types have not. */
export function citizenFrom({ actor }: { actor: Actor }): Citizen {
  if (actor.kind !== "citizen") throw new NotSignedIn();
  return actor;
}
