import type { House } from "../db/house.ts";

/**
 * The public key by which a passkey's answer is judged. It is no secret, but whoever could put one in its place would
 * sign in as its owner: so it lies sealed for its owner and its credential, and none but our own opens.
 */
const OWNERS = { passkey: "person", "staff-passkey": "staff" } as const;
export type PasskeyKind = keyof typeof OWNERS;

export interface WhosePasskey {
  kind: PasskeyKind;
  ownerId: string;
  credentialId: Buffer;
}

type Vaulted = Pick<House, "vault">;

const contextOf = ({ kind, ownerId, credentialId }: WhosePasskey) =>
  `${OWNERS[kind]}:${ownerId}:${credentialId.toString("base64url")}`;

export function sealKey({ vault }: Vaulted, whose: WhosePasskey, key: Uint8Array): Buffer {
  return vault.seal(whose.kind, key, contextOf(whose));
}

/** Undefined where there is none, or one that was not sealed here for this owner and this credential. */
export function openKey({ vault }: Vaulted, whose: WhosePasskey, sealed: Buffer | null): Buffer | undefined {
  if (!sealed) return undefined;
  try {
    return vault.open(whose.kind, sealed, contextOf(whose));
  } catch {
    return undefined;
  }
}

/** The same for who signs in: that a key stands there which nobody of ours put there is told, and not whose. */
export function keyToJudgeBy(house: Pick<House, "vault" | "log">, whose: WhosePasskey, sealed: Buffer | null) {
  const key = openKey(house, whose, sealed);
  if (!key) house.log.warn({ kind: whose.kind }, "the key of a passkey was not sealed here: it signs nobody in");
  return key;
}
