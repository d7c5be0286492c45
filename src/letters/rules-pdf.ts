import { inflateSync } from "node:zlib";

/** What an uploaded letter must be: a whole PDF, not too large, without programs in it. Pure. */
export const PDF_MOST_BYTES = 10 * 1024 * 1024;

export type PdfFault = "pdf_missing" | "pdf_kind" | "pdf_broken" | "pdf_large" | "pdf_program";

const TAIL_BYTES = 2048;
/** What packed parts may come to, each and all together: a bomb is stopped, and taken for what it is. */
const PART_MOST_BYTES = 4 * 1024 * 1024;
const PARTS_MOST_BYTES = 16 * 1024 * 1024;
const PROGRAM = /\/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData)(?![A-Za-z])/;
const PACKED = /\/ObjStm(?![A-Za-z])/;

/** Undefined when it may be kept, else why not. Names written in signs of their own (`/J#53`) and in packed parts count. */
export function faultOfPdf(bytes: Uint8Array): PdfFault | undefined {
  if (bytes.length === 0) return "pdf_missing";
  if (bytes.length > PDF_MOST_BYTES) return "pdf_large";
  const held = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = held.toString("latin1");
  if (!/^%PDF-\d\.\d/.test(text)) return "pdf_kind";
  if (!text.slice(-TAIL_BYTES).includes("%%EOF")) return "pdf_broken";
  return PROGRAM.test(plainNames(text)) || hasPackedProgram(held, text) ? "pdf_program" : undefined;
}

/** A name may write any sign as # and two hexadecimal digits (ISO 32000-1, 7.3.5). */
const plainNames = (text: string) =>
  text.replace(/#([\da-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** Objects may lie in a compressed stream: what cannot be unpacked in bounds is not kept. */
function hasPackedProgram(held: Buffer, text: string): boolean {
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
      if (PROGRAM.test(plainNames(part.toString("latin1")))) return true;
    } catch {
      return true;
    }
  }
  return false;
}
