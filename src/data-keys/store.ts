import { sql } from "kysely";
import type { StoredKey } from "../db/data-keys.ts";
import type { Db, Tx } from "../db/house.ts";

export interface SharedKey extends StoredKey {
  class: string;
  born: number;
  isUsable: boolean;
}

export async function versionsOf(db: Db | Tx): Promise<{ version: number; ring: string; madeAt: Date }[]> {
  return db.selectFrom("key_version").select(["version", "ring", "made_at as madeAt"]).orderBy("version").execute();
}

export async function newestVersion(db: Db | Tx): Promise<number | undefined> {
  const row = await db
    .selectFrom("key_version")
    .select((e) => e.fn.max("version").as("version"))
    .executeTakeFirst();
  return row?.version ?? undefined;
}

export async function addVersion(db: Db | Tx, version: number, ring: string, at: Date): Promise<void> {
  await db
    .insertInto("key_version")
    .values({ version, ring, made_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function sharedKeys(db: Db, at: Date): Promise<SharedKey[]> {
  return db
    .selectFrom("data_key")
    .select(["key_id as keyId", "version", "wrapped", "class", "born"])
    .select(sql<boolean>`usable_from <= ${at}`.as("isUsable"))
    .where("is_shared", "=", true)
    .execute();
}

/** How many data keys each version wraps. */
export async function keysByVersion(db: Db | Tx): Promise<{ version: number; keys: number }[]> {
  const rows = await db
    .selectFrom("data_key")
    .select(["version", (e) => e.fn.countAll<string>().as("keys")])
    .groupBy("version")
    .execute();
  return rows.map(({ version, keys }) => ({ version, keys: Number(keys) }));
}

/** Keys that another version wraps, locked; those that somebody else is at are passed over. */
export async function takeOldKeys(tx: Tx, newest: number, most: number): Promise<StoredKey[]> {
  return tx
    .selectFrom("data_key")
    .select(["key_id as keyId", "version", "wrapped"])
    .where("version", "<", newest)
    .orderBy("version")
    .orderBy("key_id")
    .limit(most)
    .forUpdate()
    .skipLocked()
    .execute();
}

export async function saveWrapped(tx: Tx, keys: readonly StoredKey[]): Promise<void> {
  const ids = keys.map(({ keyId }) => keyId);
  const hex = keys.map(({ wrapped }) => wrapped.toString("hex"));
  await sql`
    update data_key set wrapped = decode(given.wrapped, 'hex'), version = ${keys[0]?.version ?? 0}
      from unnest(${ids}::uuid[], ${hex}::text[]) as given (key_id, wrapped)
     where data_key.key_id = given.key_id`.execute(tx);
}

/** Refused by the database itself (foreign key) while a data key still needs the version. */
export async function deleteVersion(tx: Tx, version: number): Promise<void> {
  await tx.deleteFrom("key_version").where("version", "=", version).execute();
}

/** Rotations and retirements one after the other, until the transaction ends. */
export async function lockKeyring(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${KEYRING_LOCK})`.execute(tx);
}

const KEYRING_LOCK = 8_330_042;
