import { type Citizen, isLimitedAt } from "../kernel/actor.ts";
import { Forbidden } from "../kernel/failures.ts";

/**
 * Throws while the password is one that was set again by SMS alone (T17): whoever holds a stolen SIM reads one
 * record at most and nothing of health in it, moves no contact, leaves no way in behind, shuts nobody out and does
 * nothing for anybody else.
 */
export function refuseLimited(citizen: Citizen, now: Date): void {
  if (isLimitedAt(citizen, now)) throw new Forbidden("limited_after_reset");
}
