import { renderSVG } from "uqr";
import { withPrintNo } from "../../kernel/file-code.ts";
import { typeset } from "../../typeset/typeset.ts";
import template from "./form01.typ?raw";
import type { FormLines } from "./lines.ts";

/** Form 01 as a tagged PDF/UA of one A4. */
export function renderForm01(lines: FormLines, isMadeUp = false): Buffer {
  const qr = renderSVG(withPrintNo(lines.code, lines.printNo), { border: 2, ecc: "M" });
  return typeset(template, { form: { ...lines, qr } }, isMadeUp);
}
