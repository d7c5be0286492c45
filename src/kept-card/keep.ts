import { randomUUID } from "node:crypto";
import { deviceMarkOf } from "../account/device-mark.ts";
import { noteInstalled } from "../account/note-installed.ts";
import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Citizen } from "../kernel/actor.ts";
import { documentOf } from "./document.ts";
import { sealHandle } from "./handle.ts";
import { DEVICES_MOST, type KeptDocument, type LockKind } from "./rules.ts";
import { dropKept, insertKept, keptBy } from "./store.ts";

/** The card goes to the device in hand, which seals it there; one that it held before is replaced. */
export async function keepCard(
  house: House,
  citizen: Citizen,
  given: { lock: LockKind; label: string; now: Date },
): Promise<{ handle: string; document: KeptDocument }> {
  const { personId } = citizen;
  const { lock, label, now } = given;
  const deviceId = randomUUID();
  await inTransaction(house.db, async (tx) => {
    const deviceMark = await deviceMarkOf(tx, citizen);
    await dropKept(tx, personId, { deviceMark });
    await insertKept(tx, {
      person_id: personId,
      device_id: deviceId,
      device_mark: deviceMark,
      label,
      lock_kind: lock,
      kept_at: now,
      seen_at: now,
    });
    await noteInstalled(tx, personId, now);
    const others = (await keptBy(tx, personId)).filter((one) => one.device_id !== deviceId);
    for (const one of others.slice(DEVICES_MOST - 1)) await dropKept(tx, personId, { deviceId: one.device_id });
    await record(tx, { at: now, actor: citizen, action: "card_kept", purpose: "account", personId });
  });
  return { handle: sealHandle(house.vault, { personId, deviceId }), document: await documentOf(house, citizen, now) };
}
