import type { NewKey } from "../vault/ring.ts";
import type { Db, Tx } from "./house.ts";

/** The data key of an object is kept and dropped with it, in its own transaction. */
export type { StoredKey } from "../vault/ring.ts";
export type { HeldSeal } from "../vault/vault.ts";

/** Of two processes that make a class's key for a version at the same time, one does. */
export async function insertKeys(db: Db | Tx, keys: readonly NewKey[], at: Date): Promise<void> {
  if (keys.length === 0) return;
  const rows = keys.map((key) => ({
    key_id: key.keyId,
    class: key.class,
    is_shared: key.isShared,
    born: key.version,
    version: key.version,
    wrapped: key.wrapped,
    made_at: at,
    usable_from: new Date(at.getTime() + key.settleSeconds * 1000),
  }));
  await db
    .insertInto("data_key")
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** What it sealed can never be read again. */
export async function dropKeys(db: Db | Tx, keyIds: readonly (string | null)[]): Promise<void> {
  const held = keyIds.filter((id) => id !== null);
  if (held.length > 0) await db.deleteFrom("data_key").where("key_id", "in", held).execute();
}
