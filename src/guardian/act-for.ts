import { forgetSessions } from "../account/session-cache.ts";
import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Citizen } from "../kernel/actor.ts";
import { Forbidden } from "../kernel/failures.ts";
import { findHeldWard, mayAct } from "./holding.ts";
import { setActingFor } from "./store-session.ts";

/** From now on this session reads the ward's record. It stays so until the guardian turns back or the link ends. */
export async function actFor(house: House, guardian: Citizen, publicId: string, now: Date): Promise<void> {
  const { personId, sessionId } = guardian;
  await inTransaction(house.db, async (tx) => {
    const ward = /^[0-9a-f-]{36}$/.test(publicId) ? await findHeldWard(tx, personId, { publicId }, now) : undefined;
    if (!ward || !mayAct(guardian)) throw new Forbidden("not_guardian");
    await setActingFor(tx, Buffer.from(sessionId, "hex"), ward.personId);
    const about = { purpose: "own_record", personId: ward.personId } as const;
    await record(tx, { at: now, actor: guardian, action: "acting_begun", ...about });
  });
  forgetSessions(house, { sessionId });
}

/** Back to one's own record; a second time is no fault. */
export async function actForSelf(house: House, guardian: Citizen): Promise<void> {
  await setActingFor(house.db, Buffer.from(guardian.sessionId, "hex"), null);
  forgetSessions(house, { sessionId: guardian.sessionId });
}
