import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { cleanImage, stampImage, takeAndLook } from "./images.ts";
import { IMAGE_LIMITS, inspectImage } from "./rules-image.ts";

const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: "#d8cfb4" } });
const card = () =>
  picture(1200, 760)
    .withExif({ IFD0: { Copyright: "Somebody" } })
    .jpeg()
    .toBuffer();

/** A PNG that claims a size and holds nothing. */
function pngClaiming(width: number, height: number): Buffer {
  const head = Buffer.alloc(64);
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]).copy(head);
  head.write("IHDR", 12, "latin1");
  head.writeUInt32BE(width, 16);
  head.writeUInt32BE(height, 20);
  return head;
}

/** Ss, Se, Ah and Al of the one scan are zeros, where the standard wants 0, 63, 0 and 0. */
function asSamsungWrites(jpeg: Buffer): Buffer {
  const written = Buffer.from(jpeg);
  const scan = written.indexOf(Buffer.from([0xff, 0xda]));
  written.fill(0, scan + 2 + written.readUInt16BE(scan + 2) - 3, scan + 2 + written.readUInt16BE(scan + 2));
  return written;
}

describe("pictures of ID papers", () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
  const refused: [string, Buffer, string][] = [
    ["an empty file", Buffer.alloc(0), "image_missing"],
    ["a text file named .jpg", Buffer.from("not a picture at all"), "image_kind"],
    ["an SVG with a script", Buffer.from(svg), "image_kind"],
    ["an iPhone's HEIC", Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic"), "image_heic"],
    ["a PDF", Buffer.from("%PDF-1.7 /JavaScript"), "image_pdf"],
    ["40 MB", Buffer.alloc(40 * 1024 * 1024, 0xff), "image_too_large"],
    ["a PNG header of 30,000 px", pngClaiming(30_000, 400), "image_pixels"],
    ["a PNG header of 50,000 × 50,000 px", pngClaiming(50_000, 50_000), "image_pixels"],
    ["a PNG of no width", pngClaiming(0, 400), "image_broken"],
    ["a PNG cut in its header", pngClaiming(900, 600).subarray(0, 20), "image_broken"],
    ["a JPEG cut in its header", Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0]), "image_broken"],
    ["a thumbnail", pngClaiming(200, 120), "image_small"],
  ];
  it.each(refused)("%s is refused before anything decodes it", (_, bytes, reason) => {
    expect(inspectImage(bytes)).toBe(reason);
  });

  it("reads the size of a JPEG and of a PNG from the header", async () => {
    expect(inspectImage(await card())).toEqual({ kind: "jpeg", width: 1200, height: 760 });
    expect(inspectImage(await picture(900, 600).png().toBuffer())).toEqual({ kind: "png", width: 900, height: 600 });
  });

  it("are drawn anew: no metadata, upright, not larger than a screen needs", async () => {
    const turned = await picture(3000, 1800).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const cleaned = await cleanImage(turned);
    const metadata = await sharp(cleaned?.jpeg).metadata();
    expect([metadata.width, metadata.height]).toEqual([1440, 2400]);
    expect([metadata.exif, metadata.icc, metadata.orientation]).toEqual([undefined, undefined, undefined]);
    const plain = await cleanImage(await card());
    expect((await sharp(plain?.jpeg).metadata()).exif).toBeUndefined();
  });

  it("lose what was hidden behind them", async () => {
    const polyglot = Buffer.concat([await card(), Buffer.from("<script>alert(1)</script>")]);
    expect((await cleanImage(polyglot))?.jpeg.includes("<script>")).toBe(false);
  });

  it("are refused when they cannot be decoded to the end", async () => {
    const whole = await picture(1200, 760).png().toBuffer();
    expect(await cleanImage(whole.subarray(0, Math.floor(whole.length / 2)))).toBeUndefined();
    expect(await cleanImage(pngClaiming(900, 600))).toBeUndefined();
  });

  it("are taken from telephones that end the head of the scan with zeros, and not without their end", async () => {
    const samsung = asSamsungWrites(await card());
    const taken = await takeAndLook(samsung);
    if (typeof taken === "string") throw new Error(taken);
    const { channels } = await sharp(taken.picture.jpeg).stats();
    expect(channels.map(({ mean }) => Math.round(mean / 4) * 4)).toEqual([216, 208, 180]);
    expect(await takeAndLook(samsung.subarray(0, Math.floor(samsung.length * 0.6)))).toBe("image_broken");
    expect(await takeAndLook((await card()).subarray(0, 4000))).toBe("image_broken");
  });

  it("are looked at in grey, small, for what a person would call a bad picture", async () => {
    const turned = await picture(2400, 1200).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const looked = await takeAndLook(turned);
    if (typeof looked === "string") throw new Error(looked);
    const { grey, picture: drawn } = looked;
    expect([grey.width, grey.height, grey.pixels.length]).toEqual([320, 640, 640 * 320]);
    const { width, height, exif } = await sharp(drawn.jpeg).metadata();
    expect([width, height, exif]).toEqual([1200, 2400, undefined]);
  });

  it("bear who looked, also when the name holds signs of markup", async () => {
    const plain = await cleanImage(await card());
    if (!plain) throw new Error("the picture is good");
    const stamped = await stampImage(plain.jpeg, "Đặng <b>& Cường</b> · 09:00 23/11/2026");
    const difference = await sharp(stamped).stats();
    expect(difference.isOpaque).toBe(true);
    expect(stamped.equals(plain.jpeg)).toBe(false);
    expect(Math.min(...difference.channels.map((channel) => channel.stdev))).toBeGreaterThan(5);
  });

  it("have limits that a phone's picture meets", () => {
    expect(IMAGE_LIMITS.bytes).toBe(5 * 1024 * 1024);
    expect(IMAGE_LIMITS.pixels).toBe(40_000_000);
  });
});
