import { describe, expect, it, test } from "vitest";
import { fontsIn, pdfPages } from "../../test/pdf.ts";
import { typeset } from "./typeset.ts";
import { asDrawn, UNDRAWN, undrawnIn } from "./undrawn.ts";

const template = (font: string) => `
#let paper = json(bytes(sys.inputs.paper))
#set document(title: "x")
#set page(paper: "a4")
#set text(font: ${font}, size: 12pt, lang: paper.lang)
= Giấy
#for name in paper.names [ #par[#name] #par[*#name*] ]
`;
const TINOS = '"Tinos"';
const FONTS = [TINOS, '("Be Vietnam Pro", "Tinos")'];
const print = (names: string[], { lang = "vi", font = TINOS, isMadeUp = false } = {}) =>
  typeset(template(font), { paper: { names, lang } }, isMadeUp);
/** Without spaces: a reader of PDF sees a word end after a mark that stands by itself. */
const textOf = (pdf: Buffer) => pdfPages(pdf).flatMap(({ words }) => words.map(({ text }) => text));
const bare = (text: string) => text.normalize("NFC").replaceAll(/\s/gu, "");
const NOTE = "Ô vuông trống là chữ mà bộ chữ in của giấy này không có.";

/** Hán, Khmer, Lào, Ả Rập, Thái, Hàn, Nhật; pictures, of one sign and of many; a letter that lacks its mark. */
const FOREIGN = ["王小明", "សុខ", "ສົມ", "محمد", "สมชาย", "김", "さ", "🎉", "👨‍👩‍👧", "❤️", "𠀀", "A\u17b6", "\uf001"];
/** Ê Đê, Gia Rai and Ba Na as they are written in Latin letters; names of Europe; Greek and Cyrillic; signs of care. */
const DRAWN = ["Y Bhiơ̆n Niê Kdăm", "Ksor H'Ƀlăm", "Č̆ư Mgar", "Đặng Ừ Ẵng", "Łukasz Žižka", "Ωραία", "Юрий", "≥ 38 °C"];

describe("a letter that no typeface of papers has", () => {
  it.each(FONTS)("stands on paper set in %s as an empty square, with a note at its foot", (font) => {
    const text = bare(textOf(print(FOREIGN, { font })).join(""));
    const squares = FOREIGN.map((name) => `${asDrawn(name)}${asDrawn(name)}`).join("");
    expect(text).toContain(`Giấy${squares}${UNDRAWN}${bare(NOTE)}`);
  });

  it("is found, once, and with all its signs as one", () => {
    expect(FOREIGN.filter((name) => undrawnIn(name).length === 0)).toEqual([]);
    expect(FOREIGN.filter((name) => !new RegExp(`^${UNDRAWN}+$`, "u").test(asDrawn(name)))).toEqual([]);
    expect(undrawnIn("王小王 👨‍👩‍👧", "An", "小")).toEqual(["王", "小", "👨‍👩‍👧"]);
    expect(asDrawn("An 👨‍👩‍👧 王")).toBe(`An ${UNDRAWN} ${UNDRAWN}`);
  });

  it("is told of in the language of the paper", () => {
    expect(textOf(print(["王"], { lang: "en" })).join(" ")).toContain("□ An empty square stands for a letter");
  });
});

describe("a letter that they have", () => {
  it.each(FONTS)("is printed as it was written, set in %s", (font) => {
    const pdf = print(DRAWN, { font });
    expect(undrawnIn(...DRAWN)).toEqual([]);
    const text = bare(textOf(pdf).join(""));
    expect(DRAWN.filter((name) => !text.includes(bare(name)))).toEqual([]);
    expect(text).not.toContain(UNDRAWN);
    expect(fontsIn(pdf).foreign).toEqual([]);
  });

  it("needs no space or sign that nobody sees", () => {
    expect(asDrawn("An\u200b\u3000Bình\ufe0f.")).toBe("An Bình.");
    expect(textOf(print(["An\u200b\u3000Bình\ufeff"])).join(" ")).toContain("An Bình");
  });
});

test("a paper of the demo bears its mark", () => {
  // Set aslant, each letter is a word of its own.
  const lettersOf = (pdf: Buffer) => [...textOf(pdf).join("")].toSorted().join("");
  expect(lettersOf(print(["An"]))).toBe([..."GiấyAnAn"].toSorted().join(""));
  expect(lettersOf(print(["An"], { isMadeUp: true }))).toBe([..."GiấyAnAnBẢNTRÌNHDIỄN"].toSorted().join(""));
});
