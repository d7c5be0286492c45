import { checkOf, SIGNS } from "./file-code.ts";

/** The code of a ticket, as HT-4F7K-92QX: the alphabet and the check of file codes, so that it can be read aloud. */
const LENGTH = 8;
const PREFIX = "HT";

/** `draw(n)` gives a whole number from 0 to n − 1, each as likely. */
export function makeTicketCode(draw: (below: number) => number): string {
  const drawn = Array.from({ length: LENGTH - 1 }, () => draw(SIGNS.length));
  return show([...drawn, checkOf(drawn)]);
}

/** What was typed or read aloud → the code as written, or undefined when the check sign does not fit. */
export function parseTicketCode(text: string): string | undefined {
  const typed = text
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\s\-–_.]/gu, "");
  const signs = typed.length > LENGTH && typed.startsWith(PREFIX) ? typed.slice(PREFIX.length) : typed;
  if (signs.length !== LENGTH) return undefined;
  const values = [...signs].map((sign) => SIGNS.indexOf(sign));
  if (values.includes(-1)) return undefined;
  return checkOf(values.slice(0, -1)) === values.at(-1) ? show(values) : undefined;
}

function show(values: readonly number[]): string {
  const signs = values.map((value) => SIGNS[value]).join("");
  return `${PREFIX}-${signs.slice(0, 4)}-${signs.slice(4)}`;
}
