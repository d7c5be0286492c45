/**
 * SMS text: folding Vietnamese into the GSM-7 alphabet, counting, and cutting long texts into parts.
 * Vietnamese with marks would need UCS-2: 70 characters a part instead of 160 (3GPP 23.038, 23.040).
 */
const BASIC =
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
const ESCAPE = 0x1b;
const EXTENSION: Record<string, number> = {
  "\f": 0x0a, "^": 0x14, "{": 0x28, "}": 0x29, "\\": 0x2f, "[": 0x3c, "~": 0x3d, "]": 0x3e, "|": 0x40, "€": 0x65,
}; // biome-ignore format: a table

const codeOf = new Map<string, readonly number[]>([
  ...[...BASIC].map((sign, at): [string, readonly number[]] => [sign, [at]]),
  ...Object.entries(EXTENSION).map(([sign, code]): [string, readonly number[]] => [sign, [ESCAPE, code]]),
]);
codeOf.delete("\u001b");

/** What typists and word processors put where a plain sign was meant. */
const PLAIN: Record<string, string> = {
  "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "`": "'", "´": "'",
  "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "…": "...", "•": "-", "·": ".", "₫": "d", "×": "x", "№": "so ",
}; // biome-ignore format: a table

/** Every Vietnamese letter without its marks (đ → d), other signs to their plain form; what has none is left out. */
export function foldToGsm7(text: string): string {
  let folded = "";
  for (const sign of text) folded += plainOf(sign);
  return folded;
}

/** Signs below this one are looked up: all letters of ours, punctuation and the euro. */
const TABLE_END = 0x2100;
const plainSigns = new Map<string, string>();

function plainOf(sign: string): string {
  const known = plainSigns.get(sign);
  if (known !== undefined) return known;
  const plain = makePlain(sign);
  if ((sign.codePointAt(0) ?? TABLE_END) < TABLE_END) plainSigns.set(sign, plain);
  return plain;
}

/** Marks go one by one, so a letter and its marks may come composed or apart. */
function makePlain(sign: string): string {
  const folded = sign
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "")
    .replace(/đ/g, "d")
    .replace(/Đ|Ð/g, "D")
    .replace(/[^\n\P{White_Space}]/gu, " ")
    .replace(/./gu, (one) => PLAIN[one] ?? (codeOf.has(one) ? one : one.normalize("NFKD").replace(/\p{Mn}/gu, "")));
  return [...folded].filter((one) => codeOf.has(one)).join("");
}

/** By UTF-16 unit: -1 when GSM-7 lacks it, above 0xff when it takes two septets. */
const septets = new Int16Array(TABLE_END).fill(-1);
for (const [sign, [first = 0, second]] of codeOf) {
  septets[sign.charCodeAt(0)] = second === undefined ? first : (first << 8) | second;
}
const septetsAt = (text: string, at: number) => septets[text.charCodeAt(at)] ?? -1;

export function isGsm7(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (septetsAt(text, at) < 0) return false;
  return true;
}

/** Length on the air; the signs ^{}\[~]|€ count twice. Throws on a sign that GSM-7 lacks. */
export function septetsOf(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at += 1) count += septetAt(text, at) > 0xff ? 2 : 1;
  return count;
}

/** One octet a septet, as SMPP wants it (data_coding 0). */
export function encodeGsm7(text: string): Buffer {
  const bytes = Buffer.allocUnsafe(septetsOf(text));
  let end = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = septetsAt(text, at);
    if (code > 0xff) {
      bytes[end] = ESCAPE;
      end += 1;
    }
    bytes[end] = code & 0xff;
    end += 1;
  }
  return bytes;
}

function septetAt(text: string, at: number): number {
  const code = septetsAt(text, at);
  if (code < 0) throw new RangeError(`not in GSM-7: U+${text.codePointAt(at)?.toString(16)}`);
  return code;
}

export interface SmsPart {
  /** 0: GSM-7 of the network; 8: UCS-2. */
  coding: 0 | 8;
  bytes: Buffer;
  /** The header that lets a handset join the parts; absent when there is one part. */
  header?: Buffer;
}

/** Octets of a part. */
const LIMITS = { 0: { alone: 160, joined: 153 }, 8: { alone: 140, joined: 134 } } as const;

/** Cuts a text into parts. `reference` (0–255) is the same for all parts and all tries of one message. */
export function partsOf(text: string, reference: number): SmsPart[] {
  const coding = isGsm7(text) ? 0 : 8;
  const { alone, joined } = LIMITS[coding];
  const bytes = coding === 0 ? encodeGsm7(text) : Buffer.from(text, "utf16le").swap16();
  if (bytes.length <= alone) return [{ coding, bytes }];
  const pieces = cut(bytes, joined, coding === 0 ? heldEscape : heldSurrogate);
  if (pieces.length > 255) throw new RangeError("text too long for SMS");
  return pieces.map((piece, at) => ({
    coding,
    bytes: piece,
    header: Buffer.from([5, 0, 3, reference & 0xff, pieces.length, at + 1]),
  }));
}

/** Octets at the end of a piece that need what comes after them: an escaped sign or a surrogate pair is never cut in two. */
type Needs = (bytes: Buffer, end: number) => number;
const heldEscape: Needs = (bytes, end) => (bytes[end - 1] === ESCAPE ? 1 : 0);
const heldSurrogate: Needs = (bytes, end) => (((bytes[end - 2] ?? 0) & 0xfc) === 0xd8 ? 2 : 0);

function cut(bytes: Buffer, limit: number, needsNext: Needs): Buffer[] {
  const pieces: Buffer[] = [];
  for (let from = 0; from < bytes.length; ) {
    const whole = Math.min(from + limit, bytes.length);
    const end = whole === bytes.length ? whole : whole - needsNext(bytes, whole);
    pieces.push(bytes.subarray(from, end));
    from = end;
  }
  return pieces;
}
