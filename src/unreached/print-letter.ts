import { typeset } from "../typeset/typeset.ts";
import type { Office } from "../units/store.ts";
import type { Letter } from "./letter.ts";
import template from "./letter.typ?raw";
import { words } from "./words.ts";

/**
 * The letter as a tagged PDF/UA on A4, for an envelope with a window (place of the address after DIN 5008, form B; folded
 * at 105 and 210 mm). In the window stand the sender, the name and the address: nothing of the file.
 */
export function printLetter(
  letter: Letter,
  office: Pick<Office, "name" | "address" | "phone"> | undefined,
  isMadeUp = false,
): Buffer {
  const said = words(letter.lang).letter;
  const paper = {
    ...letter,
    to: said.to,
    office: office?.name ?? "",
    officeLines: office ? [office.address, ...(office.phone ? [said.phone(office.phone)] : [])] : [],
  };
  return typeset(template, { paper }, isMadeUp);
}
