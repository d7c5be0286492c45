// Draws the icons of the home screen from favicon.svg: `node src/pwa/make-icons.mjs`. Full to the edge, so
// that every phone can cut its own shape; the mark stays inside the middle 80 %.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";

const here = import.meta.dirname;
const square = Buffer.from(readFileSync(join(here, "favicon.svg"), "utf8").replace(' rx="14"', ""));

// What Android shows beside the clock: the mark alone, whose colours it takes away.
const mark = Buffer.from(
  readFileSync(join(here, "favicon.svg"), "utf8")
    .replace(/<rect[^>]*>/, "")
    .replace("#f0b13c", "#fff"),
);
await sharp(mark, { density: (72 * 96) / 64 })
  .resize(96, 96)
  .png({ palette: true, colours: 16, compressionLevel: 9 })
  .toFile(join(here, "badge-96.png"));

for (const size of [192, 512]) {
  await sharp(square, { density: (72 * size) / 64 })
    .resize(size, size)
    .png({ palette: true, colours: 32, compressionLevel: 9 })
    .toFile(join(here, `icon-${size}.png`));
}
