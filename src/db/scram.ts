import { createHash, createHmac, pbkdf2Sync, randomBytes } from "node:crypto";

/**
 * A password as PostgreSQL keeps it (RFC 5802, 7677): so it stands in no statement and in no log of the server. Throws
 * for letters that would have to be prepared first (SASLprep).
 */
export function scramVerifier(password: string, salt = randomBytes(16)): string {
  if (!/^[\x21-\x7e]+$/.test(password))
    throw new Error("the password of a login holds ASCII letters, digits and signs");
  const salted = pbkdf2Sync(password, salt, ITERATIONS, 32, "sha256");
  const keyed = (name: string) => createHmac("sha256", salted).update(name).digest();
  const stored = createHash("sha256").update(keyed("Client Key")).digest("base64");
  return `SCRAM-SHA-256$${ITERATIONS}:${salt.toString("base64")}$${stored}:${keyed("Server Key").toString("base64")}`;
}

/** PostgreSQL's own; the passwords of machines are random. */
const ITERATIONS = 4096;
