import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { words as codeWords } from "../codes/words.ts";
import { words as factorWords } from "../factor/words.ts";
import { words as guardianWords } from "../guardian/words.ts";
import { words as holderWords } from "../holder/words.ts";
import { formatInstant, formatLongDay, plainDate } from "../kernel/calendar.ts";
import type { Lang } from "../kernel/words.ts";
import { foldToGsm7, isGsm7, partsOf, septetsOf } from "../notices/gsm7.ts";
import { findLink } from "../notices/rules-links.ts";
import { samplesOf, sizes } from "../notices/rules-samples.ts";
import { type TemplateName, templateNames } from "../notices/rules-templates.ts";
import { namesOf, sentencesFrom, type Words, wordParts } from "../notices/rules-words.ts";
import { builtInSentences, builtInWords } from "../notices/sentences.ts";
import { renderMail, renderSms } from "../notices/templates.ts";
import { checkWords, countSms, tidyWords } from "./check.ts";

const langs: readonly Lang[] = ["vi", "en"];
const table = templateNames.flatMap((template) => langs.map((lang) => [template, lang] as const));
const septets = (text: string) => septetsOf(foldToGsm7(text));

describe.each(table)("the built-in words of %s in %s", (template, lang) => {
  const words = builtInWords(template, lang);

  it("hold in every check that staff's words must hold in", () => {
    expect(checkWords(template, lang, words)).toEqual([]);
    expect(tidyWords(words)).toEqual(words);
  });

  it("say with braces what they say in the code", () => {
    const values = samplesOf(template, lang, "usual");
    const [braced, built] = [sentencesFrom(words), builtInSentences(template, lang)];
    const onDevice = { code: "…92QX", whose: "của ai" };
    for (const part of wordParts) {
      const given = part === "push" ? onDevice : values;
      expect(braced[part](given)).toBe(built[part](given));
    }
  });

  it("fit one message of 160 with the longest values, and are counted", () => {
    const sms = renderSms(template, lang, samplesOf(template, lang, "longest"));
    expect(countSms(template, lang, words).septets).toBe(septetsOf(sms));
    expect(partsOf(sms, 1)).toHaveLength(1);
  });
});

describe("the longest values", () => {
  const longest = (template: TemplateName, name: string, lang: Lang) =>
    septets(samplesOf(template, lang, "longest")[name] ?? "");

  it.each(langs)("are as long as anything that is ever told (%s)", (lang) => {
    const lists: [TemplateName, string, readonly string[]][] = [
      ["account_state", "state", Object.values(holderWords(lang).states)],
      ["factor_changed", "event", Object.values(factorWords(lang).told)],
      ["guardian_link", "change", Object.values(guardianWords(lang).changes)],
      ["one_time_code", "what", Object.values(codeWords(lang).what)],
      ["one_time_code", "tell", Object.values(codeWords(lang).tell)],
    ];
    for (const [template, name, texts] of lists) {
      for (const text of texts) expect(septets(text), text).toBeLessThanOrEqual(longest(template, name, lang));
    }
  });

  it.each(langs)("are as long as any day and any moment of a year (%s)", (lang) => {
    for (let day = plainDate("2026-01-01"); day.year === 2026; day = day.add({ days: 1 })) {
      expect(septets(formatLongDay(day, lang))).toBeLessThanOrEqual(longest("declaration_confirmed", "deadline", lang));
      const at = new Date(`${day.toString()}T16:59:00Z`);
      expect(septets(formatInstant(at, lang))).toBeLessThanOrEqual(longest("password_changed", "at", lang));
    }
  });

  it("exist for every value of every template", () => {
    for (const [template, lang] of table) {
      for (const size of sizes) {
        const samples = samplesOf(template, lang, size);
        expect(Object.keys(samples).toSorted()).toEqual(namesOf(template).toSorted());
        expect(Object.values(samples).every((text) => text !== "")).toBe(true);
      }
    }
  });
});

