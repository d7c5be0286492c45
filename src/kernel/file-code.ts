/**
 * The code of a declaration, as BD-4F7K-92QX. 31 signs without O, 0, I, 1 and L; the last one is a
 * check: because 31 is prime, every single wrong sign and every swap of neighbours is caught.
 */
export const SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
const LENGTH = 8;

/** Makes a code from random bytes (at least 7 of them), drawn by the caller. */
export function makeFileCode(random: Uint8Array): string {
  const drawn = [...random.slice(0, LENGTH - 1)].map((byte) => byte % SIGNS.length);
  return show([...drawn, checkOf(drawn)]);
}

/** What was typed or scanned → the code as written, or undefined when the check sign does not fit. */
export function parseFileCode(text: string): string | undefined {
  const typed = text
    .normalize("NFKC")
    .replace(PRINT_NO, "")
    .toUpperCase()
    .replace(/[\s\-–_.]/gu, "");
  // A code may itself begin with BD: only what is too long bears the prefix.
  const signs = typed.length > LENGTH ? typed.replace(/^BD/, "") : typed;
  if (signs.length !== LENGTH) return undefined;
  const values = [...signs].map((sign) => SIGNS.indexOf(sign));
  if (values.includes(-1)) return undefined;
  return checkOf(values.slice(0, -1)) === values.at(-1) ? show(values) : undefined;
}

/** Nobody types more; what is longer is looked at by no expression. */
const TYPED_MOST = 100;

/** The number of the print that stands behind the code on form 01: BD-4F7K-92QX/2. */
const PRINT_NO = /\s*\/\s*(\d{1,3})\s*$/u;

/** Code and print as the QR code of form 01 holds them. */
export const withPrintNo = (code: string, printNo: number): string => `${code}/${printNo}`;

/** 2 for BD-4F7K-92QX/2; undefined when only the code was typed. */
export function parsePrintNo(text: string): number | undefined {
  const [, no] = PRINT_NO.exec(text.slice(0, TYPED_MOST).normalize("NFKC")) ?? [];
  return no ? Number(no) : undefined;
}

export function checkOf(values: readonly number[]): number {
  return values.reduce((sum, value, at) => sum + value * (at + 2), 0) % SIGNS.length;
}

function show(values: readonly number[]): string {
  const signs = values.map((value) => SIGNS[value]).join("");
  return `BD-${signs.slice(0, 4)}-${signs.slice(4)}`;
}
