import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import type { Actor } from "../kernel/actor.ts";
import { forgetSessions } from "./session-cache.ts";
import { endSession } from "./store-session.ts";

/** Ends the session of whoever asks; a second time is no fault. */
export async function signOut(house: House, actor: Actor, now: Date): Promise<void> {
  if (actor.kind !== "citizen" && actor.kind !== "staff") return;
  const wasOpen = await endSession(house.db, Buffer.from(actor.sessionId, "hex"), now);
  forgetSessions(house, { sessionId: actor.sessionId });
  if (!wasOpen) return;
  const personId = actor.kind === "citizen" ? actor.personId : undefined;
  await record(house.db, { at: now, actor, action: "sign_out", purpose: "account", personId });
}