const base = builtInWords("declaration_withdrawn", "vi");
const keysOf = (changes: Partial<Words>, template: TemplateName = "declaration_withdrawn", lang: Lang = "vi") =>
  checkWords(template, lang, tidyWords({ ...builtInWords(template, lang), ...changes })).map(({ field, key, values }) =>
    `${field} ${key} ${values.what}`.trim(),
  );

describe("words that staff write", () => {
  it("may say the same in another way", () => {
    expect(keysOf({ sms: "VssID miễn phí. Ông/Bà đã rút tờ khai {code}. Hỏi thêm: 1900 9068." })).toEqual([]);
  });

  it("may not lose a value that the recipient needs, in any part that has it", () => {
    expect(keysOf({ sms: "VssID miễn phí. Tờ khai đã được rút." })).toEqual(["sms name_missing {code}"]);
    const body = builtInWords("activation_code", "vi").body.replace("{password}", "");
    expect(keysOf({ body }, "activation_code")).toEqual(["body name_missing {password}"]);
  });

  it("may not name a value that this message does not have", () => {
    expect(keysOf({ body: `${base.body} {name} {diagnosis}` })).toEqual(["body name_unknown {name}, {diagnosis}"]);
  });

  it("may not leave a brace open", () => {
    expect(keysOf({ sms: "VssID miễn phí. Tờ khai {code đã rút" })[0]).toMatch(/^sms brace_open .*\{code/);
    expect(keysOf({ subject: "Tờ khai { code }" })[0]).toMatch(/^subject brace_open/);
  });

  it("may not show a secret in the subject", () => {
    expect(keysOf({ subject: "Mã của Ông/Bà: {password}" }, "activation_code")).toEqual([
      "subject secret_in_subject {password}",
    ]);
  });

  it.each([
    ["https://vssid.example.vn", "https://vssid.example.vn"],
    ["vssid.example.vn/x", "vssid.example.vn/x"],
    ["www.example.com", "www.example.com"],
    ["bit.ly/abc", "bit.ly/abc"],
    ["zalo．me", "zalo．me"],
    ["{code}.vn", "x.vn"],
  ])("may not hold a link: %s", (typed, what) => {
    expect(keysOf({ sms: `VssID miễn phí. Tờ khai {code} đã rút. Xem ${typed} để biết` })).toEqual([
      `sms link ${what}`,
    ]);
    expect(keysOf({ body: `${base.body} Xem ${typed} để biết` })).toEqual([`body link ${what}`]);
  });

  it("may not hold a sign that an SMS cannot carry; marks and đ are dropped, never refused", () => {
    expect(keysOf({ sms: "VssID miễn phí ✅. Đã rút tờ khai {code} 中" })).toEqual(["sms sign_unsendable ✅ 中"]);
    expect(keysOf({ sms: "VssID miễn phí – “Đã rút” tờ khai {code}…" })).toEqual([]);
  });

  it("may not speak of illness or care, with or without marks", () => {
    expect(keysOf({ body: `${base.body} Kết quả khám ở trong tài khoản.` })).toEqual(["body health khám"]);
    expect(keysOf({ sms: "VssID mien phi. To khai {code} da rut. Ve dieu tri: goi 1900 9068" })).toEqual([
      "sms health dieu tri",
    ]);
    expect(keysOf({ body: `${base.body} Việc này thuộc cơ quan BHXH.` })).toEqual([]);
    expect(keysOf({ body: `${base.body} Việc này thuoc cơ quan BHXH.` })).toEqual(["body health thuoc"]);
  });

  it("must say that the message is free", () => {
    expect(keysOf({ sms: "VssID. Tờ khai {code} đã rút." })).toEqual(["sms not_free"]);
  });

  it("may not be too long for one message: the longest values are counted", () => {
    const sms = "VssID miễn phí. {what}: {code}, {minutes} phút.";
    const free = 160 - countSms("one_time_code", "vi", { ...base, sms }).septets;
    expect(keysOf({ sms: `${sms} ${"x".repeat(free - 1)}` }, "one_time_code")).toEqual([]);
    expect(keysOf({ sms: `${sms} ${"x".repeat(free)}` }, "one_time_code")).toEqual(["sms sms_too_long 1"]);
  });

  it("leave room for the office and for the grounds, which are shortened", () => {
    const { sms } = builtInWords("declaration_moved", "vi");
    const { room = 0 } = countSms("declaration_moved", "vi", { ...base, sms });
    const longer = (signs: number) =>
      keysOf({ sms: sms.replace("{office}", `${"x".repeat(signs)}{office}`) }, "declaration_moved");
    expect(longer(room - 32)).toEqual([]);
    expect(longer(room - 31)).toEqual(["sms sms_no_room 1"]);
  });

  it("have a subject of at most 60 signs, and no part that is empty or endless", () => {
    expect(keysOf({ subject: "x".repeat(61) })).toEqual(["subject subject_too_long 1"]);
    expect(keysOf({ subject: " " })).toEqual(["subject empty"]);
    expect(keysOf({ body: `{code} ${"x ".repeat(1600)}` })).toEqual(["body too_long 3000"]);
  });
});

/** Whatever the values are: nothing is said in two messages, nothing is a link, nothing needs another alphabet. */
describe("any values at all", () => {
  const hostile = fc.oneof(
    fc.string({ maxLength: 300, unit: "grapheme" }),
    fc.constantFrom("https://bit.ly/x", "TP.HCM", "{code}", "vssid．vn", "Nguyễn Văn Đường ".repeat(20), "a.b.c\nd"),
    fc.webUrl(),
  );
  /** What is never cut has a shape of its own. */
  const shaped: Record<string, fc.Arbitrary<string>> = {
    login: fc.stringMatching(/^•{7,9}\d{3}$/),
    password: fc.stringMatching(/^([a-z]{4}-){3}\d{4}$/),
    number: fc.stringMatching(/^\d{10}$/),
    key: fc.stringMatching(/^CV(-[2-9A-Z]{4}){4}$/),
    invite: fc.stringMatching(/^[2-9A-Z]{4}(-[2-9A-Z]{4}){2}$/),
    code: fc.stringMatching(/^(BD-[2-9A-Z]{4}-[2-9A-Z]{4}|\d{6,8})$/),
  };
  const valuesOf = (template: TemplateName) =>
    fc.record(Object.fromEntries(namesOf(template).map((name) => [name, shaped[name] ?? hostile])));

  it.each(table)("make one message without a link of %s in %s", (template, lang) => {
    const { sms } = builtInWords(template, lang);
    const written = fc.constantFrom(sms, sms.replace(" ", " “ạ” "), sms.replaceAll(". ", " – "));
    fc.assert(
      fc.property(valuesOf(template), written, (values, words) => {
        const all = { ...builtInWords(template, lang), sms: words };
        if (checkWords(template, lang, all).length > 0) return;
        const code = template.endsWith("_code") || template === "contact_changing" ? { code: "48159263" } : {};
        const text = renderSms(template, lang, { ...values, ...code }, sentencesFrom(all));
        expect(isGsm7(text)).toBe(true);
        expect(septetsOf(text)).toBeLessThanOrEqual(160);
        expect(partsOf(text, 1)).toHaveLength(1);
        expect(findLink(text)).toBeUndefined();
      }),
      { numRuns: 60 },
    );
  });

  it("make no link in an e-mail, and no markup", () => {
    fc.assert(
      fc.property(hostile, (reason) => {
        const mail = renderMail("declaration_refused", "vi", { code: "BD-4F7K-92QX", reason });
        expect(findLink(mail.text)).toBeUndefined();
        expect(mail.html).not.toMatch(/<(a|img|script)\b/i);
      }),
      { numRuns: 200 },
    );
  });
});
