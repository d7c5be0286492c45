import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Staff } from "../kernel/actor.ts";
import { forgetSessions } from "./session-cache.ts";
import { endSessionOf, endSessionsOfSubject } from "./store-session.ts";

/** Signs a member out at one other computer, or at all others when none is named. Answers how many ended. */
export async function endStaffSessions(
  house: House,
  staff: Staff,
  named: string | undefined,
  now: Date,
): Promise<number> {
  const { staffId } = staff;
  const ended = await inTransaction(house.db, async (tx) => {
    const count = named
      ? await endNamed(named, (hash) => endSessionOf(tx, { staffId }, hash, now))
      : await endSessionsOfSubject(tx, { staffId }, now, Buffer.from(staff.sessionId, "hex"));
    const detail = { ended: count };
    await record(tx, { at: now, actor: staff, action: "staff_sessions_ended", purpose: "account", detail });
    return count;
  });
  forgetSessions(house, { staffId });
  return ended;
}

async function endNamed(sessionId: string, end: (hash: Buffer) => Promise<boolean>): Promise<number> {
  return /^[\da-f]{64}$/.test(sessionId) && (await end(Buffer.from(sessionId, "hex"))) ? 1 : 0;
}
