import sharp, { type Sharp } from "sharp";
import { describe, expect, it } from "vitest";
import { type GreyPicture, judgePicture, type Motif, sharpnessOf } from "./rules-judge.ts";

const WIDTH = 640;
const HEIGHT = 404;
const large = { width: 1280, height: 808 };

/** A made-up card: lines of letters on a light ground, as a camera would see it. */
function card(ground = "#b9cfc9", ink = "#30302c"): Buffer {
  const lines = Array.from(
    { length: 9 },
    (_, at) => `<text x="30" y="${50 + at * 40}" font-size="26" fill="${ink}">SỐ 0990 1234 NGUYỄN VĂN MẪU 15/01</text>`,
  );
  const body = `<rect width="100%" height="100%" fill="${ground}"/>${lines.join("")}`;
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">${body}</svg>`);
}

async function grey(picture: Sharp): Promise<GreyPicture> {
  const { data, info } = await picture
    .flatten({ background: "#fff" })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, pixels: data };
}

const judged = async (picture: Sharp, motif: Motif = "paper", size = large) =>
  judgePicture(await grey(picture), size, motif);

describe("a picture of a card", () => {
  it("that is sharp, light and large enough is taken without a word", async () => {
    expect(await judged(sharp(card()))).toEqual([]);
  });

  it("is called blurred when the letters run into each other, and the more so the more they do", async () => {
    expect(await judged(sharp(card()).blur(4))).toEqual(["picture_blurred"]);
    const sharpness = await Promise.all(
      [0.5, 1, 2, 4].map(async (by) => sharpnessOf(await grey(sharp(card()).blur(by)))),
    );
    expect(sharpness).toEqual(sharpness.toSorted((a, b) => b - a));
  });

  it("is called glaring when a lamp has wiped out an eighth of it", async () => {
    const lamp = Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}"><ellipse cx="320" cy="200" rx="170" ry="120" fill="#fff"/></svg>`,
    );
    expect(await judged(sharp(card()).composite([{ input: lamp }]))).toEqual(["picture_glare"]);
  });

  it("is called dark, not blurred, when hardly anything can be seen", async () => {
    expect(await judged(sharp(card("#141a18", "#0a0a0a")))).toEqual(["picture_dark"]);
  });

  it("is called small by its own points, not by those of the grey copy", async () => {
    expect(await judged(sharp(card()), "paper", { width: 900, height: 500 })).toEqual(["picture_small"]);
  });
});

describe("a picture of a face", () => {
  it("may be softer than a card and stand before a white wall", async () => {
    const face = Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="480" height="640"><rect width="100%" height="100%" fill="#fff"/><ellipse cx="240" cy="300" rx="130" ry="180" fill="#a97c5f"/><circle cx="190" cy="260" r="14" fill="#222"/><circle cx="290" cy="260" r="14" fill="#222"/></svg>`,
    );
    expect(await judged(sharp(face), "portrait", { width: 480, height: 640 })).toEqual([]);
    expect(await judged(sharp(face).blur(12), "portrait", { width: 480, height: 640 })).toEqual(["picture_blurred"]);
  });
});

it("no picture at all is judged without a division by nothing", () => {
  const nothing = { width: 0, height: 0, pixels: new Uint8Array(0) };
  expect(sharpnessOf(nothing)).toBe(0);
  expect(judgePicture(nothing, nothing, "paper")).toContain("picture_small");
});
