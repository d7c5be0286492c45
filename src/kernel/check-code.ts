import { checkOf, SIGNS } from "./file-code.ts";

/**
 * The check code of a paper, as BK-4F7K-92QX-7H3M-PW5R: fifteen drawn signs (74 bits) and a check sign, of the
 * alphabet of file codes. Every single wrong sign and every swap of neighbours is caught before anything is looked up.
 */
const LENGTH = 16;

/** BK: a paper of one's own record (bản kê). CV: what opens a letter (công văn). BN: its signed receipt (biên nhận). */
type Prefix = "BK" | "CV" | "BN";

/** `draw(n)` gives a whole number from 0 to n − 1, each as likely. */
export function makeCheckCode(draw: (below: number) => number, prefix: Prefix = "BK"): string {
  const drawn = Array.from({ length: LENGTH - 1 }, () => draw(SIGNS.length));
  return show([...drawn, checkOf(drawn)], prefix);
}

/** What was typed, read aloud or scanned → the code as written, or undefined when the check sign does not fit. */
export function parseCheckCode(text: string, prefix: Prefix = "BK"): string | undefined {
  const typed = text
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\s\-–_.]/gu, "");
  const signs = typed.length > LENGTH && typed.startsWith(prefix) ? typed.slice(prefix.length) : typed;
  if (signs.length !== LENGTH) return undefined;
  const values = [...signs].map((sign) => SIGNS.indexOf(sign));
  if (values.includes(-1)) return undefined;
  return checkOf(values.slice(0, -1)) === values.at(-1) ? show(values, prefix) : undefined;
}

function show(values: readonly number[], prefix: Prefix): string {
  const signs = values.map((value) => SIGNS[value]).join("");
  return [prefix, ...(signs.match(/.{4}/g) ?? [])].join("-");
}
