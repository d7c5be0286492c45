import { describe, expect, it } from "vitest";
import { plainDate } from "../kernel/calendar.ts";
import { makeFileCode } from "../kernel/file-code.ts";
import { draftSentence, parseRefusal, SENTENCE_AT_MOST } from "./rules-grounds.ts";
import { readQuery } from "./rules-query.ts";
import { isEndedCmnd, isOutOfDate, parseReading, readIdCardCode } from "./rules-reading.ts";

const now = new Date("2026-11-23T02:00:00Z");
const code = makeFileCode(new Uint8Array([3, 9, 27, 30, 1, 4, 12]));
const card = "052190000123|215123456|Đặng Thị Hoà|15031990|Nữ|Thôn Mỹ Trung, Gia Lai|01052021";

describe("what is typed at the counter", () => {
  const cases: [string, unknown][] = [
    [code, { kind: "code", code }],
    [` ${code.toLowerCase().replaceAll("-", " ")} `, { kind: "code", code }],
    [`https://vssid.example/register/resume?code=${code}`, { kind: "code", code }],
    [`${code}/2`, { kind: "code", code, printNo: 2 }],
    [`${code.replaceAll("-", " ")} / 12`, { kind: "code", code, printNo: 12 }],
    [card, { kind: "number", number: "052190000123", oldNumber: "215123456" }],
    ["052 190 000 123", { kind: "number", number: "052190000123" }],
    ["7912.345.678", { kind: "number", number: "7912345678" }],
    ["215123456", { kind: "number", number: "215123456" }],
    ["c1234567", { kind: "number", number: "C1234567" }],
    ["TR1234567", { kind: "number", number: "TR1234567" }],
    ["c01x00t47", { kind: "number", number: "C01X00T47" }],
    ["C 123 4567", { kind: "number", number: "C1234567" }],
    ["Hoa 2", { kind: "name", folded: "hoa 2" }],
    ["Hoàng2", { kind: "name", folded: "hoang2" }],
    ["0312345678", { kind: "number", number: "0312345678", phone: "0312345678" }],
    ["+84 912 345 678", { kind: "number", phone: "0912345678" }],
    ["Đặng Thị HÒA", { kind: "name", folded: "dang thi hoa" }],
    ["x", { kind: "nothing" }],
    ["  ", { kind: "nothing" }],
  ];
  it.each(cases)("%s is read as %j", (typed, query) => {
    expect(readQuery(typed)).toEqual(query);
  });
});

describe("what is read from the paper", () => {
  const form = {
    id_kind: "cccd",
    id_number: "052 190 000 123",
    name: "  Đặng  Thị Hoà ",
    birth_day: "15",
    birth_month: "3",
    birth_year: "1990",
    original_seen: "yes",
    form_signed: "yes",
    face_matches: "yes",
  };

  it("keeps number, name, birth date and the ticks", () => {
    const parsed = parseReading(form, now);
    expect(parsed).toMatchObject({
      ok: true,
      value: { number: "052190000123", name: "Đặng Thị Hoà", copyKept: false },
    });
    expect(parsed.ok && parsed.value.birthOn.toString()).toBe("1990-03-15");
  });

  it("takes all of it from the code of a chip card", () => {
    const parsed = parseReading({ scan: card, original_seen: "yes" }, now);
    expect(parsed).toMatchObject({ ok: true, value: { kind: "cccd", number: "052190000123", name: "Đặng Thị Hoà" } });
    expect(readIdCardCode(card)?.oldNumber).toBe("215123456");
  });

  it.each([
    ["00001955", "1955-01-01", "year"],
    ["1955", "1955-01-01", "year"],
    ["00031955", "1955-03-01", "month"],
  ])(
    "takes a birth of %s from such a code as far as the card knows it, and finds its holder",
    (birth, on, precision) => {
      const old = card.replace("15031990", birth);
      const parsed = parseReading({ scan: old }, now);
      expect(parsed).toMatchObject({ ok: true, value: { birthPrecision: precision } });
      expect(parsed.ok && parsed.value.birthOn.toString()).toBe(on);
      expect(readQuery(old)).toEqual(readQuery(card));
    },
  );

  it("refuses a code whose day of birth there never was", () => {
    for (const birth of ["31021990", "15001990", "00131990"]) {
      expect(readIdCardCode(card.replace("15031990", birth))).toBeUndefined();
    }
  });

  const wrong: [Record<string, string>, string][] = [
    [{ id_kind: "licence" }, "kind_missing"],
    [{ id_number: "05219000012" }, "number_cccd"],
    [{ id_kind: "cmnd", id_number: "052190000123" }, "number_cmnd"],
    [{ name: " 1 " }, "name_missing"],
    [{ birth_day: "31", birth_month: "2" }, "birth_wrong"],
    [{ birth_month: "" }, "birth_wrong"],
    [{ birth_day: "24", birth_month: "11", birth_year: "2026" }, "birth_in_future"],
    [{ expires_day: "30", expires_month: "2", expires_year: "2030" }, "expires_wrong"],
    [{ expires_year: "2030" }, "expires_wrong"],
    [{ scan: "052190000123|x" }, "scan_unreadable"],
  ];
  it.each(wrong)("with %j says %s", (change, key) => {
    const parsed = parseReading({ ...form, ...change }, now);
    expect(parsed.ok ? [] : parsed.faults.map((fault) => fault.key)).toContain(key);
  });

  it("knows papers that give the year of birth only", () => {
    const parsed = parseReading({ ...form, birth_day: "", birth_month: "" }, now);
    expect(parsed).toMatchObject({ ok: true, value: { birthPrecision: "year" } });
  });

  it("T10: counts a paper as valid on its last day, and no longer on the next", () => {
    expect(isOutOfDate({ expiresOn: plainDate("2026-11-23") }, plainDate("2026-11-23"))).toBe(false);
    expect(isOutOfDate({ expiresOn: plainDate("2026-11-22") }, plainDate("2026-11-23"))).toBe(true);
    expect(isOutOfDate({ expiresOn: undefined }, plainDate("2026-11-23"))).toBe(false);
    expect(isEndedCmnd({ kind: "cmnd" }, plainDate("2024-12-31"))).toBe(false);
    expect(isEndedCmnd({ kind: "cmnd" }, plainDate("2025-01-01"))).toBe(true);
  });
});

