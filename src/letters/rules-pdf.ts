import { inflateSync } from "node:zlib";

/** What an uploaded letter must be: a whole PDF, not too large, without programs in it. Pure. */
export const PDF_MOST_BYTES = 10 * 1024 * 1024;

export type PdfFault = "pdf_missing" | "pdf_kind" | "pdf_broken" | "pdf_large" | "pdf_program";

const TAIL_BYTES = 2048;
/** What packed parts may come to, each and all together: a bomb is stopped, and taken for what it is. */
const PART_MOST_BYTES = 4 * 1024 * 1024;
const PARTS_MOST_BYTES = 16 * 1024 * 1024;
const PROGRAM = /\/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData)(?![A-Za-z])/;
/** What lies over the page and is no part of it: notes, stamps, boxes to fill in. Drawn anew, it would be gone unseen. */
const OVER_PAGE =
  /\/Subtype\s*\/(?:Text|FreeText|Line|Square|Circle|Polygon|PolyLine|Highlight|Underline|Squiggly|StrikeOut|Stamp|Caret|Ink|Redact|Widget|Watermark)(?![A-Za-z0-9])/;
/** The stretches of a file that a signature covers stand in it as they are, never packed (ISO 32000-1, 12.8.1). */
const SIGNED = /\/ByteRange\s*\[/;
const PACKED = /\/ObjStm(?![A-Za-z])/;

/** Undefined when it may be kept, else why not. Names written in signs of their own (`/J#53`) and in packed parts count. */
export function faultOfPdf(bytes: Uint8Array): PdfFault | undefined {
  if (bytes.length === 0) return "pdf_missing";
  if (bytes.length > PDF_MOST_BYTES) return "pdf_large";
  const held = heldOf(bytes);
  const text = textOf(bytes);
  if (!/^%PDF-\d\.\d/.test(text)) return "pdf_kind";
  if (!text.slice(-TAIL_BYTES).includes("%%EOF")) return "pdf_broken";
  return stands(PROGRAM, held, text) ? "pdf_program" : undefined;
}

/** A signature would not outlive it: such a letter goes on as it came. */
export const isSigned = (bytes: Uint8Array): boolean => SIGNED.test(plainNames(textOf(bytes)));

export const hasOverPage = (bytes: Uint8Array): boolean => stands(OVER_PAGE, heldOf(bytes), textOf(bytes));

const heldOf = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const textOf = (bytes: Uint8Array) => heldOf(bytes).toString("latin1");

const stands = (pattern: RegExp, held: Buffer, text: string) =>
  pattern.test(plainNames(text)) || isPacked(pattern, held, text);

/** A name may write any sign as # and two hexadecimal digits (ISO 32000-1, 7.3.5). */
const plainNames = (text: string) =>
  text.replace(/#([\da-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** Objects may lie in a compressed stream: what cannot be unpacked in bounds is not kept. */
function isPacked(pattern: RegExp, held: Buffer, text: string): boolean {
  let left = PARTS_MOST_BYTES;
  for (const { index } of text.matchAll(/stream\r?\n/g)) {
    const head = text.slice(Math.max(0, index - TAIL_BYTES), index);
    if (text.slice(index - 3, index) === "end" || !PACKED.test(plainNames(head.slice(head.lastIndexOf("obj")))))
      continue;
    const from = text.indexOf("\n", index) + 1;
    const to = text.indexOf("endstream", from);
    try {
      const part = inflateSync(held.subarray(from, to < 0 ? undefined : to), {
        maxOutputLength: Math.max(1, Math.min(PART_MOST_BYTES, left)),
      });
      left -= part.length;
      if (pattern.test(plainNames(part.toString("latin1")))) return true;
    } catch {
      return true;
    }
  }
  return false;
}

const JPEG = Buffer.from([0xff, 0xd8, 0xff]);
/** APP1 to APP15 and remarks hold what a camera and programs wrote of place, hour and owner; APP14 says how colours are mixed. */
const isTold = (marker: number) => marker === 0xfe || (marker > 0xe0 && marker <= 0xef && marker !== 0xee);

/**
 * A copy of the file in which the pictures (JPEG) tell of nothing but themselves. They are copied as they are into a page
 * that is drawn anew; what they tell is overwritten with zeros where it stands, so no length changes.
 */
export function blankPictures(bytes: Uint8Array): Buffer {
  const copy = Buffer.from(bytes);
  for (let start = copy.indexOf(JPEG); start >= 0; start = copy.indexOf(JPEG, start + 2)) blankHead(copy, start + 2);
  return copy;
}

/** Pictures of which the heads lie packed, or are of JPEG 2000: what these tell goes on, so they are not drawn. */
export function mayTell(drawn: Uint8Array): boolean {
  const text = textOf(drawn);
  const isPackedTwice = /\/Filter\s*\[[^\]]*\/(?:Flate|LZW|ASCII85|ASCIIHex|RunLength)Decode\b[^\]]*\/DCTDecode/.test(
    text,
  );
  return isPackedTwice || (text.includes("/JPXDecode") && /xml |uuid/.test(text));
}

/** Walks the segments up to the picture itself. */
function blankHead(copy: Buffer, from: number): void {
  let at = from;
  while (at + 4 <= copy.length && copy[at] === 0xff) {
    const marker = copy[at + 1] ?? 0;
    if (marker < 0xc0 || marker === 0xda) return;
    const end = at + 2 + copy.readUInt16BE(at + 2);
    if (end > copy.length) return;
    if (isTold(marker)) copy.fill(0, at + 4, end);
    at = end;
  }
}
