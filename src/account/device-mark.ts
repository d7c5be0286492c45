import { randomBytes } from "node:crypto";
import type { Tx } from "../db/house.ts";
import type { Citizen } from "../kernel/actor.ts";
import { bindDevice, deviceOfSession } from "./store-session.ts";

/**
 * The mark of the device on which this session runs: what is switched on there ends with it. A session from before
 * devices had marks, or of a program, gets one of its own.
 */
export async function deviceMarkOf(tx: Tx, { sessionId }: Citizen): Promise<Buffer> {
  const session = Buffer.from(sessionId, "hex");
  const known = await deviceOfSession(tx, session);
  if (known) return known;
  const mark = randomBytes(32);
  await bindDevice(tx, session, mark);
  return mark;
}
