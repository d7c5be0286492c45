import { created } from "../../kernel/in-page.ts";

/** The browser's own reader where there is one, then ours, which is loaded when it is first needed. */
interface OwnDetector {
  detect(from: CanvasImageSource): Promise<{ rawValue: string }[]>;
}
declare const BarcodeDetector: { new (options: { formats: string[] }): OwnDetector } | undefined;

/** The first QR code in the picture that `read` takes. */
export async function findInQr<T>(
  canvas: HTMLCanvasElement,
  read: (text: string) => T | undefined,
): Promise<T | undefined> {
  const own = await ownDetector()
    ?.detect(canvas)
    .catch(() => undefined);
  const first = firstOf((own ?? []).map(({ rawValue }) => rawValue));
  return first ?? firstOf(await (await import("./read-by-zxing.ts")).textsByZxing(canvas));

  function firstOf(texts: readonly string[]): T | undefined {
    return texts.map(read).find((one) => one !== undefined);
  }
}

function ownDetector(): OwnDetector | undefined {
  // Where a browser has none, an element of the page may have its name.
  return typeof BarcodeDetector === "function" ? new BarcodeDetector({ formats: ["qr_code"] }) : undefined;
}

const LONGEST_SIDE = 2000;

/** A picture or a camera's frame on a canvas, no larger than readers need. */
export function drawn(source: CanvasImageSource, width: number, height: number): HTMLCanvasElement {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height, 1));
  const canvas = created("canvas");
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  canvas.getContext("2d", { willReadFrequently: true })?.drawImage(source, 0, 0, canvas.width, canvas.height);
  return canvas;
}
