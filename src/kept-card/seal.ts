import type { KeptDocument } from "./rules.ts";

/**
 * How the card lies on the telephone. Whoever is signed in there may put a newer one in (with the public key, without
 * PIN); only the PIN or the passkey, together with the device's own key that scripts cannot read, takes it out.
 *
 * PIN → PBKDF2-SHA-256 → HMAC with the device key → AES-256-GCM around the private key (P-256).
 * Document: ephemeral ECDH P-256 → HKDF-SHA-256 → AES-256-GCM. IndexedDB holds the bytes as they are.
 */
export interface KeptRecord {
  v: 1;
  handle: string;
  lang: "vi" | "en";
  lock: Lock;
  /** HMAC-SHA-256, not extractable: a copy of the bytes without this browser's profile opens nothing. */
  deviceKey: CryptoKey;
  /** P-256, uncompressed point. */
  publicKey: Bytes;
  privateKey: Sealed;
  document: Sealed & { ephemeral: Bytes };
  triesLeft: number;
}

export type Lock = { kind: "pin"; salt: Bytes; rounds: number } | { kind: "passkey"; salt: Bytes; credentialId: Bytes };

type Bytes = Uint8Array<ArrayBuffer>;
interface Sealed {
  iv: Bytes;
  bytes: Bytes;
}

/** What OWASP asks of PBKDF2 with SHA-256; a card kept before opens with the rounds that stand beside it. */
const ROUNDS = 600_000;
const CURVE = { name: "ECDH", namedCurve: "P-256" };
const BOUND_TO = new TextEncoder().encode("vssid kept card 1");
const { subtle } = globalThis.crypto;

export const randomBytes = (length: number): Bytes => crypto.getRandomValues(new Uint8Array(length));

export const newLock = (): Lock & { kind: "pin" } => ({ kind: "pin", salt: randomBytes(16), rounds: ROUNDS });

/** Wrong PIN, or bytes that were changed. */
export class WrongKey extends Error {}

interface Given {
  handle: string;
  lang: "vi" | "en";
  lock: Lock;
  /** The PIN, or what the passkey answered (WebAuthn PRF). */
  secret: string | Bytes;
  document: KeptDocument;
  triesLeft: number;
}

export async function sealRecord({ lock, secret, document, ...rest }: Given): Promise<KeptRecord> {
  const deviceKey = await subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const pair = await subtle.generateKey(CURVE, true, ["deriveBits"]);
  const publicKey = new Uint8Array(await subtle.exportKey("raw", pair.publicKey));
  const wrapping = await wrappingKey(deviceKey, lock, secret);
  const privateKey = await seal(wrapping, new Uint8Array(await subtle.exportKey("pkcs8", pair.privateKey)));
  return { v: 1, ...rest, lock, deviceKey, publicKey, privateKey, document: await sealDocument(publicKey, document) };
}

/** A newer document, put in without anything secret. */
export async function sealDocument(publicKey: Bytes, document: KeptDocument): Promise<KeptRecord["document"]> {
  const pair = await subtle.generateKey(CURVE, true, ["deriveBits"]);
  const ephemeral = new Uint8Array(await subtle.exportKey("raw", pair.publicKey));
  const key = await sharedKey(pair.privateKey, publicKey, ephemeral, publicKey);
  return { ephemeral, ...(await seal(key, new TextEncoder().encode(JSON.stringify(document)))) };
}

/** Throws WrongKey. */
export async function openRecord(record: KeptRecord, secret: string | Bytes): Promise<KeptDocument> {
  const wrapping = await wrappingKey(record.deviceKey, record.lock, secret);
  const pkcs8 = await open(wrapping, record.privateKey);
  const privateKey = await subtle.importKey("pkcs8", pkcs8, CURVE, false, ["deriveBits"]);
  const { ephemeral } = record.document;
  const key = await sharedKey(privateKey, ephemeral, ephemeral, record.publicKey);
  return JSON.parse(new TextDecoder().decode(await open(key, record.document))) as KeptDocument;
}

async function wrappingKey(deviceKey: CryptoKey, lock: Lock, secret: string | Bytes): Promise<CryptoKey> {
  const stretched = typeof secret === "string" ? await stretch(secret, lock) : secret;
  return aesKey(await subtle.sign("HMAC", deviceKey, stretched));
}

async function stretch(pin: string, lock: Lock): Promise<ArrayBuffer> {
  if (lock.kind !== "pin") throw new WrongKey("no PIN opens this");
  const key = await subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, ["deriveBits"]);
  return subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt: lock.salt, iterations: lock.rounds }, key, 256);
}

async function sharedKey(own: CryptoKey, theirs: Bytes, ephemeral: Bytes, publicKey: Bytes): Promise<CryptoKey> {
  const other = await subtle.importKey("raw", theirs, CURVE, false, []);
  const shared = await subtle.deriveBits({ name: "ECDH", public: other }, own, 256);
  const key = await subtle.importKey("raw", shared, "HKDF", false, ["deriveBits"]);
  const salt = new Uint8Array([...ephemeral, ...publicKey]);
  return aesKey(await subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt, info: BOUND_TO }, key, 256));
}

const aesKey = (bytes: ArrayBuffer) => subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);

async function seal(key: CryptoKey, plain: Bytes): Promise<Sealed> {
  const iv = randomBytes(12);
  const sealed = await subtle.encrypt({ name: "AES-GCM", iv, additionalData: BOUND_TO }, key, plain);
  return { iv, bytes: new Uint8Array(sealed) };
}

async function open(key: CryptoKey, { iv, bytes }: Sealed): Promise<ArrayBuffer> {
  try {
    return await subtle.decrypt({ name: "AES-GCM", iv, additionalData: BOUND_TO }, key, bytes);
  } catch {
    throw new WrongKey("not opened");
  }
}
