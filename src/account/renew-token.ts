import type { House } from "../db/house.ts";
import type { Citizen, Staff } from "../kernel/actor.ts";
import { NotSignedIn } from "../kernel/failures.ts";
import { drawToken, type OpenedSession } from "./open-session.ts";
import { forgetSessions } from "./session-cache.ts";
import { renameSession } from "./store-session.ts";

/**
 * Whoever has just proved themselves again goes on under a new token: one that was taken from them before opens nothing
 * of what the proof opens. Everything else of the session stays. For browsers: a program keeps the token it was given.
 */
export async function renewToken(house: House, { sessionId }: Citizen | Staff): Promise<OpenedSession> {
  const { token, hash } = drawToken();
  const expiresAt = await renameSession(house.db, Buffer.from(sessionId, "hex"), hash);
  if (!expiresAt) throw new NotSignedIn();
  forgetSessions(house, { sessionId });
  return { token, sessionId: hash.toString("hex"), expiresAt };
}
