import type { Writable } from "node:stream";

/** The archive's grain: one letter, four bytes of length, the content. A cut file ends inside a frame. */
export type FrameKind = "manifest" | "table" | "rows" | "end_of_table" | "end";

const letters: Record<FrameKind, string> = { manifest: "M", table: "T", rows: "R", end_of_table: "E", end: "Z" };
const kinds = new Map(Object.entries(letters).map(([kind, letter]) => [letter.charCodeAt(0), kind as FrameKind]));
const headBytes = 5;
export const notOurs = "this is not an archive of VssID, or it is damaged";

export interface Frame {
  kind: FrameKind;
  content: Buffer;
}

export async function writeFrame(to: Writable, kind: FrameKind, content: Buffer | object): Promise<void> {
  const bytes = Buffer.isBuffer(content) ? content : Buffer.from(JSON.stringify(content));
  const head = Buffer.alloc(headBytes);
  head.write(letters[kind], 0, "latin1");
  head.writeUInt32BE(bytes.length, 1);
  to.write(head);
  if (!to.write(bytes)) await new Promise((done) => to.once("drain", done));
}

/** Throws when the bytes end inside a frame or no frame begins where one must. */
export async function* readFrames(from: AsyncIterable<Buffer>): AsyncGenerator<Frame> {
  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of from) {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    let at = 0;
    while (held.length - at >= headBytes) {
      const kind = kinds.get(held[at] ?? 0);
      if (!kind) throw new Error(notOurs);
      const length = held.readUInt32BE(at + 1);
      if (held.length - at < headBytes + length) break;
      yield { kind, content: held.subarray(at + headBytes, at + headBytes + length) };
      at += headBytes + length;
    }
    held = held.subarray(at);
  }
  if (held.length > 0) throw new Error("the archive ends in the middle");
}
