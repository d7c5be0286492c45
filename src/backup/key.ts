import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** Seals backups. It lies neither in the database nor in the backup folder: who has a backup alone has nothing. */
export interface BackupKey {
  bytes: Buffer;
  /** The first four bytes of its digest, as bytes and in hex: says which key a file needs. */
  mark: Buffer;
  id: string;
}

const KEY_BYTES = 32;

export function keyOf(bytes: Buffer): BackupKey {
  if (bytes.length !== KEY_BYTES) throw new RangeError(`the key of backups must hold ${KEY_BYTES} bytes`);
  const mark = createHash("sha256").update("vssid backup key").update(bytes).digest().subarray(0, 4);
  return { bytes, mark, id: mark.toString("hex") };
}

/** Base64 of 32 bytes, as `makeKeyFile` writes it. Throws a sentence that names the file. */
export function readKeyFile(path: string): BackupKey {
  let text: string;
  try {
    text = readFileSync(path, "utf8").trim();
  } catch (error) {
    throw new Error(`${path} cannot be read: ${(error as Error).message}`, { cause: error });
  }
  const bytes = Buffer.from(text, "base64");
  if (bytes.length !== KEY_BYTES) throw new Error(`${path} holds no key of backups: base64 of ${KEY_BYTES} bytes`);
  return keyOf(bytes);
}

/** Never over another one: backups sealed under that would be lost. */
export function makeKeyFile(path: string): BackupKey {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const bytes = randomBytes(KEY_BYTES);
  writeFileSync(path, `${bytes.toString("base64")}\n`, { flag: "wx", mode: 0o600 });
  return keyOf(bytes);
}
