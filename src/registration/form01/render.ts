import { renderSVG } from "uqr";
import { typeset } from "../../typeset/typeset.ts";
import template from "./form01.typ?raw";
import type { FormLines } from "./lines.ts";

/** Form 01 as a tagged PDF/UA of one A4. */
export function renderForm01(lines: FormLines): Buffer {
  return typeset(template, { form: { ...lines, qr: renderSVG(lines.code, { border: 2, ecc: "M" }) } });
}
