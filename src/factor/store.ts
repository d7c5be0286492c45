import { deleteOld } from "../db/delete-old.ts";
import type { Db, Tx } from "../db/house.ts";

/** Passkeys, and the challenges that are out to them. */

const passkeyColumns = [
  "person_id",
  "credential_id",
  "sealed_key",
  "counter",
  "transports",
  "name",
  "is_synced",
  "created_at",
  "last_used_at",
  "copied_at",
] as const;

/** The passkeys of one person, the oldest first. */
export async function passkeysOf(db: Db | Tx, personId: string) {
  return db
    .selectFrom("passkey")
    .select(passkeyColumns)
    .where("person_id", "=", personId)
    .orderBy("created_at")
    .orderBy("credential_id")
    .execute();
}

export type PasskeyRow = Awaited<ReturnType<typeof passkeysOf>>[number];

export async function findPasskey(db: Db | Tx, credentialId: Buffer): Promise<PasskeyRow | undefined> {
  const key = await db
    .selectFrom("passkey_key")
    .select("person_id")
    .where("credential_id", "=", credentialId)
    .executeTakeFirst();
  if (!key) return undefined;
  return db
    .selectFrom("passkey")
    .select(passkeyColumns)
    .where("person_id", "=", key.person_id)
    .where("credential_id", "=", credentialId)
    .executeTakeFirst();
}

export interface NewPasskey {
  person_id: string;
  credential_id: Buffer;
  /** For the version before alone. */
  public_key: Buffer;
  sealed_key: Buffer;
  counter: number;
  transports: string[];
  name: string;
  is_synced: boolean;
  created_at: Date;
}

/** False when this passkey belongs to somebody already. */
export async function insertPasskey(tx: Tx, passkey: NewPasskey): Promise<boolean> {
  const { credential_id, person_id } = passkey;
  const done = await tx
    .insertInto("passkey_key")
    .values({ credential_id, person_id })
    .onConflict((conflict) => conflict.column("credential_id").doNothing())
    .executeTakeFirst();
  if (done.numInsertedOrUpdatedRows !== 1n) return false;
  await tx.insertInto("passkey").values(passkey).execute();
  return true;
}

type Which = { personId: string; credentialId: Buffer };

/** Notes a use; false when another use of the same count was first, or the passkey is gone. */
export async function countUse(db: Db | Tx, held: PasskeyRow, counter: number, now: Date): Promise<boolean> {
  const done = await db
    .updateTable("passkey")
    .set({ counter, last_used_at: now })
    .where("person_id", "=", held.person_id)
    .where("credential_id", "=", held.credential_id)
    .where("counter", "=", held.counter)
    .where("copied_at", "is", null)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

export async function markCopied(tx: Tx, { personId, credentialId }: Which, now: Date): Promise<void> {
  await tx
    .updateTable("passkey")
    .set({ copied_at: now })
    .where("person_id", "=", personId)
    .where("credential_id", "=", credentialId)
    .execute();
}

export async function saveSealedKey(tx: Tx, { personId, credentialId }: Which, sealed: Buffer): Promise<void> {
  await tx
    .updateTable("passkey")
    .set({ sealed_key: sealed })
    .where("person_id", "=", personId)
    .where("credential_id", "=", credentialId)
    .execute();
}

export async function renamePasskey(db: Db | Tx, { personId, credentialId }: Which, name: string): Promise<boolean> {
  const done = await db
    .updateTable("passkey")
    .set({ name })
    .where("person_id", "=", personId)
    .where("credential_id", "=", credentialId)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

export async function deletePasskey(tx: Tx, { personId, credentialId }: Which): Promise<boolean> {
  const done = await tx
    .deleteFrom("passkey")
    .where("person_id", "=", personId)
    .where("credential_id", "=", credentialId)
    .executeTakeFirst();
  await tx
    .deleteFrom("passkey_key")
    .where("person_id", "=", personId)
    .where("credential_id", "=", credentialId)
    .execute();
  return done.numDeletedRows === 1n;
}

export interface Challenge {
  challenge_mark: Buffer;
  purpose: "add" | "sign_in" | "prove";
  bound_mark: Buffer;
  created_at: Date;
  ends_at: Date;
}

export async function insertChallenge(db: Db, challenge: Challenge): Promise<void> {
  await db.insertInto("passkey_challenge").values(challenge).execute();
}

/** Takes a challenge out of the world: of several answers to it at the same moment one finds it, and when it was asked. */
export async function takeChallenge(
  db: Db,
  asked: { challengeMarks: readonly Buffer[]; purpose: Challenge["purpose"]; boundMarks: readonly Buffer[] },
  now: Date,
): Promise<Date | undefined> {
  const taken = await db
    .deleteFrom("passkey_challenge")
    .where("challenge_mark", "in", asked.challengeMarks)
    .returning(["purpose", "bound_mark", "created_at", "ends_at"])
    .executeTakeFirst();
  const isBound = asked.boundMarks.some((mark) => taken?.bound_mark.equals(mark));
  return taken?.purpose === asked.purpose && isBound && taken.ends_at > now ? taken.created_at : undefined;
}

export async function dropOldChallenges(db: Db, now: Date): Promise<number> {
  return deleteOld(db, "passkey_challenge", { age: "ends_at", key: ["challenge_mark"], before: now });
}
