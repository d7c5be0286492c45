import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";

/**
 * Seals what must not be readable at rest. Keys are derived from one secret by purpose, so a key for
 * ID papers opens no one-time password.
 */
export interface Vault {
  readonly keyId: string;
  /** AES-256-GCM: nonce (12 bytes), ciphertext, tag (16 bytes). `context` is bound to the seal, not stored. */
  seal(purpose: string, plain: Uint8Array, context: string): Buffer;
  /** Throws when the bytes, the purpose or the context are not those of the seal. */
  open(purpose: string, sealed: Uint8Array, context: string): Buffer;
  /** Keyed hash (HMAC-SHA-256), for tokens that we check and never read. */
  mark(purpose: string, text: string): Buffer;
}

const NONCE = 12;
const TAG = 16;

/** `secret` holds at least 32 random bytes. */
export function createVault(secret: Uint8Array, keyId: string): Vault {
  if (secret.length < 32) throw new RangeError("the secret must hold at least 32 bytes");
  const keys = new Map<string, Buffer>();
  const keyFor = (purpose: string): Buffer => {
    const known = keys.get(purpose);
    if (known) return known;
    const key = Buffer.from(hkdfSync("sha256", secret, keyId, purpose, 32));
    keys.set(purpose, key);
    return key;
  };
  return {
    keyId,
    seal(purpose, plain, context) {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv("aes-256-gcm", keyFor(purpose), nonce);
      cipher.setAAD(Buffer.from(context));
      return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    },
    open(purpose, sealed, context) {
      const decipher = createDecipheriv("aes-256-gcm", keyFor(purpose), sealed.subarray(0, NONCE), {
        authTagLength: TAG,
      });
      decipher.setAAD(Buffer.from(context));
      decipher.setAuthTag(sealed.subarray(-TAG));
      return Buffer.concat([decipher.update(sealed.subarray(NONCE, -TAG)), decipher.final()]);
    },
    mark(purpose, text) {
      return createHmac("sha256", keyFor(purpose)).update(text).digest();
    },
  };
}
