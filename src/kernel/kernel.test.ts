import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addMonths,
  dayOf,
  daysBetween,
  endOf,
  formatBirth,
  formatInstant,
  formatLongDay,
  plainDate,
} from "./calendar.ts";
import { makeFileCode, parseFileCode } from "./file-code.ts";
import { exactVnd, formatVnd, parseVnd, type Vnd, wholeParts, wholeVnd } from "./money.ts";
import { compareNames, foldName, givenNameFirst, tidyName } from "./names.ts";
import {
  groupNumber,
  parseEmail,
  parseFacilityCode,
  parseIdNumber,
  parseInsuranceNumber,
  parsePersonalId,
  parsePhone,
  readCardNumber,
  readPersonalId,
} from "./numbers.ts";

describe("days and instants meet in Viet Nam only", () => {
  test.each([
    ["2026-11-23T16:59:59.999Z", "2026-11-23"],
    ["2026-11-23T17:00:00.000Z", "2026-11-24"],
  ])("%s falls on %s", (instant, day) => {
    expect(dayOf(new Date(instant)).toString()).toBe(day);
  });

  test("a day ends at 24:00 of Viet Nam", () => {
    expect(endOf(plainDate("2026-12-03")).toISOString()).toBe("2026-12-03T17:00:00.000Z");
  });

  test("time and day of one event are written in one zone", () => {
    expect(formatInstant(new Date("2026-11-23T17:05:00Z"))).toBe("00:05 24/11/2026");
    expect(formatLongDay(plainDate("2026-12-03"))).toBe("thứ Năm, 03/12/2026");
    expect(formatLongDay(plainDate("2026-12-03"), "en")).toBe("Thursday, 3 December 2026");
  });

  test("a day that does not exist is refused", () => {
    expect(() => plainDate("2026-02-30")).toThrow(RangeError);
  });

  test("months clamp at the end of the month", () => {
    expect(addMonths(plainDate("2026-08-31"), 6).toString()).toBe("2027-02-28");
    expect(addMonths(plainDate("2027-08-31"), 6).toString()).toBe("2028-02-29");
  });

  test("a birth date known to the year shows the year only", () => {
    expect(formatBirth(plainDate("1955-01-01"), "year")).toBe("1955");
    expect(formatBirth(plainDate("1960-01-01"), "day")).toBe("01/01/1960");
    expect(daysBetween(plainDate("2026-11-23"), plainDate("2026-12-03"))).toBe(10);
  });
});

describe("đồng are exact inside and whole on screen", () => {
  test.each([
    ["3500.5", "3500.50"],
    ["0", "0.00"],
    ["726600.50", "726600.50"],
    ["1.230", "1.23"],
    ["-12.3", "-12.30"],
  ])("%s is read as %s", (text, exact) => {
    expect(exactVnd(parseVnd(text) as Vnd)).toBe(exact);
  });

  test.each(["", "1,5", "1e5", "1.234", "12 000", "Infinity"])("%s is not an amount", (text) => {
    expect(parseVnd(text)).toBeUndefined();
  });

  test("millions are grouped by dots in Vietnamese and commas in English", () => {
    expect(formatVnd(parseVnd("1234567") as Vnd)).toBe("1.234.567\u00a0đ");
    expect(formatVnd(parseVnd("1234567") as Vnd, "en")).toBe("1,234,567\u00a0VND");
  });

  test("rounded parts always add up to the rounded total", () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), { minLength: 1, maxLength: 8 }),
        (parts) => {
          const amounts = parts as Vnd[];
          const total = wholeVnd(amounts.reduce((sum, part) => sum + part, 0n) as Vnd);
          expect(wholeParts(amounts).reduce((sum, part) => sum + part, 0n)).toBe(total);
        },
      ),
    );
  });
});

describe("names are compared with reasons", () => {
  test.each([
    ["Nguyễn Văn An", "Nguyễn Văn An", "equal"],
    ["Nguyễn Văn An", "Nguyễn Văn An".normalize("NFD"), "equal"],
    ["Nguyễn Thị Hoà", "Nguyễn Thị Hòa", "tone_placement"],
    ["Trần Thuý", "Trần Thúy", "tone_placement"],
    ["NGUYỄN VĂN AN", "Nguyễn Văn An", "case_or_space"],
    ["Nguyễn  Văn An ", "Nguyễn Văn An", "case_or_space"],
    ["NGUYỄN THỊ HOÀ", "Nguyễn Thị Hòa", "case_or_space"],
    ["Nguyen Van An", "Nguyễn Văn Ân", "missing_marks"],
    ["Dang Thi Hoa", "Đặng Thị Hoa", "missing_marks"],
    ["Trần Thị Hương", "Trần Thị Hường", "real"],
    ["Lê Quý", "Lê Quy", "missing_marks"],
    ["Nguyễn Văn An", "Nguyễn Văn Anh", "real"],
    ["", "Nguyễn Văn An", "missing_one_side"],
    ["", "", "equal"],
    ["Ðặng Văn An", "Đặng Văn An", "equal"],
    ["H’Hen Niê", "H'Hen Niê", "case_or_space"],
    ["Hʼhen  niê", "H‘Hen Niê", "case_or_space"],
    ["H`Hen Nie", "H´Hen Niê", "missing_marks"],
    ["H’Hoà Niê", "H'Hòa Niê", "tone_placement"],
    ["H’Hen Niê", "HHen Niê", "real"],
  ])("%s and %s: %s", (left, right, kind) => {
    expect(compareNames(left, right)).toBe(kind);
    expect(compareNames(right, left)).toBe(kind);
  });

  test("search finds a name without its marks, đ included", () => {
    expect(foldName("  Đặng Thị  HÒA ")).toBe("dang thi hoa");
    expect(foldName("Y Moan Êban K'Brôi")).toBe("y moan eban k'broi");
    for (const sign of "'’‘ʼ`´") expect(foldName(`K${sign}Brôi`)).toBe("k'broi");
  });

  test("lists go by the given name", () => {
    expect(givenNameFirst("Nguyễn Thị Diễm Hương")).toBe("Hương Nguyễn Thị Diễm");
  });
});

