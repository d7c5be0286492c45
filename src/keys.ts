import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createVault, type Vault } from "./vault/vault.ts";

/** The vault on the operator's secret; the demo makes a secret of its own once. */
export function openVault(secret: Buffer | undefined, dataDir: string): Vault {
  const bytes = secret ?? ownSecret(join(dataDir, "keys"));
  const keyId = createHash("sha256").update("key id").update(bytes).digest("hex").slice(0, 8);
  return createVault(bytes, keyId);
}

function ownSecret(folder: string): Buffer {
  const path = join(folder, "secret");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    writeFileSync(path, randomBytes(32).toString("base64"), { flag: "wx", mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  return Buffer.from(readFileSync(path, "utf8"), "base64");
}
