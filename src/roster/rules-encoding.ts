/** Bytes of a CSV → text, told by what stands in them. Pure. */
import { bad, good, type Outcome } from "../kernel/outcome.ts";

/** TCVN3 and VNI are fonts, not encodings: their bytes say other letters to every program but the font. */
export function decodeCsv(bytes: Uint8Array): Outcome<string, "old_font"> {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return good(new TextDecoder("utf-16le").decode(bytes));
  if (first === 0xfe && second === 0xff) return good(new TextDecoder("utf-16be").decode(bytes));
  const start = bytes.subarray(0, 512);
  if (start.includes(0)) return good(new TextDecoder(start[0] === 0 ? "utf-16be" : "utf-16le").decode(bytes));
  try {
    return good(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    const text = new TextDecoder("windows-1258").decode(bytes);
    return looksLikeOldFont(text) ? bad("old_font") : good(text.normalize("NFC"));
  }
}

/** Signs that no Vietnamese text in Windows-1258 has between letters: à, á, ạ, ả, ê, đ … of TCVN3, and the marks of VNI. */
function looksLikeOldFont(text: string): boolean {
  const odd = text.match(/(?<=\p{L})[µ¶·¸¹®©ª«¬¨§øåæïñö¾¼½](?=\p{L}|\s|[,;\t]|$)|[®§µ¸]\p{L}/gu) ?? [];
  return odd.length >= 2;
}
