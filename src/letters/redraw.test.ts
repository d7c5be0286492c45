import { inflateSync } from "node:zlib";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { pdfPages } from "../../test/pdf.ts";
import { typeset } from "../typeset/typeset.ts";
import { aTellingPdf } from "./letters.fixture.ts";
import { redrawn } from "./redraw.ts";
import { faultOfPdf } from "./rules-pdf.ts";

const picture = { width: 320, height: 200 };
const photo = () =>
  sharp({ create: { ...picture, channels: 3, background: "#7a1f1f" } })
    .withExif({ IFD0: { Artist: "TELLS-EXIF" } })
    .jpeg()
    .toBuffer();

/** All that a file says, packed parts too. */
function saidIn(pdf: Buffer): string {
  const text = pdf.toString("latin1");
  const parts = [...text.matchAll(/stream\r?\n/g)].flatMap(({ index, 0: { length } }) => {
    try {
      return inflateSync(pdf.subarray(index + length)).toString("latin1");
    } catch {
      return [];
    }
  });
  return [text, ...parts].join("\n");
}

async function drawnOf(pdf: Buffer): Promise<Buffer> {
  const drawn = await redrawn(pdf);
  if (typeof drawn === "string") throw new Error(drawn);
  return drawn;
}

describe("a letter that is drawn anew", () => {
  it("says what its pages say, and nothing of who wrote it, with what, when, and what stood there before", async () => {
    const told = aTellingPdf(await photo(), picture);
    for (const sign of ["AUTHOR", "PRODUCER", "XMP", "PIECE", "EXIF", "EARLIER"]) {
      expect(saidIn(told)).toContain(`TELLS-${sign}`);
    }
    const drawn = await drawnOf(told);
    const said = saidIn(drawn);
    expect(said).not.toMatch(/TELLS|20261101/);
    expect(said).not.toMatch(/\/(Author|Producer|ModDate|CreationDate|PieceInfo)|xmp:(CreateDate|ModifyDate)/);
    expect(said).toContain("/DCTDecode");
    const [page] = pdfPages(drawn);
    expect([page?.width, page?.height].map(Math.round as (size?: number) => number)).toEqual([595, 842]);
    expect(page?.words.map(({ text }) => text)).toEqual(["Cong", "van", "330"]);
  });

  it("keeps its pages, their sizes and where each word stands", async () => {
    const template = `#set document(title: "Mẫu", author: "TELLS-AUTHOR")
#set text(font: "Tinos", lang: "vi")
Công văn số một
#set page(width: 842pt, height: 595pt)
Phụ lục hai`;
    const given = typeset(template, {});
    const drawn = await drawnOf(given);
    const shape = (pdf: Buffer) =>
      pdfPages(pdf).map(({ width, height, words }) => [
        ...[width, height].map(Math.round),
        ...words.map(({ text, left, top }) => `${text} ${Math.round(left)} ${Math.round(top)}`),
      ]);
    expect(shape(drawn)).toEqual(shape(given));
    expect(shape(drawn)).toHaveLength(2);
    expect(faultOfPdf(drawn)).toBeUndefined();
  });

  it("is not kept where it cannot be drawn; letters beyond a few are asked to wait", async () => {
    expect(await redrawn(Buffer.from("%PDF-1.7\n%%EOF\n"))).toBe("pdf_undrawn");
    const many = await Promise.all(Array.from({ length: 10 }, () => redrawn(Buffer.from("%PDF-1.7\n%%EOF\n"))));
    expect(many.filter((told) => told === "pdf_busy")).toHaveLength(2);
    expect(await redrawn(Buffer.from("%PDF-1.7\n%%EOF\n"))).toBe("pdf_undrawn");
  });
});
