import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import wasmUrl from "zxing-wasm/reader/zxing_reader.wasm?url";
import { readCardQr } from "./rules-card-qr.ts";
import type { CardReading } from "./rules-card-reading.ts";

/** The browser's own reader where there is one, then ours: its program comes from this very site. */
interface OwnDetector {
  detect(from: CanvasImageSource): Promise<{ rawValue: string }[]>;
}
declare const BarcodeDetector: { new (options: { formats: string[] }): OwnDetector } | undefined;

export async function readQrFrom(canvas: HTMLCanvasElement): Promise<CardReading | undefined> {
  const codes = await ownDetector()
    ?.detect(canvas)
    .catch(() => undefined);
  for (const { rawValue } of codes ?? []) {
    const card = readCardQr(rawValue);
    if (card) return card;
  }
  const context = canvas.getContext("2d");
  if (!context) return undefined;
  prepareZXingModule({ overrides: { locateFile: () => wasmUrl } });
  const picture = context.getImageData(0, 0, canvas.width, canvas.height);
  const found = await readBarcodes(picture, { formats: ["QRCode"], tryHarder: true, characterSet: "UTF8" });
  return found.map(({ text }) => readCardQr(text)).find((card) => card !== undefined);
}

function ownDetector(): OwnDetector | undefined {
  return typeof BarcodeDetector === "undefined" ? undefined : new BarcodeDetector({ formats: ["qr_code"] });
}
