/**
 * Is this picture worth sending? Judged on a small grey copy by the same code in the browser, before sending, and on
 * the server. A doubt is advice: whoever has no better camera may send the picture all the same, and the officer is
 * told. The figures are ours; nothing official gives any.
 */
export interface GreyPicture {
  width: number;
  height: number;
  /** One byte a point, row by row; 0 is black. */
  pixels: Uint8Array | Uint8ClampedArray;
}

/** What is on it: a face has soft edges, a paper has letters. */
export type Motif = "portrait" | "paper";

export type PictureDoubt = "picture_small" | "picture_blurred" | "picture_glare" | "picture_dark";

/** Longest side of the grey copy, in points. */
export const GREY_SIDE = 640;

const SHORTEST_SIDE: Record<Motif, number> = { portrait: 400, paper: 600 };
/** Variance of the Laplacian: below it, edges are smeared. */
const SHARPEST_OF_BLURRED: Record<Motif, number> = { portrait: 25, paper: 90 };
const BLOWN_OUT = 252;
const GLARE_SHARE = 0.12;
const DARK_MEAN = 45;

/** `size` is that of the picture itself, before it was made small. */
export function judgePicture(grey: GreyPicture, size: { width: number; height: number }, motif: Motif): PictureDoubt[] {
  const doubts: PictureDoubt[] = [];
  if (Math.min(size.width, size.height) < SHORTEST_SIDE[motif]) doubts.push("picture_small");
  const { mean, blownShare } = lightOf(grey);
  const isDark = mean < DARK_MEAN;
  const isGlaring = motif === "paper" && blownShare > GLARE_SHARE;
  if (isDark) doubts.push("picture_dark");
  if (isGlaring) doubts.push("picture_glare");
  if (!isDark && sharpnessOf(grey) < SHARPEST_OF_BLURRED[motif]) doubts.push("picture_blurred");
  return doubts;
}

/** Mean of all points, and the share of those with nothing left in them but white. */
function lightOf({ pixels }: GreyPicture): { mean: number; blownShare: number } {
  let sum = 0;
  let blown = 0;
  for (const point of pixels) {
    sum += point;
    if (point >= BLOWN_OUT) blown += 1;
  }
  const count = Math.max(1, pixels.length);
  return { mean: sum / count, blownShare: blown / count };
}

/** Variance of the Laplacian: how strongly points differ from their four neighbours. */
export function sharpnessOf({ width, height, pixels }: GreyPicture): number {
  let sum = 0;
  let squares = 0;
  let count = 0;
  const at = (index: number) => pixels[index] ?? 0;
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      const here = y * width + x;
      const edge = 4 * at(here) - at(here - 1) - at(here + 1) - at(here - width) - at(here + width);
      sum += edge;
      squares += edge * edge;
      count += 1;
    }
  }
  if (count === 0) return 0;
  const mean = sum / count;
  return squares / count - mean * mean;
}
