import { type Lock, randomBytes } from "./seal.ts";

/**
 * A key that only the telephone's screen lock releases (WebAuthn with the PRF extension). It belongs to the kept card
 * alone, signs in nowhere, and the server never sees it.
 */
const SECRET_BYTES = 32;
type Bytes = Uint8Array<ArrayBuffer>;

/** Undefined when this telephone can make keys but not secrets. Throws when the person turns away. */
export async function newPasskeyLock(name: string): Promise<{ lock: Lock; secret: Bytes } | undefined> {
  const made = await navigator.credentials.create({
    publicKey: {
      challenge: randomBytes(SECRET_BYTES),
      rp: { name: "VssID" },
      user: { id: randomBytes(16), name, displayName: name },
      pubKeyCredParams: [
        { type: "public-key", alg: -7 },
        { type: "public-key", alg: -257 },
      ],
      authenticatorSelection: { authenticatorAttachment: "platform", userVerification: "required" },
      extensions: { prf: {} },
    },
  });
  if (!isKey(made) || !made.getClientExtensionResults().prf?.enabled) return undefined;
  const lock = { kind: "passkey", salt: randomBytes(SECRET_BYTES), credentialId: new Uint8Array(made.rawId) } as const;
  const secret = await secretOf(lock);
  return secret && { lock, secret };
}

/** What the passkey answers for this lock; undefined when it answers nothing. */
export async function secretOf(lock: Lock): Promise<Bytes | undefined> {
  if (lock.kind !== "passkey") return undefined;
  const found = await navigator.credentials.get({
    publicKey: {
      challenge: randomBytes(SECRET_BYTES),
      allowCredentials: [{ type: "public-key", id: lock.credentialId, transports: ["internal"] }],
      userVerification: "required",
      extensions: { prf: { eval: { first: lock.salt } } },
    },
  });
  const first = isKey(found) ? found.getClientExtensionResults().prf?.results?.first : undefined;
  return first && new Uint8Array(first as ArrayBuffer);
}

const isKey = (found: Credential | null): found is PublicKeyCredential =>
  typeof PublicKeyCredential === "function" && found instanceof PublicKeyCredential;
