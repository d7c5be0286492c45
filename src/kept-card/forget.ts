import { deviceOfSession } from "../account/store-session.ts";
import { record } from "../audit/record.ts";
import type { House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { behindWall } from "../db/wall.ts";
import { type Actor, anyone, type Citizen, type Staff } from "../kernel/actor.ts";
import { isUuid } from "../kernel/uuid.ts";
import { dropDevices } from "../push/store.ts";
import { readHandle } from "./handle.ts";
import { dropKept } from "./store.ts";

/** A lost telephone, from another device: at its next contact it wipes the card. Somebody else's is left as it is. */
export async function forgetDevice(house: House, citizen: Citizen, deviceId: string, now: Date): Promise<void> {
  if (isUuid(deviceId)) await drop(house, citizen, { personId: citizen.personId, deviceId }, now);
}

/** The device says that it has wiped the card: too many wrong tries, or its owner asked for it. */
export async function hasForgotten(house: House, handle: string, now: Date): Promise<void> {
  const device = readHandle(house.vault, handle);
  if (device) await drop(house, anyone, device, now);
}

/**
 * The device in hand gives up all that the browser stores for us, its subscription to notices with it: a row of ours
 * that stayed would say that they still come. Answers whether notices were on.
 */
export async function forgetHere(house: House, citizen: Citizen, now: Date): Promise<boolean> {
  const { personId, sessionId } = citizen;
  return inTransaction(house.db, async (tx) => {
    const deviceMark = await deviceOfSession(tx, Buffer.from(sessionId, "hex"));
    if (!deviceMark) return false;
    const done = { at: now, actor: citizen, purpose: "account", personId };
    if ((await dropKept(tx, personId, { deviceMark })) > 0) await record(tx, { ...done, action: "card_forgotten" });
    if ((await dropDevices(tx, personId, { deviceMark })) === 0) return false;
    await record(tx, { ...done, action: "push_off" });
    return true;
  });
}

/** Who may see a ward no longer keeps nothing: the ward's card is sealed in with their own. Theirs they keep anew. */
export async function forgetAll(
  tx: Tx,
  staff: Staff,
  { personId, officeCode, at }: { personId: string; officeCode: string; at: Date },
): Promise<void> {
  if ((await dropKept(tx, personId, {})) === 0) return;
  await record(tx, { at, actor: staff, action: "card_forgotten", purpose: "account", personId, officeCode });
}

async function drop(house: House, actor: Actor, at: { personId: string; deviceId: string }, now: Date): Promise<void> {
  const { personId, deviceId } = at;
  await inTransaction(house.db, async (tx) => {
    // Of whoever is signed in, or of the handle that we sealed.
    if ((await behindWall([personId], () => dropKept(tx, personId, { deviceId }))) === 0) return;
    await record(tx, { at: now, actor, action: "card_forgotten", purpose: "account", personId });
  });
}
