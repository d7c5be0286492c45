/**
 * The key-encryption keys, outside the database. A version wraps and unwraps data keys (32 bytes); `bound` is the id
 * of the data key, which an adapter that can do so authenticates with it.
 */
export interface KeyRing {
  readonly kind: "file" | "http" | "command";
  /** The newest version it holds. */
  newest(): Promise<number>;
  wrap(version: number, key: Uint8Array, bound: string): Promise<Buffer>;
  unwrap(version: number, wrapped: Uint8Array, bound: string): Promise<Buffer>;
  /** Adds a version and answers its number. */
  make(): Promise<number>;
  /** The version opens nothing any more; doing it twice is no fault. */
  destroy(version: number): Promise<void>;
}

/** The ring does not answer, or not for this version. Says nothing of the key. */
export class RingDown extends Error {
  override name = "RingDown";
}

export type RingSettings =
  | { kind: "file"; path: string }
  | { kind: "http"; url: string; tokenFile: string; key: string; files?: RingFiles | undefined }
  | { kind: "command"; command: readonly string[] };

/** All PEM: the certificate by which a key service knows us, and the authority by which we know it. */
export interface RingFiles {
  cert?: string | undefined;
  key?: string | undefined;
  root?: string | undefined;
}

export const KEY_BYTES = 32;

/** A data key as it lies in the database. */
export interface StoredKey {
  keyId: string;
  version: number;
  wrapped: Buffer;
}

/** A data key on its way there. */
export interface NewKey extends StoredKey {
  class: string;
  isShared: boolean;
  /** Seconds until it may seal. */
  settleSeconds: number;
}
