import type { Tx } from "../db/house.ts";
import { claimPhone, releasePhones, setContact } from "./store-phone.ts";

/**
 * From now on the person is reached here, in the caller's transaction. False when the telephone serves somebody
 * else's account: one telephone, one adult account.
 */
export async function replaceContact(
  tx: Tx,
  contact: { personId: string; kind: "phone" | "email" | "address"; value: string; source: string; now: Date },
): Promise<boolean> {
  const { personId, kind, value } = contact;
  if (kind === "phone") {
    if (!(await claimPhone(tx, personId, value))) return false;
    await releasePhones(tx, personId, value);
  }
  await setContact(tx, contact);
  return true;
}
