import type { Tx } from "../db/house.ts";
import { behindWall } from "../db/wall.ts";
import { dropKept } from "../kept-card/store.ts";
import { dropDevices } from "../push/store.ts";
import { deviceOfSession, endSessionsOfSubject } from "./store-session.ts";

/**
 * Ends every session of a person, or all but one, and the notices and the kept card on those devices; also on devices
 * whose session had ended by itself: a telephone that was lost says and shows nothing more. How many sessions that were.
 */
export async function signOutEverywhere(tx: Tx, personId: string, now: Date, except?: Buffer): Promise<number> {
  const here = except && (await deviceOfSession(tx, except));
  await dropDevices(tx, personId, here ? { except: here } : {});
  // Whoever forgot their password is nobody yet: it is decided by now whose devices these are.
  await behindWall([personId], () => dropKept(tx, personId, here ? { except: here } : {}));
  return endSessionsOfSubject(tx, { personId }, now, except);
}
