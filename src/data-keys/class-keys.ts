import { randomBytes, randomUUID } from "node:crypto";
import { insertKeys } from "../db/data-keys.ts";
import type { Db } from "../db/house.ts";
import type { Clock } from "../kernel/clock.ts";
import { SHARED_CLASSES, type SharedClass } from "../vault/places.ts";
import { KEY_BYTES, type KeyRing, type NewKey } from "../vault/ring.ts";
import type { ClassKey, ClassKeys } from "../vault/vault.ts";
import { addVersion, newestVersion, type SharedKey, sharedKeys } from "./store.ts";

/** A new key is known to every process (they look each REFRESH_MS) before the first one seals with it. */
export const REFRESH_MS = 20_000;
export const SETTLE_SECONDS = 60;

export interface LoadedKeys extends ClassKeys {
  /** The version that wraps new keys, as last seen. */
  readonly version: number;
  /** Looks what is new; makes the keys of a new version. */
  refresh(): Promise<void>;
}

/** Throws RingDown when the ring does not answer or lacks a version that is needed. */
export async function loadClassKeys(db: Db, ring: KeyRing, clock: Clock): Promise<LoadedKeys> {
  const opened = new Map<string, Buffer>();
  let current = new Map<string, ClassKey>();
  let version = 0;

  async function refresh(): Promise<void> {
    version = (await newestVersion(db)) ?? (await firstVersion(db, ring, clock));
    let held = await sharedKeys(db, clock.now());
    const missing = SHARED_CLASSES.filter(
      (purpose) => !held.some((one) => one.class === purpose && one.born === version),
    );
    if (missing.length > 0) {
      await insertKeys(db, await makeKeys(ring, version, missing, held), clock.now());
      held = await sharedKeys(db, clock.now());
    }
    for (const one of held) {
      if (!opened.has(one.keyId)) opened.set(one.keyId, await ring.unwrap(one.version, one.wrapped, one.keyId));
    }
    current = newestUsable(held, opened);
  }

  await refresh();
  return {
    get version() {
      return version;
    },
    refresh,
    find: (keyId) => opened.get(keyId),
    current(purpose) {
      const key = current.get(purpose);
      if (!key) throw new Error(`no data key for ${purpose}`);
      return key;
    },
  };
}

async function firstVersion(db: Db, ring: KeyRing, clock: Clock): Promise<number> {
  const version = await ring.newest();
  await addVersion(db, version, ring.kind, clock.now());
  return version;
}

async function makeKeys(
  ring: KeyRing,
  version: number,
  purposes: readonly SharedClass[],
  held: readonly SharedKey[],
): Promise<NewKey[]> {
  const made: NewKey[] = [];
  for (const purpose of purposes) {
    const keyId = randomUUID();
    const wrapped = await ring.wrap(version, randomBytes(KEY_BYTES), keyId);
    const settleSeconds = held.some((one) => one.class === purpose) ? SETTLE_SECONDS : 0;
    made.push({ keyId, version, wrapped, class: purpose, isShared: true, settleSeconds });
  }
  return made;
}

function newestUsable(held: readonly SharedKey[], opened: ReadonlyMap<string, Buffer>): Map<string, ClassKey> {
  const current = new Map<string, ClassKey>();
  for (const { keyId, class: purpose, isUsable } of held.toSorted((one, other) => one.born - other.born)) {
    const key = opened.get(keyId);
    // A demo's clock may be set back before its first key: the oldest always seals.
    if (key && (isUsable || !current.has(purpose))) current.set(purpose, { keyId, key });
  }
  return current;
}
