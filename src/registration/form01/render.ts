import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";
import { renderSVG } from "uqr";
import { withPrintNo } from "../../kernel/file-code.ts";
import template from "./form01.typ?raw";
import type { FormLines } from "./lines.ts";

/**
 * Form 01 as a tagged PDF/UA of one A4. The compiler and its fonts are made on first use and kept; a warm
 * form takes some ten milliseconds. Values travel as one JSON input, so a hostile name prints as text.
 */
export function renderForm01(lines: FormLines): Buffer {
  const form = { ...lines, qr: renderSVG(withPrintNo(lines.code, lines.printNo), { border: 2, ecc: "M" }) };
  compiler ??= createCompiler();
  compiler.evictCache(CACHED_RUNS);
  return compiler.pdf({ mainFileContent: template, inputs: { form: JSON.stringify(form) } }, { pdfStandard: "ua-1" });
}

/** Older results leave the compiler's memory; they hold what people declared. */
const CACHED_RUNS = 2;
let compiler: NodeCompiler | undefined;

const FONTS = [
  "400Regular/Tinos_400Regular.ttf",
  "400Regular_Italic/Tinos_400Regular_Italic.ttf",
  "700Bold/Tinos_700Bold.ttf",
];

function createCompiler(): NodeCompiler {
  const { resolve } = createRequire(import.meta.url);
  const fontBlobs = FONTS.map((font) => readFileSync(resolve(`@expo-google-fonts/tinos/${font}`)));
  return NodeCompiler.create({ fontArgs: [{ fontBlobs }] });
}
