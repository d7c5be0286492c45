import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";

/**
 * A paper as a tagged PDF/UA. `inputs`: what the template reads by name, each a JSON text, so that a hostile name
 * prints as text. The compiler and its fonts are made on first use and kept; a warm page takes some ten milliseconds.
 */
export function typeset(template: string, inputs: Record<string, unknown>): Buffer {
  compiler ??= createCompiler();
  compiler.evictCache(CACHED_RUNS);
  const texts = Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, JSON.stringify(value)]));
  return compiler.pdf({ mainFileContent: template, inputs: texts }, { pdfStandard: "ua-1" });
}

/** Older results leave the compiler's memory; they hold what people declared. */
const CACHED_RUNS = 2;
let compiler: NodeCompiler | undefined;

/** Tinos for what is read like a letter, Be Vietnam Pro for what hangs on a wall: both draw Vietnamese marks well. */
const TINOS = [
  "400Regular/Tinos_400Regular.ttf",
  "400Regular_Italic/Tinos_400Regular_Italic.ttf",
  "700Bold/Tinos_700Bold.ttf",
];

function createCompiler(): NodeCompiler {
  const require = createRequire(import.meta.url);
  const files = [
    ...TINOS.map((font) => require.resolve(`@expo-google-fonts/tinos/${font}`)),
    require.resolve("@expo-google-fonts/be-vietnam-pro/400Regular/BeVietnamPro_400Regular.ttf"),
    require.resolve("@expo-google-fonts/be-vietnam-pro/700Bold/BeVietnamPro_700Bold.ttf"),
  ];
  const fontBlobs = files.map((file) => readFileSync(file));
  return NodeCompiler.create({ fontArgs: [{ fontBlobs }] });
}
