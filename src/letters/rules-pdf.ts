/** What an uploaded letter must be: a whole PDF, not too large, without programs in it. Pure. */
export const PDF_MOST_BYTES = 10 * 1024 * 1024;

export type PdfFault = "pdf_missing" | "pdf_kind" | "pdf_broken" | "pdf_large" | "pdf_program";

const TAIL_BYTES = 2048;

/** Undefined when it may be kept, else why not. A program packed inside a compressed part is not found here. */
export function faultOfPdf(bytes: Uint8Array): PdfFault | undefined {
  if (bytes.length === 0) return "pdf_missing";
  if (bytes.length > PDF_MOST_BYTES) return "pdf_large";
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!/^%PDF-\d\.\d/.test(text.subarray(0, 8).toString("latin1"))) return "pdf_kind";
  if (!text.subarray(-TAIL_BYTES).includes("%%EOF")) return "pdf_broken";
  return ["/JavaScript", "/Launch", "/EmbeddedFile"].some((word) => text.includes(word)) ? "pdf_program" : undefined;
}
