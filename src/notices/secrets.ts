/** One-time passwords and codes while they wait in the outbox. A seal opens only under its own dedupe key. */
import type { Vault } from "../vault/vault.ts";

const PURPOSE = "notice";

export function sealSecrets(vault: Vault, dedupeKey: string, secrets: Readonly<Record<string, string>>): Buffer {
  return vault.seal(PURPOSE, Buffer.from(JSON.stringify(secrets)), dedupeKey);
}

export function openSecrets(vault: Vault, dedupeKey: string, sealed: Uint8Array): Record<string, string> {
  return JSON.parse(vault.open(PURPOSE, sealed, dedupeKey).toString()) as Record<string, string>;
}
