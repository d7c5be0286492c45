import { createPrivateKey, createPublicKey, generateKeyPairSync } from "node:crypto";

/** The pair by which push services know us (VAPID, RFC 8292): P-256, kept as a private key in PEM. */
export interface PushKeys {
  /** Uncompressed point and scalar, base64url, as browsers and push services take them. */
  publicKey: string;
  privateKey: string;
}

export function newKeyPem(): string {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return privateKey.export({ format: "pem", type: "pkcs8" }).toString();
}

/** Throws when the text is no private key of P-256. */
export function keysOf(pem: string): PushKeys {
  const key = createPrivateKey(pem);
  const { crv, d } = key.export({ format: "jwk" });
  const { x, y } = createPublicKey(key).export({ format: "jwk" });
  if (crv !== "P-256" || !d || !x || !y) throw new TypeError("no private key of P-256");
  const point = Buffer.concat([Buffer.of(4), Buffer.from(x, "base64url"), Buffer.from(y, "base64url")]);
  return { publicKey: point.toString("base64url"), privateKey: d };
}
