import type { House } from "../db/house.ts";
import type { Citizen } from "../kernel/actor.ts";
import { findHeldWard, mayAct } from "./holding.ts";
import { setActingFor } from "./store-session.ts";

/**
 * A citizen with the ward of the session, checked anew; called whenever the session is read. A link that no longer holds turns the
 * session back to the guardian's own record for good: nothing revives it but choosing the ward again.
 */
export async function resumeActing(house: House, citizen: Citizen, wardId: string, now: Date): Promise<Citizen> {
  const ward = mayAct(citizen) ? await findHeldWard(house.db, citizen.personId, { personId: wardId }, now) : undefined;
  if (ward) return { ...citizen, actingFor: ward };
  await setActingFor(house.db, Buffer.from(citizen.sessionId, "hex"), null);
  return citizen;
}
