/** As much of tar (POSIX ustar) as PostgreSQL writes of its folder, and as we write of uploads: files and folders. */
import { closeSync, createReadStream, mkdirSync, openSync, writeSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { Damaged } from "./seal.ts";

const BLOCK = 512;

interface Entry {
  name: string;
  bytes: number;
  isFolder: boolean;
}

/**
 * Writes every entry under `into`, readable by its owner only; `onMade` gets each path. Answers the bytes written.
 * Nothing is flushed file by file: PostgreSQL flushes the whole folder before it plays the log.
 */
export async function unpackTar(
  source: AsyncIterable<Buffer>,
  into: string,
  onMade: (path: string) => void = () => undefined,
): Promise<number> {
  let held: Buffer = Buffer.alloc(0);
  let file: { fd: number; left: number; padding: number } | undefined;
  let total = 0;
  for await (const chunk of source) {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    for (;;) {
      if (file && file.left > 0) {
        if (held.length === 0) break;
        const part = held.subarray(0, file.left);
        writeSync(file.fd, part);
        total += part.length;
        file.left -= part.length;
        held = held.subarray(part.length);
        if (file.left > 0) break;
      }
      if (file) {
        if (held.length < file.padding) break;
        held = held.subarray(file.padding);
        closeSync(file.fd);
        file = undefined;
      }
      if (held.length < BLOCK) break;
      const entry = readHeader(held.subarray(0, BLOCK));
      held = held.subarray(BLOCK);
      if (entry) file = begin(entry, into, onMade);
    }
  }
  if (file) throw new Damaged("the archive", "ends inside a file");
  return total;
}

function begin(entry: Entry, into: string, onMade: (path: string) => void) {
  const name = normalize(entry.name);
  if (name.startsWith("..") || name.startsWith("/")) throw new Damaged("the archive", `leads outside: ${entry.name}`);
  const path = join(into, name);
  if (entry.isFolder) {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    onMade(path);
    return undefined;
  }
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const fd = openSync(path, "w", 0o600);
  onMade(path);
  return { fd, left: entry.bytes, padding: paddingOf(entry.bytes) };
}

/** Undefined: one of the blocks of nothing at the end. */
function readHeader(block: Buffer): Entry | undefined {
  if (block.every((byte) => byte === 0)) return undefined;
  const text = (from: number, length: number) => {
    const field = block.subarray(from, from + length);
    const end = field.indexOf(0);
    return field.subarray(0, end < 0 ? length : end).toString("utf8");
  };
  const kind = text(156, 1);
  if (kind !== "0" && kind !== "5" && kind !== "") {
    throw new Damaged("the archive", `holds an entry of kind ${kind}: ${text(0, 100)}`);
  }
  const prefix = text(345, 155);
  return {
    name: prefix ? `${prefix}/${text(0, 100)}` : text(0, 100),
    bytes: sizeOf(block.subarray(124, 136)),
    isFolder: kind === "5",
  };
}

/** Octal; files of 8 GiB and more have it in base 256. */
function sizeOf(field: Buffer): number {
  if (((field[0] ?? 0) & 0x80) !== 0) return Number(field.readBigUInt64BE(4));
  return Number.parseInt(field.toString("latin1").replace(/\0.*$/, "").trim() || "0", 8);
}

const paddingOf = (bytes: number): number => (BLOCK - (bytes % BLOCK)) % BLOCK;

/** Files as one tar, under the names given. */
export async function* packTar(
  files: readonly { name: string; path: string; bytes: number }[],
): AsyncGenerator<Buffer> {
  for (const { name, path, bytes } of files) {
    yield headerOf(name, bytes);
    if (bytes > 0) yield* createReadStream(path, { end: bytes - 1 }) as AsyncIterable<Buffer>;
    yield Buffer.alloc(paddingOf(bytes));
  }
  yield Buffer.alloc(2 * BLOCK);
}

function headerOf(name: string, bytes: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, at: number, length: number) =>
    block.write(`${value.toString(8).padStart(length - 1, "0")}\0`, at, "latin1");
  block.write(name, 0, 100, "utf8");
  octal(0o600, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(bytes, 124, 12);
  octal(0, 136, 12);
  block.write("        0", 148, "latin1");
  block.write("ustar\x0000", 257, "latin1");
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return block;
}
