import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { NotFound } from "../kernel/failures.ts";
import { openWith, sealWith } from "./cipher.ts";
import type { OwnKeys } from "./own-keys.ts";
import { boundTo, isShared, type OwnClass, RING_VOUCHES, ROW_DECIDES, type SharedClass } from "./places.ts";
import type { NewKey } from "./ring.ts";

/** Seals what must not be readable at rest, each class under keys of its own. */
export interface Vault {
  /** Names the secret in front: what is marked now needs the very same one. */
  readonly keyId: string;
  /** Every secret that is known here, the one in front first: marks and old seals of each of them are understood. */
  readonly secrets: readonly NamedSecret[];
  /**
   * Bytes for the place of `purpose` (places.ts), bound to table, column and `context`; for a purpose without a place
   * (tickets that a browser keeps) under the secret itself.
   */
  seal(purpose: string, plain: Uint8Array, context: string): Buffer;
  /**
   * Throws when the bytes, the purpose or the context are not those of the seal. Opens what older versions sealed, and
   * under whichever secret; a ticket of a browser under one that leaked does not open.
   */
  open(purpose: string, sealed: Uint8Array, context: string): Buffer;
  /** Seals under a data key that nothing else uses. */
  sealOwn(purpose: OwnClass, plain: Uint8Array, id: string): Promise<OwnSeal>;
  /** Throws NotFound when its key was destroyed, TryLater("keys_unavailable") when the ring does not answer. */
  openOwn(purpose: OwnClass, held: HeldSeal, id: string): Promise<Buffer>;
  /** Keyed hash (HMAC-SHA-256) under the secret in front, for tokens that we check and never read. */
  mark(purpose: string, text: string): Buffer;
  /**
   * The same under each secret that may vouch, the one in front first. To look for what lives no longer than a sign-in,
   * and for whatever could be guessed by somebody who holds a secret and the database.
   */
  marks(purpose: string, text: string): Marks;
  /**
   * Under secrets that leaked too. To look for rows whose text nobody can guess (74 bits and more): who knows a secret
   * makes no row. And to go on counting: nobody gets new tries because a secret was turned over.
   */
  everyMark(purpose: string, text: string): Marks;
  /** Whether `given` is the mark under a secret that may vouch: of what nothing but its own mark says that it is ours. */
  isMark(purpose: string, text: string, given: Uint8Array): boolean;
}

/** Keyed marks of one thing, the one under the secret in front first. */
export type Marks = readonly [Buffer, ...Buffer[]];

/** One writes, and stands in front. Others are known from before, or for a turn-over that is coming. */
export interface NamedSecret {
  keyId: string;
  standing: "front" | "known" | "leaked";
}

export interface Secret extends NamedSecret {
  /** At least 32 random bytes. */
  bytes: Uint8Array;
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

/** The first of the secrets is the one in front. */
export function createVault(secrets: readonly [Secret, ...Secret[]], { classes, own, version }: VaultKeys): Vault {
  const [front, ...others] = secrets.map(({ bytes, keyId }) => rootKeysOf(bytes, keyId));
  if (!front) throw new RangeError("no secret");
  const earlier = others.filter((_keys, at) => secrets[at + 1]?.standing !== "leaked");
  const every = [front, ...others];
  const vouching = [front, ...earlier];
  const marksUnder = (more: readonly RootKeys[], purpose: string, text: string): Marks => [
    markWith(front(purpose), text),
    ...more.map((rootKey) => markWith(rootKey(purpose), text)),
  ];
  return {
    keyId: secrets[0].keyId,
    secrets: secrets.map(({ keyId, standing }) => ({ keyId, standing })),
    seal(purpose, plain, context) {
      if (!isShared(purpose)) return sealWith(front(purpose), plain, context);
      const current = classes.current(purpose);
      return Buffer.concat([headOf(current.keyId), sealWith(current.key, plain, boundTo(purpose, context))]);
    },
    open(purpose, sealed, context) {
      const key = isShared(purpose) && sealed.length > HEAD ? classes.find(idIn(sealed)) : undefined;
      if (key && isShared(purpose)) return openWith(key, sealed.subarray(HEAD), boundTo(purpose, context));
      if (RING_VOUCHES.includes(purpose)) throw new Error("under no data key of ours");
      return openUnder(isShared(purpose) || ROW_DECIDES.includes(purpose) ? every : vouching, purpose, sealed, context);
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
      if (dataKeyId === null) return openUnder(every, purpose, sealed, id);
      if (wrapped === null || keyVersion === null) throw new NotFound("copy");
      const key = await own.open({ keyId: dataKeyId, version: keyVersion, wrapped });
      return openWith(key, sealed, boundTo(purpose, id));
    },
    mark(purpose, text) {
      return markWith(front(purpose), text);
    },
    marks: (purpose, text) => marksUnder(earlier, purpose, text),
    everyMark: (purpose, text) => marksUnder(others, purpose, text),
    isMark(purpose, text, given) {
      const fits = marksUnder(earlier, purpose, text).filter(
        (mark) => mark.length === given.length && timingSafeEqual(mark, given),
      );
      return fits.length > 0;
    },
  };
}

function markWith(key: Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}

/** A seal names no secret: each is tried, and the last says that none fits. */
function openUnder(roots: readonly RootKeys[], purpose: string, sealed: Uint8Array, context: string): Buffer {
  for (const rootKey of roots.slice(0, -1)) {
    try {
      return openWith(rootKey(purpose), sealed, context);
    } catch {
      // Under another, or not ours.
    }
  }
  const last = roots.at(-1);
  if (!last) throw new RangeError("no secret");
  return openWith(last(purpose), sealed, context);
}

type RootKeys = (purpose: string) => Buffer;

/** Keys derived from the secret by purpose, so a key for one use opens no other. */
function rootKeysOf(secret: Uint8Array, keyId: string): RootKeys {
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
