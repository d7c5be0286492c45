import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { TryLater } from "../kernel/failures.ts";
import childProgram from "./image-child.mjs?raw";
import { IMAGE_LIMITS } from "./rules-image.ts";
import { GREY_SIDE, type GreyPicture } from "./rules-judge.ts";

/**
 * Pictures of ID papers are decoded in a process of their own: no secret in its environment, one
 * picture, six seconds at most, then gone.
 */
export interface Picture {
  width: number;
  height: number;
  jpeg: Buffer;
}

/** The picture drawn anew as JPEG, upright, without metadata; undefined when it cannot be decoded. */
export async function cleanImage(bytes: Uint8Array): Promise<Picture | undefined> {
  const drawn = await inChild("clean", bytes, { pixels: IMAGE_LIMITS.pixels, longestSide: LONGEST_SIDE });
  return drawn && { width: drawn.width, height: drawn.height, jpeg: drawn.bytes };
}

/** A cleaned picture in grey and small: what rules-judge.ts looks at. */
export async function greyOf(jpeg: Uint8Array): Promise<GreyPicture> {
  const drawn = await inChild("grey", jpeg, { pixels: IMAGE_LIMITS.pixels, longestSide: GREY_SIDE });
  if (!drawn) throw new Error("a picture that was just drawn could not be read");
  return { width: drawn.width, height: drawn.height, pixels: drawn.bytes };
}

/** The same picture with one line of text across it, again and again. */
export async function stampImage(jpeg: Uint8Array, line: string): Promise<Buffer> {
  const text = `<span foreground="#7a1f1f80">${line.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`)}</span>`;
  const picture = await inChild("stamp", jpeg, { pixels: IMAGE_LIMITS.pixels, fontFile, text });
  if (!picture) throw new Error("a stored picture could not be drawn");
  return picture.bytes;
}

interface Drawn {
  width: number;
  height: number;
  bytes: Buffer;
}

const LONGEST_SIDE = 2400;
const PATIENCE_MS = 6000;
const AT_ONCE = 2;
const WAITING_AT_MOST = 20;

const require = createRequire(import.meta.url);
const sharpPath = require.resolve("sharp");
const fontFile = require.resolve("@expo-google-fonts/tinos/700Bold/Tinos_700Bold.ttf");

let running = 0;
const waiting: (() => void)[] = [];

async function inChild(mode: string, bytes: Uint8Array, settings: object): Promise<Drawn | undefined> {
  if (running >= AT_ONCE) {
    if (waiting.length >= WAITING_AT_MOST) throw new TryLater("too_many", 5, 503);
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else running += 1;
  try {
    return await runChild(mode, bytes, settings);
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

function runChild(mode: string, bytes: Uint8Array, settings: object): Promise<Drawn | undefined> {
  const program = ["--max-old-space-size=128", "--input-type=module", "-e", childProgram];
  const child = spawn(process.execPath, [...program, sharpPath, mode, JSON.stringify(settings)], {
    env: {},
    stdio: ["pipe", "pipe", "ignore"],
    timeout: PATIENCE_MS,
    killSignal: "SIGKILL",
  });
  const parts: Buffer[] = [];
  child.stdout.on("data", (part: Buffer) => parts.push(part));
  // A child that dies early closes its end; how it ended is told by "close".
  child.stdin.on("error", () => undefined);
  child.stdin.end(bytes);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      const out = Buffer.concat(parts);
      const isWhole = code === 0 && out.length > 8;
      resolve(
        isWhole ? { width: out.readUInt32BE(0), height: out.readUInt32BE(4), bytes: out.subarray(8) } : undefined,
      );
    });
  });
}
