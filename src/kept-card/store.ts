import type { Db, Tx } from "../db/house.ts";
import type { Marks } from "../db/marks.ts";
import type { LockKind } from "./rules.ts";

/** Devices that hold a person's card. What has ended is deleted: a device without a row wipes itself. */

export interface KeptCardRow {
  person_id: string;
  device_id: string;
  device_mark: Buffer;
  label: string;
  lock_kind: LockKind;
  kept_at: Date;
  seen_at: Date;
}

export async function insertKept(tx: Tx, row: KeptCardRow): Promise<void> {
  await tx.insertInto("kept_card").values(row).execute();
}

/** The one seen last first. */
export async function keptBy(db: Db | Tx, personId: string) {
  return db
    .selectFrom("kept_card")
    .select(["device_id", "device_mark", "label", "kept_at", "seen_at"])
    .where("person_id", "=", personId)
    .orderBy("seen_at", "desc")
    .orderBy("device_id")
    .execute();
}

/** The device was heard of; false when it may keep the card no longer. */
export async function noteContact(db: Db, personId: string, deviceId: string, now: Date): Promise<boolean> {
  const done = await db
    .updateTable("kept_card")
    .set({ seen_at: now })
    .where("person_id", "=", personId)
    .where("device_id", "=", deviceId)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

type Which = { deviceId: string } | { deviceMark: Buffer } | { except?: Buffer };

/** One of them, those of one session's device, or all but these. How many that were. */
export async function dropKept(db: Db | Tx, personId: string, which: Which): Promise<number> {
  let gone = db.deleteFrom("kept_card").where("person_id", "=", personId);
  if ("deviceId" in which) gone = gone.where("device_id", "=", which.deviceId);
  else if ("deviceMark" in which) gone = gone.where("device_mark", "=", which.deviceMark);
  else if (which.except) gone = gone.where("device_mark", "!=", which.except);
  const done = await gone.executeTakeFirst();
  return Number(done.numDeletedRows);
}

/** Of one device: the mark under the secret in front, and those under others. */
export async function carryKept(tx: Tx, personId: string, [front, ...others]: Marks): Promise<void> {
  await tx
    .updateTable("kept_card")
    .set({ device_mark: front })
    .where("person_id", "=", personId)
    .where("device_mark", "in", others)
    .execute();
}
