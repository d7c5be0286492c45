import { createHash, createPrivateKey, createPublicKey } from "node:crypto";
import type { CardKey } from "../db/house.ts";

const BLOCK = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]+?-----END [A-Z ]*PRIVATE KEY-----/g;

/**
 * The keys of one file, one PEM after the other: the first signs, all are published. To change keys, put the new one
 * second, then first, then leave the old one out. Throws when there is none, or one of another kind.
 */
export function passKeysOf(pem: string): CardKey[] {
  const keys = (pem.match(BLOCK) ?? []).map(keyOf);
  if (keys.length === 0) throw new TypeError("no private key");
  return keys;
}

function keyOf(privateKey: string): CardKey {
  const { crv, x, y } = createPublicKey(createPrivateKey(privateKey)).export({ format: "jwk" });
  if (crv !== "P-256" || !x || !y) throw new TypeError("no private key of P-256");
  return { privateKey, jwk: { kty: "EC", crv, x, y, kid: thumbprint(x, y), alg: "ES256", use: "sig" } };
}

/** RFC 7638, shortened: it only tells our own few keys apart. */
function thumbprint(x: string, y: string): string {
  const members = JSON.stringify({ crv: "P-256", kty: "EC", x, y });
  return createHash("sha256").update(members).digest("base64url").slice(0, 11);
}
