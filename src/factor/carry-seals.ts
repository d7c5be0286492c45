import type { House, Tx } from "../db/house.ts";
import { openSecret, sealSecret } from "./marks.ts";
import { openKey, sealKey } from "./sealed-key.ts";
import { passkeysOf, saveSealedKey } from "./store.ts";
import { findAuthenticator, saveSealedSecret } from "./store-totp.ts";

/**
 * An account was taken to another record by a merge or its undoing: what was sealed for the one person is sealed for the
 * other. What does not open for the one stays as it is; it opened before neither.
 */
export async function carrySeals(tx: Tx, house: House, { from, to }: { from: string; to: string }): Promise<void> {
  for (const { credential_id: credentialId, sealed_key } of await passkeysOf(tx, to)) {
    const key = openKey(house, { kind: "passkey", ownerId: from, credentialId }, sealed_key);
    if (!key) continue;
    const sealed = sealKey(house, { kind: "passkey", ownerId: to, credentialId }, key);
    await saveSealedKey(tx, { personId: to, credentialId }, sealed);
  }
  const held = await findAuthenticator(tx, to);
  const secret = held && secretOf(house, from, held.sealed_secret);
  if (secret !== undefined) await saveSealedSecret(tx, to, sealSecret(house, to, secret));
}

function secretOf(house: House, personId: string, sealed: Buffer): string | undefined {
  try {
    return openSecret(house, personId, sealed);
  } catch {
    return undefined;
  }
}
