// Runs as a process of its own: decodes a stranger's picture, so that a flaw in a decoder reaches nothing of ours.
// argv: path of sharp, "clean" | "stamp" | "grey", settings as JSON. stdin: the picture. stdout: width, height (u32),
// then the JPEG, or one byte a point for "grey".
import { buffer } from "node:stream/consumers";
import { pathToFileURL } from "node:url";

const [sharpPath, mode, settings] = process.argv.slice(1);
const { pixels, longestSide, text, fontFile } = JSON.parse(settings);
const { default: sharp } = await import(pathToFileURL(sharpPath).href);
sharp.cache(false);
sharp.concurrency(1);

const bytes = await buffer(process.stdin);
try {
  const draw = { clean: cleaned, stamp: stamped, grey: inGrey }[mode];
  const { data, info } = await draw().then((picture) => picture.toBuffer({ resolveWithObject: true }));
  const head = Buffer.alloc(8);
  head.writeUInt32BE(info.width, 0);
  head.writeUInt32BE(info.height, 4);
  process.stdout.write(Buffer.concat([head, data]));
} catch {
  process.exitCode = 3;
}

/** Turned upright, made smaller, drawn anew: nothing of the file survives but what the eye sees. */
async function cleaned() {
  return sharp(bytes, { limitInputPixels: pixels, failOn: "warning", sequentialRead: true })
    .autoOrient()
    .resize({ width: longestSide, height: longestSide, fit: "inside", withoutEnlargement: true })
    .flatten({ background: "#ffffff" })
    .jpeg({ quality: 84 });
}

async function inGrey() {
  return sharp(bytes, { limitInputPixels: pixels })
    .resize({ width: longestSide, height: longestSide, fit: "inside", withoutEnlargement: true })
    .greyscale()
    .raw();
}

/** Who looked, and when, across the whole picture. */
async function stamped() {
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
  return sharp(bytes, { limitInputPixels: pixels })
    .composite([{ input: line, tile: true, blend: "over" }])
    .jpeg({ quality: 84 });
}
