import sharp from "sharp";
import { renderSVG } from "uqr";
import { type MrzPerson, td1 } from "../../../src/registration/scan/mrz.fixture.ts";
import type { Picture } from "./pictures.ts";

/** Pictures of cards of made-up people, as a camera would bring them: drawn here, showing nobody. */
export async function qrPicture(text: string): Promise<Picture> {
  const code = await sharp(Buffer.from(renderSVG(text, { border: 3, ecc: "M", pixelSize: 6 })))
    .rotate(4, { background: "#ffffff" })
    .png()
    .toBuffer();
  const table = { create: { width: 1200, height: 900, channels: 3, background: "#8f9a96" } } as const;
  const picture = sharp(table).composite([{ input: code, top: 120, left: 200 }]);
  return { name: "ma-qr.png", mimeType: "image/png", buffer: await picture.png().toBuffer() };
}

/** The back of a card: its three lines at the foot, in letters of one width. */
export async function backOfCard(person: MrzPerson): Promise<Picture> {
  const lines = td1(person).map(
    (line, at) =>
      `<text x="50" y="${560 + at * 62}" font-family="DejaVu Sans Mono" font-size="62">${line.replaceAll("<", "&lt;")}</text>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1270" height="800"><rect width="100%" height="100%" fill="#e9ece4"/><text x="50" y="120" font-family="DejaVu Sans" font-size="34">Đặc điểm nhân dạng: thẻ mẫu</text>${lines.join("")}</svg>`;
  return { name: "mat-sau.png", mimeType: "image/png", buffer: await sharp(Buffer.from(svg)).png().toBuffer() };
}

/** A picture of a table. */
export async function emptyTable(): Promise<Picture> {
  const table = { create: { width: 1000, height: 800, channels: 3, background: "#8f9a96" } } as const;
  return { name: "mat-ban.png", mimeType: "image/png", buffer: await sharp(table).png().toBuffer() };
}

/** What a camera sees for a while, as Chromium's made-up camera takes it: one picture after another. */
export async function cameraFilm(text: string): Promise<Buffer> {
  const { buffer } = await qrPicture(text);
  const frame = await sharp(buffer).resize(1280, 720, { fit: "contain", background: "#8f9a96" }).jpeg().toBuffer();
  return Buffer.concat(Array.from({ length: 5 }, () => frame));
}
