import type { Db, Tx } from "../db/house.ts";
import { bumpVersion } from "../db/person-version.ts";

/** The account's telephone and e-mail: the key that makes one telephone serve one account, and where notices go. */

/** Takes the telephone for this person; false when another account has it. */
export async function claimPhone(tx: Tx, personId: string, phone: string): Promise<boolean> {
  await tx
    .insertInto("person_key")
    .values({ kind: "account_phone", key: phone, person_id: personId })
    .onConflict((conflict) => conflict.columns(["kind", "key"]).doNothing())
    .execute();
  const holder = await tx
    .selectFrom("person_key")
    .select("person_id")
    .where("kind", "=", "account_phone")
    .where("key", "=", phone)
    .executeTakeFirst();
  return holder?.person_id === personId;
}

/** The person's telephones, but for the one that is kept, are free again for somebody else. */
export async function releasePhones(tx: Tx, personId: string, kept?: string): Promise<void> {
  let phones = tx.deleteFrom("person_key").where("kind", "=", "account_phone").where("person_id", "=", personId);
  if (kept !== undefined) phones = phones.where("key", "!=", kept);
  await phones.execute();
}

/** The person is no longer reached at any telephone. */
export async function endPhone(tx: Tx, personId: string, now: Date): Promise<void> {
  await endContact(tx, personId, "phone", now);
}

/** The person is no longer reached this way; how many addresses that were. */
export async function endContact(
  tx: Tx,
  personId: string,
  kind: "phone" | "email" | "address",
  now: Date,
): Promise<number> {
  // The person before their contacts: the order in which a file of persons writes them.
  await bumpVersion(tx, personId);
  const ended = await tx
    .updateTable("contact_point")
    .set({ valid_to: now })
    .where("person_id", "=", personId)
    .where("kind", "=", kind)
    .where("valid_to", "is", null)
    .executeTakeFirst();
  return Number(ended.numUpdatedRows);
}

/** The person is, or once was, reached at another telephone than this one. */
export async function hadOtherPhone(db: Db, personId: string, phone: string): Promise<boolean> {
  const row = await db
    .selectFrom("contact_point")
    .select("value")
    .where("person_id", "=", personId)
    .where("kind", "=", "phone")
    .where("value", "!=", phone)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** The person is reached here from now on; what was written before is ended, not overwritten. */
export async function setContact(
  tx: Tx,
  contact: {
    personId: string;
    kind: "phone" | "email" | "address";
    value: string;
    source: string;
    now: Date;
    /** Null: nobody has proved that they read what is sent there. */
    verifiedAt?: Date | null | undefined;
  },
): Promise<void> {
  const { personId, kind, value, source, now, verifiedAt = now } = contact;
  const current = await tx
    .selectFrom("contact_point")
    .select("value")
    .where("person_id", "=", personId)
    .where("kind", "=", kind)
    .where("valid_to", "is", null)
    .execute();
  if (current.length === 1 && current[0]?.value === value) return;
  await bumpVersion(tx, personId);
  await tx
    .updateTable("contact_point")
    .set({ valid_to: now })
    .where("person_id", "=", personId)
    .where("kind", "=", kind)
    .where("valid_to", "is", null)
    .execute();
  await tx
    .insertInto("contact_point")
    .values({ person_id: personId, kind, value, source, valid_from: now, verified_at: verifiedAt })
    .onConflict((conflict) =>
      conflict.columns(["person_id", "kind", "value", "valid_from"]).doUpdateSet({ valid_to: null }),
    )
    .execute();
}
