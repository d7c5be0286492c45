import { createHmac, hkdfSync } from "node:crypto";
import { NotFound } from "../kernel/failures.ts";
import { openWith, sealWith } from "./cipher.ts";
import type { OwnKeys } from "./own-keys.ts";
import { boundTo, isShared, type OwnClass, type SharedClass } from "./places.ts";
import type { NewKey } from "./ring.ts";

/** Seals what must not be readable at rest, each class under keys of its own. */
export interface Vault {
  /** Names the secret: marks and old seals need the very same one. */
  readonly keyId: string;
  /**
   * Bytes for the place of `purpose` (places.ts), bound to table, column and `context`; for a purpose without a place
   * (tickets that a browser keeps) under the secret itself.
   */
  seal(purpose: string, plain: Uint8Array, context: string): Buffer;
  /** Throws when the bytes, the purpose or the context are not those of the seal. Opens what older versions sealed. */
  open(purpose: string, sealed: Uint8Array, context: string): Buffer;
  /** Seals under a data key that nothing else uses. */
  sealOwn(purpose: OwnClass, plain: Uint8Array, id: string): Promise<OwnSeal>;
  /** Throws NotFound when its key was destroyed, TryLater("keys_unavailable") when the ring does not answer. */
  openOwn(purpose: OwnClass, held: HeldSeal, id: string): Promise<Buffer>;
  /** Keyed hash (HMAC-SHA-256), for tokens that we check and never read. */
  mark(purpose: string, text: string): Buffer;
}

export interface OwnSeal {
  sealed: Buffer;
  dataKeyId: string;
  /** Is kept with the object (db/data-keys.ts): in its transaction, once the object is really there. */
  dataKey: NewKey;
}

/** As one statement reads it: the object joined with its data key. */
export interface HeldSeal {
  sealed: Buffer;
  dataKeyId: string | null;
  keyVersion: number | null;
  wrapped: Buffer | null;
}

export interface ClassKey {
  keyId: string;
  key: Buffer;
}

/** The shared data keys of a process, in memory: sealing and opening wait for nobody. */
export interface ClassKeys {
  /** What new values of the class are sealed with. */
  current(purpose: SharedClass): ClassKey;
  find(keyId: string): Buffer | undefined;
}

export interface VaultKeys {
  classes: ClassKeys;
  own: OwnKeys;
  /** The version that wraps new keys. */
  version(): number;
}

/** Before the bytes of a shared seal: this mark, then the key's id (16 bytes). */
const MARK = Buffer.from("VSK1");
const HEAD = MARK.length + 16;

/** `secret` holds at least 32 random bytes. */
export function createVault(secret: Uint8Array, keyId: string, { classes, own, version }: VaultKeys): Vault {
  const rootKey = rootKeysOf(secret, keyId);
  return {
    keyId,
    seal(purpose, plain, context) {
      if (!isShared(purpose)) return sealWith(rootKey(purpose), plain, context);
      const current = classes.current(purpose);
      return Buffer.concat([headOf(current.keyId), sealWith(current.key, plain, boundTo(purpose, context))]);
    },
    open(purpose, sealed, context) {
      const key = isShared(purpose) && sealed.length > HEAD ? classes.find(idIn(sealed)) : undefined;
      if (key && isShared(purpose)) return openWith(key, sealed.subarray(HEAD), boundTo(purpose, context));
      return openWith(rootKey(purpose), sealed, context);
    },
    async sealOwn(purpose, plain, id) {
      const { key, ...stored } = await own.take(version());
      return {
        sealed: sealWith(key, plain, boundTo(purpose, id)),
        dataKeyId: stored.keyId,
        dataKey: { ...stored, class: purpose, isShared: false, settleSeconds: 0 },
      };
    },
    async openOwn(purpose, { sealed, dataKeyId, keyVersion, wrapped }, id) {
      if (dataKeyId === null) return openWith(rootKey(purpose), sealed, id);
      if (wrapped === null || keyVersion === null) throw new NotFound("copy");
      const key = await own.open({ keyId: dataKeyId, version: keyVersion, wrapped });
      return openWith(key, sealed, boundTo(purpose, id));
    },
    mark(purpose, text) {
      return createHmac("sha256", rootKey(purpose)).update(text).digest();
    },
  };
}

/** Keys derived from the secret by purpose, so a key for one use opens no other. */
function rootKeysOf(secret: Uint8Array, keyId: string): (purpose: string) => Buffer {
  if (secret.length < 32) throw new RangeError("the secret must hold at least 32 bytes");
  const keys = new Map<string, Buffer>();
  return (purpose) => {
    const known = keys.get(purpose);
    if (known) return known;
    const key = Buffer.from(hkdfSync("sha256", secret, keyId, purpose, 32));
    keys.set(purpose, key);
    return key;
  };
}

function headOf(keyId: string): Buffer {
  return Buffer.concat([MARK, Buffer.from(keyId.replaceAll("-", ""), "hex")]);
}

/** The key named in the head; of bytes of the old form (no head) a name that no key has. */
function idIn(sealed: Uint8Array): string {
  const head = Buffer.from(sealed.buffer, sealed.byteOffset, HEAD);
  if (!head.subarray(0, MARK.length).equals(MARK)) return "";
  return head.toString("hex", MARK.length).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
