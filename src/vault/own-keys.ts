import { randomBytes, randomUUID } from "node:crypto";
import { TryLater } from "../kernel/failures.ts";
import { KEY_BYTES, type KeyRing, RingDown, type StoredKey } from "./ring.ts";

export interface FreshKey extends StoredKey {
  key: Buffer;
}

/** Data keys of single objects: opened ones are remembered for a while, new ones are wrapped before they are wanted. */
export interface OwnKeys {
  take(version: number): Promise<FreshKey>;
  open(stored: StoredKey): Promise<Buffer>;
}

export interface OwnKeysLimits {
  /** How long an opened key is remembered, and how many at most. */
  keptMs: number;
  keptMost: number;
  /** Wrapped ahead, so that a picture can be filed while the ring is away. */
  reserve: number;
}

export const USUAL_LIMITS: OwnKeysLimits = { keptMs: 10 * 60_000, keptMost: 5000, reserve: 64 };

const AGAIN_SECONDS = 30;

export function ownKeys(ring: KeyRing, limits: OwnKeysLimits = USUAL_LIMITS, now = () => performance.now()): OwnKeys {
  const opened = new Map<string, { key: Buffer; until: number }>();
  let reserve: FreshKey[] = [];
  let isFilling = false;

  const remember = (keyId: string, key: Buffer) => {
    opened.set(keyId, { key, until: now() + limits.keptMs });
    for (const oldest of opened.keys()) {
      if (opened.size <= limits.keptMost) break;
      opened.delete(oldest);
    }
  };
  const make = async (version: number): Promise<FreshKey> => {
    const keyId = randomUUID();
    const key = randomBytes(KEY_BYTES);
    return { keyId, version, key, wrapped: await ring.wrap(version, key, keyId) };
  };
  /** In the background; a ring that is away is asked again by the next who takes. */
  const fill = async (version: number) => {
    if (isFilling) return;
    isFilling = true;
    try {
      while (reserve.length < limits.reserve) reserve.push(await make(version));
    } catch {
      // Whoever needs a key that is not there is told.
    } finally {
      isFilling = false;
    }
  };

  return {
    async take(version) {
      reserve = reserve.filter((one) => one.version === version);
      const fresh = reserve.pop() ?? (await told(() => make(version)));
      void fill(version);
      remember(fresh.keyId, fresh.key);
      return fresh;
    },
    async open({ keyId, version, wrapped }) {
      const known = opened.get(keyId);
      if (known && known.until > now()) return known.key;
      opened.delete(keyId);
      const key = await told(() => ring.unwrap(version, wrapped, keyId));
      remember(keyId, key);
      return key;
    },
  };
}

/** Whoever waits is told to come again: 503. */
async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof RingDown ? new TryLater("keys_unavailable", AGAIN_SECONDS, 503) : error;
  }
}
