import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { words as codeWords } from "../codes/words.ts";
import { words as factorWords } from "../factor/words.ts";
import { words as guardianWords } from "../guardian/words.ts";
import { words as holderWords } from "../holder/words.ts";
import type { Lang } from "../kernel/words.ts";
import { isGsm7, partsOf, septetsOf } from "./gsm7.ts";
import { shownOnDevices } from "./rules-push.ts";
import { needs, templateNames } from "./rules-templates.ts";
import type { Values } from "./rules-words.ts";
import { renderMail, renderPush, renderSms, roomForReason, storable } from "./templates.ts";
import { messages } from "./words-messages.ts";
import { pushWords } from "./words-push.ts";

/** The longest values that can be met, per language of the day's name. */
const longest = (lang: Lang): Values => ({
  code: "BD-ZZZZ-ZZZZ",
  deadline: lang === "vi" ? "Chủ nhật, 23/12/2026" : "Wednesday, 23 September 2026",
  office: "Bảo hiểm xã hội cơ sở Phan Rang – Tháp Chàm (Bộ phận một cửa phường Đông Hải)",
  login: "•••••••••789",
  // An activation code has always 19 signs (account/rules-one-time.ts).
  password: "bake-metu-haga-4729",
  reason: "Số định danh cá nhân đã khai khác với số trên giấy tờ tùy thân. ".repeat(8),
  answer: "Xin mang giấy tờ tùy thân bản gốc đến cơ quan BHXH gần nhất để được giúp. ".repeat(8),
  at: "23:59 23 September 2026",
  until: lang === "vi" ? "23:59 23/12/2026" : "23:59 23 September 2026",
  minutes: "15",
  device: "Samsung Internet, Android",
  contact: lang === "vi" ? "Số điện thoại" : "Your telephone number",
  state: longestOf(Object.values(holderWords(lang).states)),
  event: longestOf(Object.values(factorWords(lang).told)),
  day: lang === "vi" ? "23/12/2026" : "23 September 2026",
  unpaid: "BHXH – Công ty Mẫu: 07/2026 – 09/2026 (số tháng: 3)",
  change: longestOf(Object.values(guardianWords(lang).changes)),
  what: longestOf(Object.values(codeWords(lang).what)),
  tell: longestOf(Object.values(codeWords(lang).tell)),
  number: "5212345678",
  letter: "1234/UBND-VHXH-KTTH-TCCB",
  subject: "V/v cài đặt ứng dụng VssID-BHXH trên thiết bị di động, ".repeat(5),
  key: "CV-ZZZZ-ZZZZ-ZZZZ-ZZZZ",
  unit: "Trường Trung học phổ thông chuyên Nguyễn Bỉnh Khiêm, cơ sở thứ hai, xã Tuy Phước Đông",
  invite: "4F7K-92QX-7H3M",
  place: "Nhà văn hóa xã Mẫu Bình",
  reply: "8079",
});
const longestOf = (texts: string[]) => texts.reduce((one, other) => (other.length > one.length ? other : one));
const withCode = (template: string, lang: Lang): Values =>
  template.endsWith("_code") ? { ...longest(lang), code: "12345678" } : longest(lang);

const langs: readonly Lang[] = ["vi", "en"];
const table = templateNames.flatMap((template) => langs.map((lang) => [template, lang] as const));

const HEALTH = /bệnh|benh|khám|kham chua|chẩn đoán|chan doan|thuốc|thuoc|y tế|y te|disease|diagnos|hospital|health/i;

