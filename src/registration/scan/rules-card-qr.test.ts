import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainDate } from "../../kernel/calendar.ts";
import { isRealDay } from "../../kernel/card-day.ts";
import { parsers } from "../rules-parse.ts";
import { readCardQr } from "./rules-card-qr.ts";

const card = "099090000123|012345678|Nguyễn Thị Diễm Hương|15011990|Nữ|Thôn Mẫu 3, Xã Tuy Phước, Gia Lai|20082021";
const with_ = (at: number, value: string) => card.split("|").toSpliced(at, 1, value).join("|");

const NAMES = ["Nguyễn Thị Diễm Hương", "Đặng Hữu Ẵng Ừ", "Y Moan Ênuôl", "K'Brôi", "Lý Quý Hoà", "An", "Trần Ỷ Lan"];
const two = (n: number) => String(n).padStart(2, "0");

describe("the QR code of a chip card", () => {
  it("fills number, name, birth, sex and day of issue", () => {
    expect(readCardQr(card)).toEqual({
      kind: "cccd",
      number: "099090000123",
      name: "Nguyễn Thị Diễm Hương",
      hasMarks: true,
      birth: { day: "15", month: "1", year: "1990" },
      sex: 2,
      issued: { day: "20", month: "8", year: "2021" },
      lastDay: undefined,
    });
  });

  it("is read the same whatever the old number is and however many fields a newer card adds, up to twelve", () => {
    const old = fc.constantFrom("", "012345678", "099090000999");
    const more = fc.array(fc.stringMatching(/^[A-ZĐa-zđ0-9 ,.]{0,20}$/), { maxLength: 5 });
    fc.assert(
      fc.property(old, more, (number, fields) => {
        expect(readCardQr([with_(1, number), ...fields].join("|"))).toEqual(readCardQr(card));
      }),
    );
  });

  it("P3: gives names in one writing of their marks, however the card writes them", () => {
    fc.assert(
      fc.property(fc.constantFrom(...NAMES), fc.constantFrom("NFC", "NFD"), (name, form) => {
        expect(readCardQr(with_(2, name).normalize(form))?.name).toBe(name.normalize("NFC"));
        expect(readCardQr(with_(4, "Nữ").normalize(form))?.sex).toBe(2);
      }),
    );
  });

  it("gives days that the form itself takes, for every real day", () => {
    const today = plainDate("2026-11-23");
    const parts = fc.record({
      day: fc.integer({ min: 1, max: 31 }),
      month: fc.integer({ min: 1, max: 12 }),
      year: fc.integer({ min: 1900, max: 2026 }),
    });
    fc.assert(
      fc.property(parts, ({ day, month, year }) => {
        const read = readCardQr(with_(3, `${two(day)}${two(month)}${year}`));
        expect(read !== undefined).toBe(isRealDay(year, month, day));
        if (!read || (year === 2026 && month >= 11)) return;
        const { birth } = read;
        const typed = { birth_day: birth.day, birth_month: birth.month, birth_year: birth.year };
        expect(parsers.birth(typed, today)).toMatchObject({ ok: true, value: { precision: "day" } });
      }),
    );
  });

  it.each([
    ["00001955", { day: "", month: "", year: "1955" }],
    ["1955", { day: "", month: "", year: "1955" }],
    ["00031955", { day: "", month: "3", year: "1955" }],
    ["29021956", { day: "29", month: "2", year: "1956" }],
    ["29021955", undefined],
    ["31041990", undefined],
    ["", undefined],
  ])("T11: a birth of “%s” is never read as another day", (digits, birth) => {
    expect(readCardQr(with_(3, digits))?.birth).toEqual(birth);
  });

  it.each(["", "không thời hạn", "00000000", "31022021", "2021"])(
    "T11: a day of issue of “%s” is left empty",
    (digits) => {
      const read = readCardQr(with_(6, digits));
      expect(read?.number).toBe("099090000123");
      expect(read?.issued).toBeUndefined();
    },
  );

  it.each([
    ["six fields", card.split("|").slice(0, 6).join("|")],
    ["a web address", "https://example.vn/a|b|c|d|e|f|g"],
    ["the code of a health-insurance card", "5212345678|4e677579e1bb856e|15/01/1990|2|a|b|c|d|e|$"],
    ["a number of 9 digits", with_(0, "012345678")],
    ["a number that begins with another digit", with_(0, "199090000123")],
    ["a name of digits", with_(2, "12345")],
    ["no name", with_(2, " ")],
    ["a book", `${card}${"|x".repeat(2000)}`],
  ])("%s is the code of something else", (_, text) => {
    expect(readCardQr(text)).toBeUndefined();
  });

  it("nothing makes it stumble, and nothing but a card is taken for one", () => {
    fc.assert(fc.property(fc.string({ maxLength: 300 }), (text) => void expect(readCardQr(text)).toBeUndefined()));
    const field = fc.string({ maxLength: 12 });
    fc.assert(
      fc.property(fc.array(field, { minLength: 7, maxLength: 12 }), (fields) => {
        const read = readCardQr(fields.join("|"));
        if (read) expect(read.number).toMatch(/^0\d{11}$/);
      }),
    );
  });
});
