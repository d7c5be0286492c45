import { sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";

/** Second factors of members of staff: authenticator, spare codes, passkeys. */

/** Of two who change the factors of one member, the second reads what the first has left. */
export async function lockStaff(tx: Tx, staffId: string): Promise<void> {
  await tx.selectFrom("staff").select("staff_id").where("staff_id", "=", staffId).forNoKeyUpdate().execute();
}

/**
 * A confirmed authenticator, or a passkey of which no copy is known. One whose key does not open counts as well: without
 * it the password alone would be asked to add another.
 */
export async function hasStaffFactor(db: Db | Tx, staffId: string): Promise<boolean> {
  const { rows } = await sql<{ held: boolean }>`
    select exists (select from staff_authenticator where staff_id = ${staffId} and confirmed_at is not null)
        or exists (select from staff_passkey where staff_id = ${staffId} and copied_at is null) as held`.execute(db);
  return rows[0]?.held ?? false;
}

export type StaffFactorKind = "authenticator" | "passkey";

/** By which kinds these members may show a second factor; whoever has none is left out. */
export async function factorKindsOf(db: Db | Tx, staffIds: readonly string[]): Promise<Map<string, StaffFactorKind[]>> {
  const { rows } = await sql<{ staffId: string; kinds: StaffFactorKind[] }>`
    select staff_id as "staffId", array_agg(kind order by kind) as kinds from (
      select staff_id, 'authenticator' as kind from staff_authenticator where confirmed_at is not null
      union select staff_id, 'passkey' from staff_passkey where copied_at is null) factor
     where staff_id = any(${staffIds as string[]}::bigint[]) group by staff_id`.execute(db);
  return new Map(rows.map(({ staffId, kinds }) => [staffId, kinds]));
}

export async function findStaffAuthenticator(db: Db | Tx, staffId: string) {
  return db
    .selectFrom("staff_authenticator")
    .select(["staff_id", "sealed_secret", "next_secret", "confirmed_at", "last_used_at"])
    .where("staff_id", "=", staffId)
    .executeTakeFirst();
}

/** Puts a secret there to wait for its first right digits; of two at the same moment the first waits. Answers which. */
export async function awaitStaffSecret(db: Db, staffId: string, sealed: Buffer): Promise<Buffer> {
  const row = await db
    .insertInto("staff_authenticator")
    .values({ staff_id: staffId, next_secret: sealed })
    .onConflict((conflict) =>
      conflict.column("staff_id").doUpdateSet({
        next_secret: sql`coalesce(staff_authenticator.next_secret, excluded.next_secret)`,
      }),
    )
    .returning("next_secret")
    .executeTakeFirstOrThrow();
  return row.next_secret ?? sealed;
}

/** The secret that waited takes the place of the other: of several at the same moment one does. */
export async function confirmStaffSecret(
  tx: Tx,
  { staffId, sealed, step, now }: { staffId: string; sealed: Buffer; step: number; now: Date },
): Promise<boolean> {
  const done = await tx
    .updateTable("staff_authenticator")
    .set({ sealed_secret: sealed, next_secret: null, confirmed_at: now, last_step: String(step), last_used_at: now })
    .where("staff_id", "=", staffId)
    .where("next_secret", "=", sealed)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** Uses up a step; false when that step or a later one was used before. */
export async function useStaffStep(db: Db, staffId: string, step: number, now: Date): Promise<boolean> {
  const done = await db
    .updateTable("staff_authenticator")
    .set({ last_step: String(step), last_used_at: now })
    .where("staff_id", "=", staffId)
    .where("confirmed_at", "is not", null)
    .where("last_step", "<", String(step))
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

export async function deleteStaffAuthenticator(tx: Tx, staffId: string): Promise<void> {
  await tx.deleteFrom("staff_authenticator").where("staff_id", "=", staffId).execute();
}

/** New spare codes; the earlier ones are worth nothing from now on. */
export async function replaceStaffSpareCodes(tx: Tx, staffId: string, marks: readonly Buffer[]): Promise<void> {
  await tx.deleteFrom("staff_spare_code").where("staff_id", "=", staffId).execute();
  if (marks.length === 0) return;
  const rows = marks.map((mark) => ({ staff_id: staffId, code_mark: mark }));
  await tx.insertInto("staff_spare_code").values(rows).execute();
}

export async function useStaffSpareCode(
  db: Db,
  staffId: string,
  marks: readonly Buffer[],
  now: Date,
): Promise<boolean> {
  const done = await db
    .updateTable("staff_spare_code")
    .set({ used_at: now })
    .where("staff_id", "=", staffId)
    .where("code_mark", "in", marks)
    .where("used_at", "is", null)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

export async function countStaffSpareCodes(db: Db, staffId: string): Promise<number> {
  const row = await db
    .selectFrom("staff_spare_code")
    .select((e) => e.fn.countAll<string>().as("left"))
    .where("staff_id", "=", staffId)
    .where("used_at", "is", null)
    .executeTakeFirstOrThrow();
  return Number(row.left);
}

const passkeyColumns = [
  "staff_id",
  "credential_id",
  "sealed_key",
  "counter",
  "name",
  "created_at",
  "last_used_at",
  "copied_at",
] as const;

/** The passkeys of one member, the oldest first. */
export async function passkeysOfStaff(db: Db | Tx, staffId: string) {
  return db
    .selectFrom("staff_passkey")
    .select(passkeyColumns)
    .where("staff_id", "=", staffId)
    .orderBy("created_at")
    .orderBy("credential_id")
    .execute();
}

export type StaffPasskey = Awaited<ReturnType<typeof passkeysOfStaff>>[number];

export interface NewStaffPasskey {
  staff_id: string;
  credential_id: Buffer;
  /** For the version before alone. */
  public_key: Buffer;
  sealed_key: Buffer;
  counter: number;
  transports: string[];
  name: string;
  created_at: Date;
}

/** False when this passkey belongs to a member already. */
export async function insertStaffPasskey(tx: Tx, passkey: NewStaffPasskey): Promise<boolean> {
  const done = await tx
    .insertInto("staff_passkey")
    .values(passkey)
    .onConflict((conflict) => conflict.column("credential_id").doNothing())
    .executeTakeFirst();
  return done.numInsertedOrUpdatedRows === 1n;
}

/** Notes a use; false when another use of the same count was first. */
export async function countStaffUse(db: Db, held: StaffPasskey, counter: number, now: Date): Promise<boolean> {
  const done = await db
    .updateTable("staff_passkey")
    .set({ counter, last_used_at: now })
    .where("credential_id", "=", held.credential_id)
    .where("counter", "=", held.counter)
    .where("copied_at", "is", null)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

export async function markStaffCopied(db: Db, credentialId: Buffer, now: Date): Promise<void> {
  await db.updateTable("staff_passkey").set({ copied_at: now }).where("credential_id", "=", credentialId).execute();
}

export async function deleteStaffPasskey(tx: Tx, staffId: string, credentialId?: Buffer): Promise<number> {
  let deleting = tx.deleteFrom("staff_passkey").where("staff_id", "=", staffId);
  if (credentialId) deleting = deleting.where("credential_id", "=", credentialId);
  return Number((await deleting.executeTakeFirst()).numDeletedRows);
}
