import type { Db, Tx } from "../db/house.ts";
import type { Lang } from "../kernel/words.ts";
import { PASSWORDS_KEPT } from "./rules-policies.ts";

/** Accounts, their earlier passwords, and the windows in which tries are counted. */

export const accountColumns = [
  "person_id",
  "status",
  "password_hash",
  "password_kind",
  "password_set_on",
  "password_dropped_at",
  "issued_until",
  "activated_at",
  "first_signed_in_at",
  "last_signed_in_at",
  "limited_until",
  "lang",
] as const;

export async function findAccount(db: Db | Tx, personId: string) {
  return db.selectFrom("account").select(accountColumns).where("person_id", "=", personId).executeTakeFirst();
}

/** The language in which its owner is told what happens to it. */
export async function langOf(db: Db | Tx, personId: string): Promise<Lang> {
  return (await findAccount(db, personId))?.lang === "en" ? "en" : "vi";
}

/** False where it is that one already. */
export async function saveLang(tx: Tx, personId: string, lang: Lang): Promise<boolean> {
  const done = await tx
    .updateTable("account")
    .set({ lang })
    .where("person_id", "=", personId)
    .where("lang", "!=", lang)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

export type AccountRow = NonNullable<Awaited<ReturnType<typeof findAccount>>>;

export type AccountStatus = "active" | "suspended" | "closed";

/** Opens, suspends or closes an account; answers the status before, or undefined when there is no account. */
export async function setAccountStatus(
  tx: Tx,
  personId: string,
  status: AccountStatus,
): Promise<AccountStatus | undefined> {
  const before = await tx
    .selectFrom("account")
    .select("status")
    .where("person_id", "=", personId)
    .forUpdate()
    .executeTakeFirst();
  if (!before) return undefined;
  await tx.updateTable("account").set({ status }).where("person_id", "=", personId).execute();
  return before.status as AccountStatus;
}

export interface NewAccount {
  person_id: string;
  password_hash: string;
  password_set_on: string;
  issued_until: Date;
  activated_at: Date;
  lang: string;
  declaration_id: string | null;
}

/** False when this person has an account already, whoever made it and however lately. */
export async function insertAccount(tx: Tx, account: NewAccount): Promise<boolean> {
  const done = await tx
    .insertInto("account")
    .values({ ...account, password_kind: "issued" })
    .onConflict((conflict) => conflict.column("person_id").doNothing())
    .executeTakeFirst();
  return done.numInsertedOrUpdatedRows === 1n;
}

/** The first time holds. */
export async function markInstalled(db: Db | Tx, personId: string, now: Date): Promise<void> {
  await db
    .updateTable("account")
    .set({ installed_at: now })
    .where("person_id", "=", personId)
    .where("installed_at", "is", null)
    .execute();
}

export interface NewPassword {
  hash: string;
  setOn: string;
  /** An activation code ends then; a chosen password has no such end. */
  issuedUntil?: Date;
  /** Set by SMS alone: until then limited. Null: proved otherwise, no limit any more. Absent: as it was. */
  limitedUntil?: Date | null | undefined;
}

/** The limit of a reset by SMS ends; false where there was none. */
export async function liftLimit(db: Db | Tx, personId: string, now: Date): Promise<boolean> {
  const done = await db
    .updateTable("account")
    .set({ limited_until: null })
    .where("person_id", "=", personId)
    .where("limited_until", ">", now)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** Puts a new password in the place of the one that was checked; false when somebody changed it meanwhile. */
export async function replacePassword(tx: Tx, account: AccountRow, next: NewPassword, now: Date): Promise<boolean> {
  const done = await tx
    .updateTable("account")
    .set({
      password_hash: next.hash,
      password_set_on: next.setOn,
      password_kind: next.issuedUntil ? "issued" : "chosen",
      issued_until: next.issuedUntil ?? null,
      password_warned_days: null,
      ...(next.limitedUntil === undefined ? {} : { limited_until: next.limitedUntil }),
      password_dropped_at: null,
    })
    .where("person_id", "=", account.person_id)
    .where("password_hash", "=", account.password_hash)
    .where("status", "=", "active")
    .executeTakeFirst();
  if (done.numUpdatedRows !== 1n) return false;
  if (account.password_kind === "chosen" && !account.password_dropped_at) await rememberPassword(tx, account, now);
  return true;
}

/** The account as it is now; whoever else wants to change it waits. */
export async function lockAccount(tx: Tx, personId: string): Promise<AccountRow | undefined> {
  return tx
    .selectFrom("account")
    .select(accountColumns)
    .where("person_id", "=", personId)
    .forUpdate()
    .executeTakeFirst();
}

/** In the place of the password comes the hash of a secret that nobody knows; false when it changed meanwhile. */
export async function dropPassword(tx: Tx, account: AccountRow, hash: string, now: Date): Promise<boolean> {
  const done = await tx
    .updateTable("account")
    .set({ password_hash: hash, password_kind: "chosen", issued_until: null, password_dropped_at: now })
    .where("person_id", "=", account.person_id)
    .where("password_hash", "=", account.password_hash)
    .where("status", "=", "active")
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

async function rememberPassword(tx: Tx, account: AccountRow, now: Date): Promise<void> {
  const { person_id, password_hash } = account;
  await tx
    .insertInto("account_password_history")
    .values({ person_id, password_hash, set_at: now })
    .onConflict((conflict) => conflict.columns(["person_id", "set_at"]).doNothing())
    .execute();
  const kept = tx
    .selectFrom("account_password_history")
    .select("set_at")
    .where("person_id", "=", person_id)
    .orderBy("set_at", "desc")
    .limit(PASSWORDS_KEPT);
  await tx
    .deleteFrom("account_password_history")
    .where("person_id", "=", person_id)
    .where("set_at", "not in", kept)
    .execute();
}

/** Hashes of the earlier passwords, the latest first. */
export async function earlierPasswords(db: Db | Tx, personId: string, most: number): Promise<string[]> {
  const rows = await db
    .selectFrom("account_password_history")
    .select("password_hash")
    .where("person_id", "=", personId)
    .orderBy("set_at", "desc")
    .limit(most)
    .execute();
  return rows.map((row) => row.password_hash);
}
