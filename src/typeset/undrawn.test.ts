import { describe, expect, it } from "vitest";
import { fontsIn, pdfPages } from "../../test/pdf.ts";
import { typeset } from "./typeset.ts";
import { asDrawn, UNDRAWN, undrawnIn } from "./undrawn.ts";

const template = (font: string) => `
#let paper = json(bytes(sys.inputs.paper))
#set document(title: "x")
#set page(paper: "a4")
#set text(font: ${font}, size: 12pt, lang: paper.lang)
= Giấy
#par[#paper.name và *#paper.name*]
`;
const fonts = ['"Tinos"', '("Be Vietnam Pro", "Tinos")'];
const print = (name: string, lang = "vi", font = fonts[0] ?? "") => typeset(template(font), { paper: { name, lang } });
const wordsOf = (pdf: Buffer) => pdfPages(pdf).flatMap(({ words }) => words.map(({ text }) => text.normalize("NFC")));
const NOTE = "Ô vuông trống là chữ mà bộ chữ in của giấy này không có.";

/** Hán, Khmer, Lào, Ả Rập, Thái, Hàn, Nhật; pictures, of one sign and of many; a letter that lacks its mark. */
const FOREIGN = ["王小明", "សុខ", "ສົມ", "محمد", "สมชาย", "김", "さ", "🎉", "👨‍👩‍👧", "❤️", "𠀀", "A\u17b6", "\uf001"];
/** Ê Đê, Gia Rai, Ba Na and Chăm as they are written in Latin letters; names of Europe; Greek and Cyrillic. */
const DRAWN = ["Y Bhiơ̆n Niê Kdăm", "Ksor H'Ƀlăm", "Č̆ư Mgar", "Đặng Ừ Ẵng", "Łukasz Žižka", "Ωραία", "Юрий", "≥ 38 °C"];

describe("a letter that no typeface of papers has", () => {
  it.each(FOREIGN)("is found in %s, and stands on paper as an empty square with a note at the foot", (name) => {
    expect(undrawnIn(name).length).toBeGreaterThan(0);
    expect(asDrawn(name)).toMatch(new RegExp(`^${UNDRAWN}+$`, "u"));
    for (const font of fonts) {
      const words = wordsOf(print(name, "vi", font));
      expect(words.filter((word) => word.includes(UNDRAWN)).length).toBeGreaterThanOrEqual(2);
      expect(words.join(" ")).toContain(`${UNDRAWN} ${NOTE}`);
    }
  });

  it("is told of in the language of the paper", () => {
    expect(wordsOf(print("王", "en")).join(" ")).toContain("□ An empty square stands for a letter");
  });

  it("is counted once, a letter with all its signs as one", () => {
    expect(undrawnIn("王小王 👨‍👩‍👧", "An", "小")).toEqual(["王", "小", "👨‍👩‍👧"]);
    expect(asDrawn("An 👨‍👩‍👧 王")).toBe(`An ${UNDRAWN} ${UNDRAWN}`);
  });
});

describe("a letter that they have", () => {
  it.each(DRAWN)("is printed as it was written: %s", (name) => {
    expect(undrawnIn(name)).toEqual([]);
    for (const font of fonts) {
      const pdf = print(name, "vi", font);
      const words = wordsOf(pdf);
      expect(words.slice(1, -1).join(" ")).toContain(`${name.normalize("NFC")} và`);
      expect(words.join(" ")).not.toContain("Ô vuông trống");
      expect(fontsIn(pdf).foreign).toEqual([]);
    }
  });

  it("needs no space or sign that nobody sees", () => {
    expect(asDrawn("An\u200b\u3000Bình\ufe0f\u2028.")).toBe("An Bình .");
    expect(wordsOf(print("An\u200b\u3000Bình\ufeff")).join(" ")).toContain("An Bình");
  });
});
