/**
 * What an uploaded picture must be before anything decodes it: its kind by its own first bytes, and its
 * size in pixels from the header. Nothing here allocates by what the file claims.
 */
export const IMAGE_LIMITS = {
  bytes: 5 * 1024 * 1024,
  pixels: 40_000_000,
  side: 16_000,
  /** Below this the numbers on an ID card cannot be read. */
  shortestSide: 300,
} as const;

export type ImageKind = "jpeg" | "png";

export interface ImageHead {
  kind: ImageKind;
  width: number;
  height: number;
}

export type ImageFault =
  | "image_missing"
  | "image_too_large"
  | "image_kind"
  | "image_heic"
  | "image_pdf"
  | "image_broken"
  | "image_pixels"
  | "image_small";

/** The header when the picture may be decoded, else the plain reason why not. */
export function inspectImage(bytes: Uint8Array): ImageHead | ImageFault {
  if (bytes.length === 0) return "image_missing";
  if (bytes.length > IMAGE_LIMITS.bytes) return "image_too_large";
  if (PDF.every((byte, at) => bytes[at] === byte)) return "image_pdf";
  const kind = kindOf(bytes);
  if (!kind) return isHeic(bytes) ? "image_heic" : "image_kind";
  const size = kind === "png" ? sizeOfPng(bytes) : sizeOfJpeg(bytes);
  if (!size || size.width === 0 || size.height === 0) return "image_broken";
  const { width, height } = size;
  if (width > IMAGE_LIMITS.side || height > IMAGE_LIMITS.side || width * height > IMAGE_LIMITS.pixels)
    return "image_pixels";
  if (Math.min(width, height) < IMAGE_LIMITS.shortestSide) return "image_small";
  return { kind, width, height };
}

/** A page description may hold programs: it is not drawn here, and a picture of the page serves as well. */
const PDF = [0x25, 0x50, 0x44, 0x46];
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const JPEG = [0xff, 0xd8, 0xff];

function kindOf(bytes: Uint8Array): ImageKind | undefined {
  if (PNG.every((byte, at) => bytes[at] === byte)) return "png";
  if (JPEG.every((byte, at) => bytes[at] === byte)) return "jpeg";
  return undefined;
}

/** What an iPhone keeps unless told otherwise: "ftyp" and a brand of the HEIF family. */
function isHeic(bytes: Uint8Array): boolean {
  const head = String.fromCharCode(...bytes.subarray(4, 12));
  return /^ftyp(heic|heix|heim|heis|hevc|hevx|heif|mif1|msf1)/.test(head);
}

/** IHDR is the first chunk: width and height at bytes 16 and 20. */
function sizeOfPng(bytes: Uint8Array): { width: number; height: number } | undefined {
  if (bytes.length < 33 || String.fromCharCode(...bytes.subarray(12, 16)) !== "IHDR") return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

/** Walks the segments to the first start-of-frame (C0–CF without C4, C8, CC). */
function sizeOfJpeg(bytes: Uint8Array): { width: number; height: number } | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 2;
  while (at + 9 < bytes.length) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    const length = view.getUint16(at + 2);
    if (length < 2) return undefined;
    at += 2 + length;
  }
  return undefined;
}