describe("refusal", () => {
  const known = ["name_differs", "other"].map((code) => {
    const words = { label: code, sentence: "Khai lại.", bring: "Giấy tờ" };
    return { code, fields: [], said: { vi: words, en: words } };
  });

  it("is impossible without grounds or without a sentence", () => {
    expect(parseRefusal(known, [], "Khai lại.")).toMatchObject({ ok: false });
    expect(parseRefusal(known, ["name_differs"], "  ")).toMatchObject({ ok: false });
    expect(parseRefusal(known, ["name_differs", "unknown"], "Khai lại.")).toMatchObject({ ok: false });
    expect(parseRefusal(known, ["other"], "Khai lại.")).toMatchObject({ ok: true });
  });

  it("is drafted of all its grounds: what is wrong first, then what to do, within two text messages", () => {
    const grounds = ["Họ tên khác.", "Ngày sinh khác.", "Tờ khai chưa ký."].map((reason, at) => {
      const words = {
        label: reason,
        sentence: `${reason} ${at < 2 ? "Mang giấy tờ gốc." : "Ký rồi nộp."}`,
        bring: "x",
      };
      return { code: String(at), fields: [], said: { vi: words, en: words } };
    });
    expect(draftSentence(grounds, ["1"], "vi")).toBe("Ngày sinh khác. Mang giấy tờ gốc.");
    expect(draftSentence(grounds, ["0", "1"], "vi")).toBe("Họ tên khác. Ngày sinh khác. Mang giấy tờ gốc.");
    expect(draftSentence(grounds, ["2", "0"], "vi")).toBe(
      "Họ tên khác. Tờ khai chưa ký. Mang giấy tờ gốc. Ký rồi nộp.",
    );
    const many = Array.from({ length: 14 }, (_, at) => {
      const words = { label: "x", sentence: `Số giấy tờ thứ ${at} khác dữ liệu. Mang giấy tờ gốc.`, bring: "x" };
      return { code: String(at), fields: [], said: { vi: words, en: words } };
    });
    const long = draftSentence(
      many,
      many.map(({ code }) => code),
      "vi",
    );
    expect(long.length).toBeLessThanOrEqual(SENTENCE_AT_MOST);
    expect(long).toMatch(/^Số giấy tờ thứ 0 khác dữ liệu\..*Mang giấy tờ gốc\.$/);
    expect(draftSentence(known, ["name_differs"], "vi")).toBe("Khai lại.");
  });

  it("is not drafted where one of its grounds has to be written", () => {
    const words = { label: "Lý do khác", sentence: "", bring: "Giấy tờ" };
    const free = { code: "free", fields: [], said: { vi: words, en: words } };
    expect(draftSentence([...known, free], ["name_differs", "free"], "vi")).toBe("");
  });

  it("takes no link, no control sign and no endless sentence", () => {
    for (const sentence of ["Xem https://a.vn", "Xem www.a.vn", "a\u0000b", "x".repeat(SENTENCE_AT_MOST + 1)]) {
      expect(parseRefusal(known, ["other"], sentence).ok).toBe(false);
    }
  });
});
