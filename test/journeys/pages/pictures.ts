import { writeFileSync } from "node:fs";
import sharp from "sharp";

/** What an officer picks in the file chooser: made here, showing nobody. */
export interface Picture {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

export async function idCard(width = 1012, height = 638): Promise<Picture> {
  const paper = { create: { width, height, channels: 3, background: "#cfe3e0" } } as const;
  return { name: "mat-truoc.jpg", mimeType: "image/jpeg", buffer: await sharp(paper).jpeg().toBuffer() };
}

/** A text that calls itself a picture. */
export const noPicture: Picture = {
  name: "khong-phai-anh.jpg",
  mimeType: "image/jpeg",
  buffer: Buffer.from("Đây là một bức thư, không phải ảnh. ".repeat(100)),
};

/** Heavier than any form takes: written to `path`, where the browser reads it itself. */
export async function tooHeavy(path: string): Promise<string> {
  const { buffer } = await idCard();
  writeFileSync(path, Buffer.concat([buffer, Buffer.alloc(40 * 2 ** 20)]));
  return path;
}

/** Small in bytes, enormous once unpacked. */
export async function tooWide(): Promise<Picture> {
  return { ...(await idCard(30_000, 400)), name: "anh-30000.jpg" };
}
