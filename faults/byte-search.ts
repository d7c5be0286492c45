/** Many secrets at once in any bytes: as they are, in hex, in base64 at any place, in UTF-16, and inside of gzip. */
import { inflateRawSync, constants as zlib } from "node:zlib";

export interface Needle {
  /** What it is, in a word; never the secret itself. */
  name: string;
  text: string | Buffer;
  /** Digits alone: no digit may stand beside them, or every number would hold some. */
  isNumber?: boolean;
}

interface Shape {
  needle: Needle;
  shape: string;
  bytes: Buffer;
}

const HEAD = 4;
const BITS = 22;
const MOST_UNPACKED = 512 * 1024 * 1024;

export class ByteSearch {
  readonly #byHead = new Map<number, Shape[]>();
  readonly #mayBe = new Uint8Array(1 << BITS);

  constructor(needles: readonly Needle[]) {
    for (const shape of needles.flatMap(shapesOf)) {
      const head = shape.bytes.readUInt32BE(0);
      const known = this.#byHead.get(head) ?? [];
      known.push(shape);
      this.#byHead.set(head, known);
      this.#mayBe[spread(head)] = 1;
    }
  }

  /** "password of 7 (base64)", each once; what gzip has packed is unpacked and searched too. */
  in(bytes: Buffer): string[] {
    const found = new Set<string>();
    this.#scan(bytes, found);
    for (let at = bytes.indexOf(GZIP); at >= 0; at = bytes.indexOf(GZIP, at + 1)) {
      const unpacked = unpack(bytes.subarray(at));
      if (unpacked) this.#scan(unpacked, found);
    }
    return [...found];
  }

  #scan(bytes: Buffer, found: Set<string>): void {
    let head = 0;
    for (let at = 0; at < bytes.length; at += 1) {
      head = ((head << 8) | (bytes[at] as number)) >>> 0;
      if (this.#mayBe[spread(head)] === 0 || at < HEAD - 1) continue;
      const from = at - HEAD + 1;
      for (const { needle, shape, bytes: wanted } of this.#byHead.get(head) ?? []) {
        const to = from + wanted.length;
        if (to > bytes.length || wanted.compare(bytes, from, to) !== 0) continue;
        if (needle.isNumber && (isDigit(bytes[from - 1]) || isDigit(bytes[to]))) continue;
        found.add(`${needle.name} (${shape})`);
      }
    }
  }
}

const GZIP = Buffer.from([0x1f, 0x8b, 0x08]);
const spread = (head: number) => Math.imul(head, 2_654_435_761) >>> (32 - BITS);
const isDigit = (byte: number | undefined) => byte !== undefined && byte >= 0x30 && byte <= 0x39;

function shapesOf(needle: Needle): Shape[] {
  const bytes = Buffer.from(needle.text as string);
  const made: Shape[] = [{ needle, shape: "as it is", bytes }];
  // Digits in other clothes are digits of something else too often.
  if (!needle.isNumber) {
    made.push(
      { needle, shape: "hex", bytes: Buffer.from(bytes.toString("hex")) },
      { needle, shape: "HEX", bytes: Buffer.from(bytes.toString("hex").toUpperCase()) },
      ...[0, 1, 2].map((shift) => ({ needle, shape: "base64", bytes: inBase64(bytes, shift) })),
    );
    if (typeof needle.text === "string") {
      made.push({ needle, shape: "UTF-16", bytes: Buffer.from(needle.text, "utf16le") });
    }
  }
  return made.filter((one) => one.bytes.length >= 2 * HEAD);
}

/** The signs of base64 that depend on these bytes alone when `shift` others stand before them. */
function inBase64(bytes: Buffer, shift: number): Buffer {
  const text = Buffer.concat([Buffer.alloc(shift), bytes])
    .toString("base64")
    .replace(/=+$/, "");
  const whole = Math.floor(((bytes.length + shift) * 8) / 6);
  return Buffer.from(text.slice(Math.ceil((shift * 8) / 6), whole));
}

/** The member that begins here, as far as it can be read; what stands behind it does not matter. */
function unpack(bytes: Buffer): Buffer | undefined {
  const flags = bytes[3] ?? 0;
  let at = 10;
  if (flags & 4) at += 2 + (bytes[at] ?? 0) + 256 * (bytes[at + 1] ?? 0);
  for (const named of [8, 16]) if (flags & named) at = bytes.indexOf(0, at) + 1;
  if (flags & 2) at += 2;
  try {
    return inflateRawSync(bytes.subarray(at), {
      finishFlush: zlib.Z_SYNC_FLUSH,
      maxOutputLength: MOST_UNPACKED,
    });
  } catch {
    return undefined;
  }
}
