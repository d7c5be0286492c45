/** What an import reads: bytes at hand, or a file that is read as a stream, twice (hash first). */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";

export type Source = { name: string; bytes: Uint8Array } | { name: string; path: string };

const CHUNK_BYTES = 2 * 1024 * 1024;

export async function* readSource(source: Source): AsyncGenerator<Buffer> {
  if ("path" in source) {
    yield* createReadStream(source.path, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>;
    return;
  }
  const { buffer, byteOffset, length } = source.bytes;
  for (let at = 0; at < length; at += CHUNK_BYTES) {
    yield Buffer.from(buffer, byteOffset + at, Math.min(CHUNK_BYTES, length - at));
  }
}

export async function sizeOf(source: Source): Promise<number> {
  return "path" in source ? (await stat(source.path)).size : source.bytes.length;
}

export async function digestOf(source: Source): Promise<{ sha256: Buffer; size: number }> {
  const sum = createHash("sha256");
  let size = 0;
  for await (const piece of "path" in source ? piecesOf(source.path) : readSource(source)) {
    sum.update(piece);
    size += piece.length;
  }
  return { sha256: sum.digest(), size };
}

/** Each piece is good until the next is asked for: all lie in the same memory. */
async function* piecesOf(path: string): AsyncGenerator<Buffer> {
  const file = await open(path);
  try {
    const room = Buffer.allocUnsafeSlow(CHUNK_BYTES);
    for (;;) {
      const { bytesRead } = await file.read(room, 0, room.length);
      if (bytesRead === 0) return;
      yield room.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}
