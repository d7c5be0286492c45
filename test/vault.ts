import { createHash } from "node:crypto";
import { openWith, sealWith } from "../src/vault/cipher.ts";
import { ownKeys } from "../src/vault/own-keys.ts";
import { boundTo, SHARED_CLASSES, type SharedClass } from "../src/vault/places.ts";
import type { KeyRing } from "../src/vault/ring.ts";
import { createVault, type Secret, type Vault } from "../src/vault/vault.ts";

/** Secrets by one byte: the first is the one in front. */
export function secretOfTests(byte: number, standing: Secret["standing"] = "front"): Secret {
  return { bytes: Buffer.alloc(32, byte), keyId: byte === 7 ? "test" : `test-${byte}`, standing };
}

/** A vault without a database or a file: every one opens what another sealed in its place. */
export function vaultOfTests(...secrets: Secret[]): Vault {
  const secret = Buffer.alloc(32, 7);
  const [front = secretOfTests(7), ...others] = secrets;
  const keyFor = (purpose: string) => createHash("sha256").update(secret).update(purpose).digest();
  const idFor = (purpose: SharedClass) => {
    const hex = keyFor(boundTo(purpose, "")).toString("hex", 0, 16);
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  };
  const known = new Map(SHARED_CLASSES.map((purpose) => [idFor(purpose), keyFor(purpose)]));
  const classes = {
    current: (purpose: SharedClass) => ({ keyId: idFor(purpose), key: keyFor(purpose) }),
    find: (id: string) => known.get(id),
  };
  return createVault([front, ...others], { classes, own: ownKeys(memoryRing(keyFor("ring"))), version: () => 1 });
}

/** One version, in memory. */
export function memoryRing(key = Buffer.alloc(32, 7)): KeyRing {
  return {
    kind: "file",
    newest: async () => 1,
    make: async () => 1,
    wrap: async (_version, plain, bound) => sealWith(key, plain, bound),
    unwrap: async (_version, wrapped, bound) => openWith(key, wrapped, bound),
    destroy: async () => undefined,
  };
}
