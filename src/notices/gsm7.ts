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
  const folded = text
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "")
    .replace(/đ/g, "d")
    .replace(/Đ|Ð/g, "D")
    .replace(/[^\n\P{White_Space}]/gu, " ")
    .replace(
      /./gu,
      (sign) => PLAIN[sign] ?? (codeOf.has(sign) ? sign : sign.normalize("NFKD").replace(/\p{Mn}/gu, "")),
    );
  return [...folded].filter((sign) => codeOf.has(sign)).join("");
}

export function isGsm7(text: string): boolean {
  return [...text].every((sign) => codeOf.has(sign));
}

/** Length on the air; the signs ^{}\[~]|€ count twice. Throws on a sign that GSM-7 lacks. */
export function septetsOf(text: string): number {
  return encodeGsm7(text).length;
}

/** One octet a septet, as SMPP wants it (data_coding 0). */
export function encodeGsm7(text: string): Buffer {
  return Buffer.from([...text].flatMap(codeFor));
}

function codeFor(sign: string): readonly number[] {
  const code = codeOf.get(sign);
  if (!code) throw new RangeError(`not in GSM-7: U+${sign.codePointAt(0)?.toString(16)}`);
  return code;
}

export interface SmsPart {
  /** 0: GSM-7 of the network; 8: UCS-2. */
  coding: 0 | 8;
  bytes: Buffer;
  /** The header that lets a handset join the parts; absent when there is one part. */
  header?: Buffer;
}

const LIMITS = { 0: { alone: 160, joined: 153, perUnit: 1 }, 8: { alone: 70, joined: 67, perUnit: 2 } } as const;

/** Cuts a text into parts. `reference` (0–255) is the same for all parts and all tries of one message. */
export function partsOf(text: string, reference: number): SmsPart[] {
  const coding = isGsm7(text) ? 0 : 8;
  const { alone, joined, perUnit } = LIMITS[coding];
  const letters = [...text].map((sign) => (coding === 0 ? Buffer.from(codeFor(sign)) : utf16(sign)));
  const total = letters.reduce((sum, letter) => sum + letter.length / perUnit, 0);
  if (total <= alone) return [{ coding, bytes: Buffer.concat(letters) }];
  const pieces = fill(letters, joined * perUnit);
  if (pieces.length > 255) throw new RangeError("text too long for SMS");
  return pieces.map((bytes, at) => ({
    coding,
    bytes,
    header: Buffer.from([5, 0, 3, reference & 0xff, pieces.length, at + 1]),
  }));
}

/** An escaped sign or a surrogate pair is never cut in two. */
function fill(letters: readonly Buffer[], limitBytes: number): Buffer[] {
  const pieces: Buffer[][] = [[]];
  let used = 0;
  for (const letter of letters) {
    if (used + letter.length > limitBytes) {
      pieces.push([]);
      used = 0;
    }
    pieces.at(-1)?.push(letter);
    used += letter.length;
  }
  return pieces.map((piece) => Buffer.concat(piece));
}

const utf16 = (sign: string) => Buffer.from(sign, "utf16le").swap16();
