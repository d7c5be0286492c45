import type { House } from "../db/house.ts";
import type { Ward } from "../kernel/actor.ts";
import { findHeldWard } from "./holding.ts";
import { setActingFor } from "./store-session.ts";

/**
 * The ward of a session, checked anew; called whenever the session is read. A link that no longer holds turns the
 * session back to the guardian's own record for good: nothing revives it but choosing the ward again.
 */
export async function resumeActing(
  house: House,
  session: { tokenSha256: Buffer; guardianId: string; wardId: string },
  now: Date,
): Promise<Ward | undefined> {
  const ward = await findHeldWard(house.db, session.guardianId, { personId: session.wardId }, now);
  if (!ward) await setActingFor(house.db, session.tokenSha256, null);
  return ward;
}
