import { isUuid } from "../kernel/uuid.ts";
import type { Vault } from "../vault/vault.ts";

/**
 * What a device shows to ask whether it may still keep the card. It names person and device to us alone, opens no
 * record, and nobody else can make one.
 */
const PURPOSE = "kept-card";

export interface Handle {
  personId: string;
  deviceId: string;
}

export function sealHandle(vault: Vault, { personId, deviceId }: Handle): string {
  return vault.seal(PURPOSE, Buffer.from(`${personId}.${deviceId}`), PURPOSE).toString("base64url");
}

/** While a secret is turned over a device is given its handle anew, so that it outlives the old one. */
export function handleAnew(vault: Vault, handle: Handle): string | undefined {
  return vault.secrets.length > 1 ? sealHandle(vault, handle) : undefined;
}

/** Undefined when it is none of ours. */
export function readHandle(vault: Vault, text: string): Handle | undefined {
  try {
    const [personId = "", deviceId = ""] = vault
      .open(PURPOSE, Buffer.from(text, "base64url"), PURPOSE)
      .toString()
      .split(".");
    return /^\d+$/.test(personId) && isUuid(deviceId) ? { personId, deviceId } : undefined;
  } catch {
    return undefined;
  }
}
