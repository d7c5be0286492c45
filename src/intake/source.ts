/** What an import reads: bytes at hand, or a file that is read as a stream, twice (hash first). */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";

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
  for await (const chunk of readSource(source)) {
    sum.update(chunk);
    size += chunk.length;
  }
  return { sha256: sum.digest(), size };
}