describe.each(table)("%s in %s", (template, lang) => {
  const sms = renderSms(template, lang, withCode(template, lang));
  const mail = renderMail(template, lang, withCode(template, lang));

  it("as an SMS fits one part of 160 even with the longest values", () => {
    expect(septetsOf(sms)).toBeLessThanOrEqual(160);
    expect(partsOf(sms, 1)).toHaveLength(1);
  });

  it("as an SMS has no marks, no link, and says that it is free", () => {
    expect(isGsm7(sms)).toBe(true);
    expect(sms).toMatch(/^[\x20-\x7e]+$/);
    expect(sms).not.toMatch(/https?:|www\.|\.vn\b|\.com\b/i);
    expect(sms).toContain("mien phi");
  });

  it("as an e-mail says the same in text and HTML, with marks and without links", () => {
    expect(mail.text).toContain(lang === "vi" ? "miễn phí" : "free of charge");
    expect(mail.html).not.toMatch(/href|src=|style=|https?:/i);
    for (const paragraph of mail.text.trim().split("\n\n")) {
      expect(mail.html).toContain(paragraph.replaceAll("&", "&amp;").replaceAll('"', "&quot;"));
    }
    expect(mail.subject.length).toBeLessThanOrEqual(60);
  });

  it("names no illness and no care", () => {
    expect(`${sms} ${mail.subject} ${mail.text}`).not.toMatch(HEALTH);
  });

  it("leaves no value out and prints none that is missing", () => {
    expect(`${sms} ${mail.text}`).not.toMatch(/undefined|null|\[object/);
  });
});

describe("values of a message", () => {
  it("an office with a usual name is written whole", () => {
    const values = { code: "BD-4F7K-92QX", deadline: "03/12/2026", office: "BHXH cơ sở Tuy Phước" };
    expect(renderSms("declaration_confirmed", "vi", values)).toBe(
      "VssID mien phi. Da xac nhan to khai BD-4F7K-92QX. Nop ban ky, kem giay to tuy than, cham nhat 03/12/2026 tai BHXH co so Tuy Phuoc",
    );
  });

  it("grounds that fit the room told to the officer are never cut", () => {
    for (const lang of langs) {
      const reason = "x".repeat(roomForReason("BD-4F7K-92QX", lang));
      expect(renderSms("declaration_refused", lang, { code: "BD-4F7K-92QX", reason })).toContain(reason);
    }
  });

  it("grounds that do not fit are cut at a word and end with dots; the e-mail keeps them whole", () => {
    const reason = "Chữ ký trên tờ khai chưa có. ".repeat(9).trim();
    const sms = renderSms("declaration_refused", "vi", { code: "BD-4F7K-92QX", reason });
    expect(sms).toMatch(/ (chua|co|Chu|ky|tren|to|khai)\.{3,4}$/);
    expect(renderMail("declaration_refused", "vi", { code: "BD-4F7K-92QX", reason }).text).toContain(reason);
  });

  it("the login is stored masked, so a whole number never stands beside the password", () => {
    const values = storable(
      "declaration_accepted",
      { code: "BD-4F7K-92QX", login: "7912345678", until: "09:00 24/11/2026" },
      { password: "x" },
    );
    expect(values).toEqual({ code: "BD-4F7K-92QX", login: "•••••••678", until: "09:00 24/11/2026" });
    const sms = renderSms("declaration_accepted", "vi", { ...values, password: "xanh-9931" } as Values);
    expect(sms).toContain("Tai khoan ...678, ma kich hoat: xanh-9931, den ");
    expect(sms).not.toContain("7912345678");
  });

  it("a message that lacks a value is refused when it is queued, and a stray value is not kept", () => {
    expect(() => storable("declaration_refused", { code: "BD-4F7K-92QX" })).toThrow("lacks reason");
    expect(() => storable("one_time_code", { what: "đặt lại mật khẩu", minutes: 5 })).toThrow("lacks tell, code");
    expect(storable("declaration_withdrawn", { code: "BD-4F7K-92QX", name: "Trần Thị Bưởi" })).toEqual({
      code: "BD-4F7K-92QX",
    });
  });

  it("a code to reset a password says what to do if it was not asked for, and that only the newest works", () => {
    const before = { what: "đặt lại mật khẩu", code: "48159263", minutes: "5" };
    const sms = renderSms("one_time_code", "vi", before as Values);
    expect(sms, "queued by the version before").toContain("Khong dua cho ai");
    expect(sms).toContain("48159263");
    expect(sms).toContain("chi ma moi nhat dung duoc");
    expect(sms).toContain("Neu khong yeu cau, xin bo qua");
  });

  it("a hostile sentence cannot add markup to an e-mail", () => {
    const mail = renderMail("declaration_refused", "vi", { code: "BD-4F7K-92QX", reason: "<b>x</b> & <a href='y'>" });
    expect(mail.html).not.toMatch(/<b>|<a /);
    expect(mail.text).toContain("<b>x</b>");
  });

  it("any grounds at all still give one part", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 400, unit: "grapheme" }), (reason) => {
        const { reason: tidy = "" } = storable("declaration_refused", { code: "BD-4F7K-92QX", reason });
        const sms = renderSms("declaration_refused", "vi", { code: "BD-4F7K-92QX", reason: tidy });
        return septetsOf(sms) <= 160;
      }),
      { numRuns: 500 },
    );
  });

  it("English has every message that Vietnamese has", () => {
    expect(Object.keys(messages.en)).toEqual(Object.keys(messages.vi));
  });
});

describe("what a device shows", () => {
  const shown = Object.keys(shownOnDevices) as (keyof typeof shownOnDevices)[];
  const langs = ["vi", "en"] as const;

  it("is one short sentence or two for every message that goes there, with nothing personal in it", () => {
    for (const template of shown) {
      for (const lang of langs) {
        const values = Object.fromEntries(needs[template].fields.map((name) => [name, "BÍ MẬT"]));
        const said = renderPush(template, lang, { ...values, code: "BD-4F7K-92QX", ward: "yes" });
        expect([
          template,
          said.length <= 110,
          said.replace("1900 9068", "").match(/BÍ MẬT|4F7K|\d{3}|undefined/),
        ]).toEqual([template, true, null]);
      }
    }
  });

  it("is never a code, a password or a number of a person", () => {
    for (const template of ["one_time_code", "activation_code", "insurance_number"] as const) {
      expect(() => renderPush(template, "vi", { code: "123456" })).toThrow(TypeError);
    }
  });

  it("has a sentence for exactly the messages that go there", () => {
    expect(Object.keys(pushWords.vi).sort()).toEqual(["title", "ofWard", ...shown].sort());
  });
});
