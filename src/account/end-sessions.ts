import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Citizen } from "../kernel/actor.ts";
import { forgetSessions } from "./session-cache.ts";
import { endDeviceOf } from "./sign-out.ts";
import { signOutEverywhere } from "./sign-out-everywhere.ts";
import { endSessionOf } from "./store-session.ts";

/** Signs the person out everywhere but here: a lost telephone, a borrowed computer. Answers how many ended. */
export async function endOtherSessions(house: House, citizen: Citizen, now: Date): Promise<number> {
  const { personId, sessionId } = citizen;
  const ended = await inTransaction(house.db, async (tx) => {
    const count = await signOutEverywhere(tx, personId, now, Buffer.from(sessionId, "hex"));
    const detail = { ended: count };
    await record(tx, { at: now, actor: citizen, action: "sessions_ended", purpose: "account", personId, detail });
    return count;
  });
  forgetSessions(house, { personId });
  return ended;
}

/** Signs one device out. A session of somebody else, or one that has ended, is left as it is. */
export async function endOneSession(house: House, citizen: Citizen, sessionId: string, now: Date): Promise<void> {
  const { personId } = citizen;
  if (!/^[\da-f]{64}$/.test(sessionId)) return;
  await inTransaction(house.db, async (tx) => {
    const session = Buffer.from(sessionId, "hex");
    if (!(await endSessionOf(tx, { personId }, session, now))) return;
    await endDeviceOf(tx, personId, session);
    const detail = { ended: 1 };
    await record(tx, { at: now, actor: citizen, action: "sessions_ended", purpose: "account", personId, detail });
  });
  forgetSessions(house, { personId });
}
