// Runs as a process of its own: decodes strangers' pictures, so that a flaw in a decoder reaches nothing of ours.
// argv: path of sharp. stdin, one picture after the other: lengths of the settings and of the picture (u32), settings
// as JSON, the picture. stdout, an answer to each: seven u32 (1 when it was drawn, width, height, length of the JPEG,
// width and height of the grey copy, our memory in MB), then the JPEG, then one byte a point of the grey copy.
import { setPriority } from "node:os";
import { pathToFileURL } from "node:url";

// Whoever waits for a page goes before whoever waits for a picture. A service that may set no priorities has one for all.
try {
  setPriority(5);
} catch {}
const { default: sharp } = await import(pathToFileURL(process.argv[1]).href);
sharp.cache(false);
sharp.concurrency(1);

const HEAD = 8;
let parts = [];
let length = 0;
let need = HEAD;
for await (const part of process.stdin) {
  parts.push(part);
  length += part.length;
  if (length < need) continue;
  const whole = Buffer.concat(parts);
  parts = [whole];
  const settingsEnd = HEAD + whole.readUInt32BE(0);
  need = settingsEnd + whole.readUInt32BE(4);
  if (length < need) continue;
  [parts, length, need] = [[], 0, HEAD];
  process.stdout.write(
    await answer(JSON.parse(whole.toString("utf8", HEAD, settingsEnd)), whole.subarray(settingsEnd)),
  );
}

async function answer(settings, bytes) {
  let drawn = { isDrawn: 0, width: 0, height: 0, jpeg: Buffer.alloc(0) };
  try {
    drawn = { isDrawn: 1, ...(await (settings.text ? stamped(bytes, settings) : cleaned(bytes, settings))) };
  } catch {
    // What cannot be decoded is told by the answer.
  }
  const { isDrawn, width, height, jpeg, grey = { width: 0, height: 0, pixels: Buffer.alloc(0) } } = drawn;
  const head = Buffer.alloc(7 * 4);
  const residentMb = Math.round(process.memoryUsage.rss() / 2 ** 20);
  for (const [at, number] of [isDrawn, width, height, jpeg.length, grey.width, grey.height, residentMb].entries()) {
    head.writeUInt32BE(number, at * 4);
  }
  return Buffer.concat([head, jpeg, grey.pixels]);
}

/**
 * Turned upright, made smaller, drawn anew: nothing of the file survives but what the eye sees. Decoded once. Many
 * telephones write JPEGs of which the decoder warns and that are whole; one without its end is an error.
 */
async function cleaned(bytes, { pixels, longestSide, greySide }) {
  const picture = sharp(bytes, { limitInputPixels: pixels, failOn: "error", sequentialRead: true })
    .autoOrient()
    .resize({ width: longestSide, height: longestSide, fit: "inside", withoutEnlargement: true })
    .flatten({ background: "#ffffff" });
  if (!greySide) return jpegOf(picture);
  const { data, info } = await picture.toColourspace("srgb").raw().toBuffer({ resolveWithObject: true });
  const points = () => sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } });
  const small = await points()
    .resize({ width: greySide, height: greySide, fit: "inside", withoutEnlargement: true })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { ...(await jpegOf(points())), grey: greyOf(small) };
}

/** Luminance, Rec. 709: the library's own grey within two of 255, in less than half of the time. */
function greyOf({ data, info: { width, height, channels } }) {
  const pixels = Buffer.allocUnsafe(width * height);
  for (let at = 0, from = 0; at < pixels.length; at += 1, from += channels) {
    pixels[at] = (54 * data[from] + 183 * data[from + 1] + 19 * data[from + 2]) >> 8;
  }
  return { width, height, pixels };
}

/** Who looked, and when, across the whole picture. */
async function stamped(bytes, { pixels, text, fontFile }) {
  const { width } = await sharp(bytes).metadata();
  const line = await sharp({
    text: {
      text,
      fontfile: fontFile,
      font: "Tinos",
      rgba: true,
      width: Math.round(width * 0.6),
      height: Math.round(width / 24),
    },
  })
    .extend({ top: 24, bottom: 24, left: 24, right: 24, background: "#00000000" })
    .rotate(-22, { background: "#00000000" })
    .png()
    .toBuffer();
  return jpegOf(sharp(bytes, { limitInputPixels: pixels }).composite([{ input: line, tile: true, blend: "over" }]));
}

/** Codes made for each picture alone would save a twentieth of the bytes, and double the time of writing it. */
async function jpegOf(picture) {
  const { data, info } = await picture
    .jpeg({ quality: 84, optimiseCoding: false })
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, jpeg: data };
}
