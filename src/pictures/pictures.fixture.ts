import sharp from "sharp";

/** A made-up card with letters on it, as a camera would bring it: sharp unless told otherwise. */
export async function cardPicture({ blur = 0, width = 1280, height = 808 } = {}): Promise<Buffer> {
  const lines = Array.from(
    { length: 9 },
    (_, at) =>
      `<text x="60" y="${100 + at * 80}" font-size="52" fill="#30302c">SỐ 0990 1234 NGUYỄN VĂN MẪU 15/01</text>`,
  );
  const ground = `<rect width="100%" height="100%" fill="#b9cfc9"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1280 808" width="${width}" height="${height}">${ground}${lines.join("")}</svg>`;
  const card = sharp(Buffer.from(svg)).flatten({ background: "#ffffff" });
  return (blur > 0 ? card.blur(blur) : card).jpeg({ quality: 90 }).toBuffer();
}