describe("numbers keep their zeros and their shape", () => {
  test("a mã số BHXH has exactly ten digits", () => {
    expect(parseInsuranceNumber("0123 456 789")).toBe("0123456789");
    expect(parseInsuranceNumber("123456789")).toBeUndefined();
    expect(parseInsuranceNumber("12345678901")).toBeUndefined();
  });

  test("each paper has its own shape", () => {
    expect(parseIdNumber("cccd", "099 155 000 123")).toBe("099155000123");
    expect(parseIdNumber("cccd", "199155000123")).toBeUndefined();
    expect(parseIdNumber("cmnd", "211234567")).toBe("211234567");
    expect(parseIdNumber("cmnd", "2112345678")).toBeUndefined();
    expect(parseIdNumber("passport", "c1234567")).toBe("C1234567");
  });

  test("a 12-digit number tells sex and year", () => {
    expect(readPersonalId("099155000123")).toEqual({ sex: 2, birthYear: 1955 });
    expect(readPersonalId("099207000123")).toEqual({ sex: 1, birthYear: 2007 });
  });

  test.each([
    ["0912 345 678", "0912345678"],
    ["+84 912 345 678", "0912345678"],
    ["0084912345678", "0912345678"],
    ["01234567890", "0834567890"],
    ["0165.123.4567", "0351234567"],
  ])("the phone %s is %s", (typed, phone) => {
    expect(parsePhone(typed)).toBe(phone);
  });

  test.each(["0212345678", "091234567", "+1 202 555 0100", "abc"])("%s is not a Vietnamese mobile", (typed) => {
    expect(parsePhone(typed)).toBeUndefined();
  });

  test("a card is told by its form and read in groups", () => {
    expect(readCardNumber("DN 4 79 1234 567 890")).toEqual({ form: "card15", number: "DN4791234567890" });
    expect(readCardNumber("0123456789")?.form).toBe("card10");
    expect(readCardNumber("DN9791234567890")).toBeUndefined();
    expect(groupNumber("DN4791234567890")).toBe("DN 4 79 1234 567 890");
    expect(groupNumber("052190000123")).toBe("052 190 000 123");
  });
});

describe("what is pasted with signs that nobody sees", () => {
  const signs = [..."\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2069\ufeff"];
  const between = (text: string, sign: string) => `${sign}${[...text].join(sign)}${sign}`;

  test.each(signs.map((sign) => [sign.charCodeAt(0).toString(16), sign] as const))(
    "is read without U+%s",
    (_, sign) => {
      expect(parseInsuranceNumber(between("0123456789", sign))).toBe("0123456789");
      expect(parsePersonalId(between("052190000123", sign))).toBe("052190000123");
      expect(parsePhone(between("+84912345678", sign))).toBe("0912345678");
      expect(readCardNumber(between("DN4791234567890", sign))?.number).toBe("DN4791234567890");
      expect(parseFacilityCode(between("79-024", sign))).toBe("79024");
      expect(parseEmail(between("an@thu.example.vn", sign))).toBe("an@thu.example.vn");
      expect(tidyName(between("Đặng Thị Hòa", sign))).toBe("Đặng Thị Hòa");
      expect(tidyName(between("Đặng Thị Hòa".normalize("NFD"), sign))).toBe("Đặng Thị Hòa");
      expect(compareNames(between("Đặng Thị Hòa", sign), "Đặng Thị Hòa")).toBe("equal");
    },
  );
});

describe("the code of a file can be read over the phone", () => {
  const codes = fc.uint8Array({ minLength: 7, maxLength: 7 }).map(makeFileCode);

  test("it comes back from what people type", () => {
    fc.assert(
      fc.property(codes, (code) => {
        expect(code).toMatch(/^BD-[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}$/);
        expect(parseFileCode(code.toLowerCase().replaceAll("-", " "))).toBe(code);
        expect(parseFileCode(code.slice(3))).toBe(code);
      }),
    );
  });

  test("a code that itself begins with BD comes back with and without the prefix", () => {
    const values = ["B", "D"].map((sign) => "23456789ABCDEFGHJKMNPQRSTUVWXYZ".indexOf(sign));
    const code = makeFileCode(Uint8Array.from([...values, 1, 2, 3, 4, 5]));
    expect(code).toMatch(/^BD-BD/);
    expect(parseFileCode(code)).toBe(code);
    expect(parseFileCode(code.slice(3))).toBe(code);
  });

  test("every single wrong sign and every swap of neighbours is caught", () => {
    fc.assert(
      fc.property(codes, fc.nat(7), fc.constantFrom(..."23456789ABCDEFGHJKMNPQRSTUVWXYZ"), (code, at, sign) => {
        const signs = [...code.replace("BD-", "").replace("-", "")];
        const slipped = signs.with(at, sign).join("");
        if (slipped !== signs.join("")) expect(parseFileCode(slipped)).toBeUndefined();
        const next = (at + 1) % 8;
        if (next === 0 || signs[at] === signs[next]) return;
        const swapped = signs.with(at, signs[next] ?? "").with(next, signs[at] ?? "");
        expect(parseFileCode(swapped.join(""))).toBeUndefined();
      }),
    );
  });
});
