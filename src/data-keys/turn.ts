import { randomBytes } from "node:crypto";
import { record } from "../audit/record.ts";
import type { House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { Conflict } from "../kernel/failures.ts";
import { KEY_BYTES, type KeyRing } from "../vault/ring.ts";
import { SETTLE_SECONDS } from "./class-keys.ts";
import {
  addVersion,
  deleteVersion,
  keysByVersion,
  lockKeyring,
  newestVersion,
  saveWrapped,
  takeOldKeys,
  versionsOf,
} from "./store.ts";

type Keyed = House & { ring: KeyRing };

/** A new version of the key-encryption key; what is sealed from now on is wrapped by it. Answers its number. */
export async function rotateKeys(house: Keyed): Promise<number> {
  return inTransaction(house.db, async (tx) => {
    await lockKeyring(tx);
    return takeUp(house, tx, await house.ring.make());
  });
}

/**
 * The same with the newest version that the ring holds already: where a ring is laid down anew for each start, every
 * process is given the version before the first one wraps with it. Throws Conflict: it holds none that is newer.
 */
export async function takeHeldVersion(house: Keyed): Promise<number> {
  return inTransaction(house.db, async (tx) => {
    await lockKeyring(tx);
    const version = await house.ring.newest();
    if (version <= ((await newestVersion(tx)) ?? 0)) throw new Conflict("key_not_held");
    return takeUp(house, tx, version);
  });
}

async function takeUp(house: Keyed, tx: Tx, version: number): Promise<number> {
  await prove(house.ring, version);
  await addVersion(tx, version, house.ring.kind, house.clock.now());
  await note(house, tx, "keys.rotate", version);
  return version;
}

/** A version that cannot give back what it wrapped must never wrap anything. */
async function prove(ring: KeyRing, version: number): Promise<void> {
  const key = randomBytes(KEY_BYTES);
  const back = await ring.unwrap(version, await ring.wrap(version, key, "trial"), "trial");
  if (!back.equals(key)) throw new Error(`version ${version} does not give back what it wrapped`);
}

export const REWRAP_BATCH = 200;

/**
 * Wraps data keys of older versions anew, a batch a transaction: killed at any moment, it goes on where it was. What
 * they sealed is not touched. Answers how many.
 */
export async function rewrapKeys(
  house: Keyed,
  progress: (done: number) => unknown = () => undefined,
  batch = REWRAP_BATCH,
): Promise<number> {
  const newest = await newestVersion(house.db);
  if (newest === undefined) return 0;
  let done = 0;
  for (;;) {
    const taken = await inTransaction(house.db, async (tx) => {
      const old = await takeOldKeys(tx, newest, batch);
      const fresh = await Promise.all(
        old.map(async ({ keyId, version, wrapped }) => {
          const key = await house.ring.unwrap(version, wrapped, keyId);
          return { keyId, version: newest, wrapped: await house.ring.wrap(newest, key, keyId) };
        }),
      );
      if (fresh.length > 0) await saveWrapped(tx, fresh);
      return fresh.length;
    });
    if (taken === 0) return done;
    done += taken;
    await progress(done);
  }
}

/**
 * Ends a version. Throws Conflict: it is the newest, a data key still needs it, or a newer one is so young that a
 * running process may still wrap with the old.
 */
export async function retireKeys(house: Keyed, version: number): Promise<void> {
  await inTransaction(house.db, async (tx) => {
    await lockKeyring(tx);
    const versions = await versionsOf(tx);
    if (!versions.some((one) => one.version === version)) return;
    const next = versions.find((one) => one.version > version);
    if (!next) throw new Conflict("key_newest");
    const needing = (await keysByVersion(tx)).find((one) => one.version === version)?.keys ?? 0;
    if (needing > 0) throw new Conflict("key_needed", { keys: String(needing) });
    if (house.clock.now().getTime() - next.madeAt.getTime() < SETTLE_SECONDS * 1000) throw new Conflict("key_young");
    await deleteVersion(tx, version);
    await note(house, tx, "keys.retire", version);
  });
  await house.ring.destroy(version);
}

async function note(house: Keyed, tx: Tx, action: string, version: number): Promise<void> {
  await record(tx, {
    at: house.clock.now(),
    actor: { kind: "operator" },
    action,
    purpose: "operate",
    object: { kind: "key_version", id: String(version) },
  });
}
