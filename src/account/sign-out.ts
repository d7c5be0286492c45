import { record } from "../audit/record.ts";
import type { House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { behindWall } from "../db/wall.ts";
import { dropKept } from "../kept-card/store.ts";
import { type Actor, anyone } from "../kernel/actor.ts";
import { dropDevices } from "../push/store.ts";
import { tokenHash } from "./open-session.ts";
import { forgetSessions } from "./session-cache.ts";
import { deviceOfSession, endSession, ownerOfSession } from "./store-session.ts";

/**
 * Who leaves a browser: whoever asks, or whose session its cookie still names though that has ended by itself. Undefined
 * when nothing tells.
 */
export async function whoLeaves(house: House, actor: Actor, cookie: string | undefined): Promise<Actor | undefined> {
  if (actor.kind !== "anyone") return actor;
  const session = tokenHash(cookie);
  const owner = session && (await ownerOfSession(house.db, session));
  if (!owner) return undefined;
  const { person_id: personId } = owner;
  if (!personId) return anyone;
  return { kind: "citizen", personId, scope: "change_password", sessionId: session.toString("hex") };
}

/**
 * Ends the session of whoever asks, and the notices and the kept card on that device; a second time is no fault. `next`:
 * the session that takes its place there; to the same person they stay.
 */
export async function signOut(house: House, actor: Actor, now: Date, next?: { personId: string }): Promise<void> {
  if (actor.kind !== "citizen" && actor.kind !== "staff") return;
  const session = Buffer.from(actor.sessionId, "hex");
  const personId = actor.kind === "citizen" ? actor.personId : undefined;
  const wasOpen = await inTransaction(house.db, async (tx) => {
    if (!(await endSession(tx, session, now))) return false;
    // Whoever asks may be nobody any more.
    if (personId && personId !== next?.personId) {
      await behindWall([personId], () => endDeviceOf(tx, personId, session));
    }
    return true;
  });
  forgetSessions(house, { sessionId: actor.sessionId });
  if (wasOpen) await record(house.db, { at: now, actor, action: "sign_out", purpose: "account", personId });
}

/** What was switched on on the device of that session: notices, and the card that it keeps. */
export async function endDeviceOf(tx: Tx, personId: string, session: Buffer): Promise<void> {
  const deviceMark = await deviceOfSession(tx, session);
  if (!deviceMark) return;
  await dropDevices(tx, personId, { deviceMark });
  await dropKept(tx, personId, { deviceMark });
}
