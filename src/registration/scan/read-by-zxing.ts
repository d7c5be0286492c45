import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import wasmUrl from "zxing-wasm/reader/zxing_reader.wasm?url";

/** Our own reader of QR codes, for browsers without one: its program comes from this very site. */
export async function textsByZxing(canvas: HTMLCanvasElement): Promise<string[]> {
  const context = canvas.getContext("2d");
  if (!context) return [];
  prepareZXingModule({ overrides: { locateFile: () => wasmUrl } });
  const picture = context.getImageData(0, 0, canvas.width, canvas.height);
  const found = await readBarcodes(picture, { formats: ["QRCode"], tryHarder: true, characterSet: "UTF8" });
  return found.map(({ text }) => text);
}
