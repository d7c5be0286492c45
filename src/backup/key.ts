import { createHash, randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";

/** Seals backups. It lies neither in the database nor in the backup folder: who has a backup alone has nothing. */
export interface BackupKey {
  bytes: Buffer;
  /** The first four bytes of its digest, as bytes and in hex: says which key a file needs. */
  mark: Buffer;
  id: string;
  /** Those behind it in its file: they seal nothing more, and open what they sealed. */
  earlier: readonly BackupKey[];
}

const KEY_BYTES = 32;

export function keyOf(bytes: Buffer, earlier: readonly BackupKey[] = []): BackupKey {
  if (bytes.length !== KEY_BYTES) throw new RangeError(`the key of backups must hold ${KEY_BYTES} bytes`);
  const mark = createHash("sha256").update("vssid backup key").update(bytes).digest().subarray(0, 4);
  return { bytes, mark, id: mark.toString("hex"), earlier };
}

/** A line each, base64 of 32 bytes, as `addKey` writes it: the first seals. Throws a sentence that names the file. */
export function readKeyFile(path: string): BackupKey {
  let text: string;
  try {
    text = readFileSync(path, "utf8").trim();
  } catch (error) {
    throw new Error(`${path} cannot be read: ${(error as Error).message}`, { cause: error });
  }
  const [first, ...earlier] = text.split("\n").map((line) => Buffer.from(line, "base64"));
  if (first?.length !== KEY_BYTES || earlier.some(({ length }) => length !== KEY_BYTES)) {
    throw new Error(`${path} holds no key of backups: base64 of ${KEY_BYTES} bytes, a line each`);
  }
  return keyOf(
    first,
    earlier.map((bytes) => keyOf(bytes)),
  );
}

/** Never over another one: backups sealed under that would be lost. */
export function makeKeyFile(path: string): BackupKey {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const bytes = randomBytes(KEY_BYTES);
  writeFileSync(path, lineOf(bytes), { flag: "wx", mode: 0o600 });
  return keyOf(bytes);
}

/** A new key in front of those that the file holds, which go on belonging to whom it belongs; or the first one. */
export function addKey(path: string): BackupKey {
  if (!existsSync(path)) return makeKeyFile(path);
  const held = readKeyFile(path);
  const bytes = randomBytes(KEY_BYTES);
  const keys = [bytes, held.bytes, ...held.earlier.map((key) => key.bytes)];
  const draft = `${path}.part`;
  try {
    writeFileSync(draft, keys.map(lineOf).join(""), { flag: "wx", mode: 0o600, flush: true });
    const { mode, uid, gid } = statSync(path);
    chownSync(draft, uid, gid);
    chmodSync(draft, mode);
    renameSync(draft, path);
  } finally {
    rmSync(draft, { force: true });
  }
  return keyOf(bytes, [held, ...held.earlier]);
}

const lineOf = (bytes: Buffer): string => `${bytes.toString("base64")}\n`;
