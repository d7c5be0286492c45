import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { passKeysOf } from "./card-pass/keys.ts";
import type { CardKey } from "./db/house.ts";
import { keysOf, newKeyPem, type PushKeys } from "./push/keys.ts";
import type { Secrets } from "./settings-secrets.ts";
import type { RingSettings } from "./vault/ring.ts";
import { newRingText } from "./vault/ring-file.ts";
import { createVault, type Secret, type Vault, type VaultKeys } from "./vault/vault.ts";

/** The vault on the operator's secrets and key ring; the demo makes a secret of its own once. */
export function openVault({ secret, known, leaked }: Secrets, dataDir: string, keys: VaultKeys): Vault {
  const front = secretOf(secret ?? ownSecret(join(dataDir, "keys")), "front");
  const others = [
    ...known.map((bytes) => secretOf(bytes, "known")),
    ...leaked.map((bytes) => secretOf(bytes, "leaked")),
  ];
  return createVault([front, ...others], keys);
}

function secretOf(bytes: Buffer, standing: Secret["standing"]): Secret {
  return { bytes, standing, keyId: createHash("sha256").update("key id").update(bytes).digest("hex").slice(0, 8) };
}

/** The demo's own key ring, made once like its secret. */
export function ownRing(dataDir: string): RingSettings {
  const folder = join(dataDir, "keys");
  ownFile(folder, "ring.json", newRingText);
  return { kind: "file", path: join(folder, "ring.json") };
}

function ownSecret(folder: string): Buffer {
  return Buffer.from(
    ownFile(folder, "secret", () => randomBytes(32).toString("base64")),
    "base64",
  );
}

/** The demo's own pair of keys for notices on devices, made once like its secret. */
export function ownPushKeys(dataDir: string): PushKeys {
  return keysOf(ownFile(join(dataDir, "keys"), "push.pem", newKeyPem));
}

/** The demo's own key for the signed codes of cards. */
export function ownCardKeys(dataDir: string): CardKey[] {
  return passKeysOf(ownFile(join(dataDir, "keys"), "card.pem", newKeyPem));
}

/** Its text; made once, and of two that make it at the same moment one does. */
function ownFile(folder: string, name: string, make: () => string): string {
  const path = join(folder, name);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    writeFileSync(path, make(), { flag: "wx", mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  return readFileSync(path, "utf8");
}
