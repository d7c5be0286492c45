import { describe, expect, it } from "vitest";
import { encodeGsm7, foldToGsm7, isGsm7, partsOf, septetsOf } from "./gsm7.ts";

/** The 67 letters with marks and đ, lower and upper case: 134 in all. */
const LETTERS = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ";
const BARE = "aaaaaaaaaaaaaaaaaeeeeeeeeeeeiiiiiooooooooooooooooouuuuuuuuuuuyyyyyd";
const table = [...LETTERS].flatMap((letter, at): [string, string][] => {
  const bare = BARE[at] ?? "";
  return [
    [letter, bare],
    [letter.toUpperCase(), bare.toUpperCase()],
  ];
});

describe("letters of an SMS", () => {
  it("there are 134 letters with marks", () => expect(table).toHaveLength(134));

  it.each(table)("%s becomes %s, composed and decomposed", (letter, bare) => {
    expect(foldToGsm7(letter.normalize("NFC"))).toBe(bare);
    expect(foldToGsm7(letter.normalize("NFD"))).toBe(bare);
  });

  it("a legal name stays readable and holds no question mark", () => {
    expect(foldToGsm7("ĐẶNG NGUYỄN THỊ DIỄM HƯƠNG – Ấp Đồng Xoài, Phường Ẵng Ừ")).toBe(
      "DANG NGUYEN THI DIEM HUONG - Ap Dong Xoai, Phuong Ang U",
    );
  });

  it("quotes, dashes, dots and hard spaces become plain, a picture is left out", () => {
    expect(foldToGsm7("“Hồ sơ”\u00a0… 1–2 ✅ Ð")).toBe('"Ho so" ... 1-2  D');
  });

  it("what is folded is always GSM-7", () => {
    for (let code = 32; code < 0x3000; code += 1) expect(isGsm7(foldToGsm7(String.fromCodePoint(code)))).toBe(true);
  });
});

describe("length on the air", () => {
  it("brackets, braces and the euro count twice", () => {
    expect(septetsOf("a{b}[c]~|\\^€")).toBe(3 + 18);
    expect(encodeGsm7("@€")).toEqual(Buffer.from([0, 0x1b, 0x65]));
  });

  it("a sign outside the alphabet is refused, not replaced", () => {
    expect(() => septetsOf("ạ")).toThrow(RangeError);
  });
});

describe("parts of a long text", () => {
  it.each([
    ["a".repeat(160), 0, [160]],
    ["a".repeat(161), 0, [153, 8]],
    ["a".repeat(307), 0, [153, 153, 1]],
    ["ạ".repeat(70), 8, [140]],
    ["ạ".repeat(71), 8, [134, 8]],
  ] as const)("%#: the parts hold what the network allows", (text, coding, sizes) => {
    const parts = partsOf(text, 7);
    expect(parts.map((part) => part.bytes.length)).toEqual(sizes);
    expect(parts.every((part) => part.coding === coding)).toBe(true);
  });

  it("every part names the message, the number of parts and its place", () => {
    expect(partsOf("a".repeat(161), 300).map((part) => part.header)).toEqual([
      Buffer.from([5, 0, 3, 44, 2, 1]),
      Buffer.from([5, 0, 3, 44, 2, 2]),
    ]);
    expect(partsOf("a", 1)[0]?.header).toBeUndefined();
  });

  it("a sign that takes two septets is not cut in two", () => {
    const parts = partsOf(`${"a".repeat(152)}{${"b".repeat(20)}`, 1);
    expect(parts[0]?.bytes).toHaveLength(152);
    expect(parts[1]?.bytes.subarray(0, 2)).toEqual(Buffer.from([0x1b, 0x28]));
  });

  it("a surrogate pair is not cut in two", () => {
    const parts = partsOf(`${"ạ".repeat(66)}😀ạạạạ`, 1);
    expect(parts[0]?.bytes).toHaveLength(132);
    expect(
      Buffer.from(parts[1]?.bytes ?? [])
        .swap16()
        .toString("utf16le"),
    ).toBe("😀ạạạạ");
  });
});
