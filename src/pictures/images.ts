import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { TryLater } from "../kernel/failures.ts";
import type { Drawn } from "./decoder.ts";
import { Decoders } from "./decoders.ts";
import { IMAGE_LIMITS, type ImageFault, inspectImage } from "./rules-image.ts";
import { GREY_SIDE, type GreyPicture } from "./rules-judge.ts";

/**
 * Pictures of ID papers are decoded in processes of their own (docs/decisions/0047): those of strangers in some, those
 * that were drawn anew and are kept in another, so that whatever takes over the first sees none of the kept ones.
 */
export interface Picture {
  width: number;
  height: number;
  jpeg: Buffer;
}

/** Why a picture is not taken: its own fault, or too many are being decoded. */
export type TakeFault = ImageFault | "image_busy";

/** A sent picture as it may be kept. */
export const takeImage = (bytes: Uint8Array): Promise<Picture | TakeFault> => taken(bytes, cleanImage);

/** The same, and a copy in grey and small: what rules-judge.ts looks at. */
export const takeAndLook = (bytes: Uint8Array): Promise<LookedAt | TakeFault> => taken(bytes, cleanAndLook);

export interface LookedAt {
  picture: Picture;
  grey: GreyPicture;
}

async function taken<T>(
  bytes: Uint8Array,
  draw: (bytes: Uint8Array) => Promise<T | undefined>,
): Promise<T | TakeFault> {
  const head = inspectImage(bytes);
  if (typeof head === "string") return head;
  try {
    return (await draw(bytes)) ?? "image_broken";
  } catch (error) {
    if (error instanceof TryLater) return "image_busy";
    throw error;
  }
}

/** The picture drawn anew as JPEG, upright, without metadata; undefined when it cannot be decoded. Throws TryLater. */
export async function cleanImage(bytes: Uint8Array): Promise<Picture | undefined> {
  const drawn = await strangers.draw({ bytes, settings: { pixels, longestSide: LONGEST_SIDE } });
  return drawn && pictureOf(drawn);
}

async function cleanAndLook(bytes: Uint8Array): Promise<LookedAt | undefined> {
  const settings = { pixels, longestSide: LONGEST_SIDE, greySide: GREY_SIDE };
  const drawn = await strangers.draw({ bytes, settings });
  return drawn && { picture: pictureOf(drawn), grey: drawn.grey };
}

/** A kept picture with one line of text across it, again and again. Throws TryLater. */
export async function stampImage(jpeg: Uint8Array, line: string): Promise<Buffer> {
  const text = `<span foreground="#7a1f1f80">${line.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`)}</span>`;
  const picture = await kept.draw({ bytes: jpeg, settings: { pixels, fontFile, text } });
  if (!picture) throw new Error("a stored picture could not be drawn");
  return picture.jpeg;
}

const pictureOf = ({ width, height, jpeg }: Drawn): Picture => ({ width, height, jpeg });

const LONGEST_SIDE = 2400;
const { pixels } = IMAGE_LIMITS;
const require = createRequire(import.meta.url);
const fontFile = require.resolve("@expo-google-fonts/tinos/700Bold/Tinos_700Bold.ttf");

const limits = {
  waitingMost: 100,
  waitingBytesMost: 64 * 1024 * 1024,
  patienceMs: 6000,
  picturesEach: 200,
  residentMbMost: 256,
  idleMs: 30_000,
};
const strangers = new Decoders({ ...limits, atOnce: Math.min(4, Math.max(2, availableParallelism())) });
const kept = new Decoders({ ...limits, atOnce: 2 });
