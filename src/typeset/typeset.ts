import { readFileSync } from "node:fs";
import { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";
import { beVietnamProFiles, tinosFiles } from "./fonts.ts";
import madeUpMark from "./made-up.typ?raw";
import { asDrawn, UNDRAWN, undrawnIn } from "./undrawn.ts";
import undrawnNote from "./undrawn.typ?raw";

/**
 * A paper as a tagged PDF/UA. `inputs`: what the template reads by name, each a JSON text, so that a hostile name
 * prints as text. A letter that no typeface here has is printed as an empty square, and the paper says so at its foot.
 * `isMadeUp` lays the demo's mark over each page. The compiler and its fonts are made on first use and kept; a warm page
 * takes some ten milliseconds.
 */
export function typeset(template: string, inputs: Record<string, unknown>, isMadeUp = false): Buffer {
  compiler ??= createCompiler();
  compiler.evictCache(CACHED_RUNS);
  const texts = Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [name, JSON.stringify(value, (_, part) => drawn(part))]),
  );
  const lacks = undrawnIn(...textsIn(inputs)).length > 0;
  const mainFileContent = [isMadeUp ? madeUpMark : "", template, lacks ? undrawnNote : ""].join("\n");
  return compiler.pdf({ mainFileContent, inputs: { ...texts, undrawn: UNDRAWN } }, { pdfStandard: "ua-1" });
}

/** Older results leave the compiler's memory; they hold what people declared. */
const CACHED_RUNS = 2;
let compiler: NodeCompiler | undefined;

const drawn = (part: unknown) => (typeof part === "string" ? asDrawn(part) : part);

function textsIn(part: unknown): string[] {
  if (typeof part === "string") return [part];
  return typeof part === "object" && part !== null ? Object.values(part).flatMap(textsIn) : [];
}

function createCompiler(): NodeCompiler {
  const files = [...Object.values(tinosFiles), ...Object.values(beVietnamProFiles)];
  const fontBlobs = files.map((file) => readFileSync(file));
  return NodeCompiler.create({ fontArgs: [{ fontBlobs }] });
}
