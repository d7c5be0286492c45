/**
 * Sealed streams: AES-256-GCM in frames under a key of the file's own. The number of each frame and which one is the
 * last are under the seal, and so is the file's name: a frame that is missing, moved, changed or of another file is
 * found, and so is an end that was cut off.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import type { BackupKey } from "./key.ts";

/** Eight bytes of kind and version, four of the key's mark, a salt. */
const MAGIC = Buffer.from("VSSIDBK1");
const SALT = 16;
export const HEADER = MAGIC.length + 4 + SALT;
const TAG = 16;
const LAST = 0x8000_0000;
const FRAME = 256 * 1024;
/** Nothing of ours is longer; a length that was changed must not make us wait for gigabytes. */
const FRAME_MAX = 32 * 1024 * 1024;

/** The bytes are not those that were sealed under this key and name. */
export class Damaged extends Error {
  constructor(name: string, what: string) {
    super(`${name}: ${what}`);
    this.name = "Damaged";
  }
}

export interface Sealer {
  header: Buffer;
  frame(plain: Buffer, isLast: boolean): Buffer;
}

export function createSealer(key: BackupKey, name: string): Sealer {
  const salt = randomBytes(SALT);
  const fileKey = fileKeyOf(key, salt, name);
  let count = 0;
  return {
    header: Buffer.concat([MAGIC, key.mark, salt]),
    frame(plain, isLast) {
      const head = Buffer.alloc(4);
      head.writeUInt32BE((isLast ? LAST : 0) + plain.length + TAG);
      const cipher = createCipheriv("aes-256-gcm", fileKey, nonceOf(count));
      count += 1;
      cipher.setAAD(head);
      return Buffer.concat([head, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    },
  };
}

export async function* sealed(key: BackupKey, name: string, source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const sealer = createSealer(key, name);
  yield sealer.header;
  let held: Buffer[] = [];
  let length = 0;
  for await (const chunk of source) {
    held.push(chunk);
    length += chunk.length;
    if (length < FRAME) continue;
    yield sealer.frame(Buffer.concat(held), false);
    held = [];
    length = 0;
  }
  yield sealer.frame(Buffer.concat(held), true);
}

export function sealWhole(key: BackupKey, name: string, plain: Buffer): Buffer {
  const sealer = createSealer(key, name);
  return Buffer.concat([sealer.header, sealer.frame(plain, true)]);
}

/** Whether this key sealed the file, and not one before it. */
export function isSealedUnder(key: BackupKey, bytes: Buffer): boolean {
  return bytes.subarray(MAGIC.length, MAGIC.length + 4).equals(key.mark);
}

/**
 * The plain bytes, frame by frame; throws Damaged at the first byte that is not as it was sealed. `mayBeCut`: a file
 * that is still being written to may lack its end, and what is torn off there is left out.
 */
export async function* opened(
  key: BackupKey,
  name: string,
  source: AsyncIterable<Buffer>,
  mayBeCut = false,
): AsyncGenerator<Buffer> {
  let held: Buffer = Buffer.alloc(0);
  let open: ((head: Buffer, body: Buffer) => Buffer) | undefined;
  let isOver = false;
  for await (const chunk of source) {
    if (isOver) throw new Damaged(name, "goes on after its end");
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    if (!open) {
      if (held.length < HEADER) continue;
      open = openerOf(key, name, held.subarray(0, HEADER));
      held = held.subarray(HEADER);
    }
    while (held.length >= 4 && !isOver) {
      const head = held.subarray(0, 4);
      const length = head.readUInt32BE() & ~LAST & 0x7fff_ffff;
      if (length < TAG || length > FRAME_MAX) throw new Damaged(name, "is damaged");
      if (held.length < 4 + length) break;
      yield open(head, held.subarray(4, 4 + length));
      isOver = (head.readUInt32BE() & LAST) !== 0;
      held = held.subarray(4 + length);
    }
    if (isOver && held.length > 0) throw new Damaged(name, "goes on after its end");
  }
  if (!isOver && !mayBeCut) throw new Damaged(name, "is cut short");
}

export async function openWhole(key: BackupKey, name: string, bytes: Buffer): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of opened(key, name, asSource(bytes))) parts.push(part);
  return Buffer.concat(parts);
}

async function* asSource(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

function openerOf(key: BackupKey, name: string, header: Buffer): (head: Buffer, body: Buffer) => Buffer {
  if (!header.subarray(0, MAGIC.length).equals(MAGIC)) throw new Damaged(name, "is no sealed file of VssID");
  const mark = header.subarray(MAGIC.length, MAGIC.length + 4);
  const held = [key, ...key.earlier];
  const own = held.find((one) => mark.equals(one.mark));
  if (!own) {
    const here = held.map(({ id }) => id).join(", ");
    throw new Damaged(name, `is damaged, or sealed under another key (${mark.toString("hex")}; here is ${here})`);
  }
  const fileKey = fileKeyOf(own, header.subarray(-SALT), name);
  let count = 0;
  return (head, body) => {
    const decipher = createDecipheriv("aes-256-gcm", fileKey, nonceOf(count), { authTagLength: TAG });
    count += 1;
    decipher.setAAD(head);
    decipher.setAuthTag(body.subarray(-TAG));
    const plain = decipher.update(body.subarray(0, -TAG));
    try {
      decipher.final();
    } catch {
      throw new Damaged(name, "is damaged");
    }
    return plain;
  };
}

function fileKeyOf(key: BackupKey, salt: Buffer, name: string): Buffer {
  return Buffer.from(hkdfSync("sha256", key.bytes, salt, `vssid backup ${name}`, 32));
}

function nonceOf(count: number): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeBigUInt64BE(BigInt(count), 4);
  return nonce;
}
