import letterShapesUrl from "@tesseract.js-data/eng/4.0.0_best_int/eng.traineddata.gz?url";
import { createWorker, OEM, PSM, type Worker } from "tesseract.js";
import workerUrl from "tesseract.js/dist/worker.min.js?url";
import plainCoreUrl from "tesseract.js-core/tesseract-core-lstm.wasm.js?url";
import quickCoreUrl from "tesseract.js-core/tesseract-core-simd-lstm.wasm.js?url";
import { created } from "../../kernel/in-page.ts";
import type { CardReading } from "./rules-card-reading.ts";
import { readMrz } from "./rules-mrz.ts";

/** Reads printed letters on this device. Some megabytes come from this very site, once, when somebody asks for it. */
export async function readMrzFrom(canvas: HTMLCanvasElement, thisYear: number): Promise<CardReading | undefined> {
  reader ??= openReader();
  const worker = await reader;
  for (const part of PARTS) {
    const { data } = await worker.recognize(stripOf(canvas, part));
    const reading = readMrz(data.text, thisYear);
    if (reading) return reading;
  }
  return undefined;
}

/** Where the lines stand: at the foot of a card or page that fills the picture, else anywhere. */
const PARTS = [
  { from: 0.55, to: 1 },
  { from: 0, to: 1 },
] as const;
/** Letters some thirty points high are read best. */
const STRIP_WIDTH = 1500;

let reader: Promise<Worker> | undefined;

async function openReader(): Promise<Worker> {
  // The package builds the address from a folder and a name, and adds the ending itself.
  const [, langPath, name = ""] = /^(.*)\/(.*)\.traineddata\.gz$/.exec(letterShapesUrl) ?? [];
  const options = {
    langPath: langPath ?? "",
    workerPath: workerUrl,
    workerBlobURL: false,
    corePath: hasQuickVectors() ? quickCoreUrl : plainCoreUrl,
    cacheMethod: "none",
  };
  const worker = await createWorker(name, OEM.LSTM_ONLY, options);
  await worker.setParameters({
    tessedit_char_whitelist: "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<",
    tessedit_pageseg_mode: PSM.SINGLE_BLOCK,
    load_system_dawg: "0",
    load_freq_dawg: "0",
  });
  return worker;
}

/** The smallest program that uses SIMD: does this browser know it? */
function hasQuickVectors(): boolean {
  const body = [65, 0, 253, 15, 253, 98, 11];
  return WebAssembly.validate(
    Uint8Array.from([0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, ...body]),
  );
}

/** In grey, and as wide as reading needs. */
function stripOf(canvas: HTMLCanvasElement, { from, to }: (typeof PARTS)[number]): HTMLCanvasElement {
  const strip = created("canvas");
  const height = canvas.height * (to - from);
  strip.width = STRIP_WIDTH;
  strip.height = Math.round((height * STRIP_WIDTH) / canvas.width);
  const context = strip.getContext("2d");
  if (context) {
    context.filter = "grayscale(1)";
    context.drawImage(canvas, 0, canvas.height * from, canvas.width, height, 0, 0, strip.width, strip.height);
  }
  return strip;
}
