import { describe, expect, it } from "vitest";
import { plainDate } from "../kernel/calendar.ts";
import { anAnswer, typedAnswers } from "./answers.fixture.ts";
import { isReachable, isSameBirth, nextQuestion, QUESTIONS, type Question, readBirth } from "./rules-answers.ts";
import { doubtsOf } from "./rules-doubts.ts";
import { matchRegister } from "./rules-match.ts";
import { parsers } from "./rules-parse.ts";

const today = plainDate("2026-11-23");
const typed = typedAnswers();

/** Parses one question with some fields typed otherwise. */
const parse = (question: Question, some: Record<string, string> = {}) =>
  parsers[question]({ ...typed, ...some }, today);
const keysOf = (question: Question, some: Record<string, string>) => {
  const parsed = parse(question, some);
  return parsed.ok ? [] : parsed.faults.map(({ field, key }) => `${field}: ${key}`);
};

describe("a declaration as people type it", () => {
  it("is taken, tidied: spaces, dots, capitals in addresses of mail, double spaces in names", () => {
    const { address, ...expected } = anAnswer();
    for (const [question, value] of Object.entries(expected)) {
      expect(parse(question as Question)).toEqual({ ok: true, value });
    }
    expect(address).toMatchObject({ street: "12 Đường Thử" });
    expect(parse("address")).toEqual({ ok: true, value: { communeCode: "21952", street: "12 Đường Thử" } });
  });

  it.each(["'", "’", "‘", "\u02bc", "´", "`"])(
    "takes a name with the apostrophe %s, and keeps one that papers can print",
    (sign) => {
      const kept = sign === "’" ? sign : "'";
      const full = `H${kept}Hen Niê`;
      expect(parse("name", { full_name: `H${sign}Hen Niê` })).toEqual({ ok: true, value: { full, sex: 2 } });
      expect(parse("address", { street: `Buôn Cư M${sign}gar` })).toMatchObject({
        ok: true,
        value: { street: `Buôn Cư M${kept}gar` },
      });
    },
  );

  it("is the same whether its letters arrive composed or taken apart", () => {
    const full = "Nguyễn Thị Diễm Hương";
    expect(parse("name", { full_name: full.normalize("NFD") })).toEqual({ ok: true, value: { full, sex: 2 } });
  });

  it.each([
    ["for_whom", "who", { for_whom: "" }, "for_whom_missing"],
    ["declarer", "who", { for_whom: "child", declarer: " " }, "declarer_missing"],
    ["declarer_as", "who", { for_whom: "helped", declarer: "Hồ Thị Giúp", declarer_as: " " }, "declarer_as_missing"],
    ["declarer_as", "who", { for_whom: "child", declarer: "Lê Thị Mẹ", declarer_as: "😀" }, "text_signs"],
    ["paper_number", "paper", { paper_number: "052190" }, "paper_number_cccd"],
    ["paper_country", "paper", { paper_kind: "passport", paper_country: "C".repeat(101) }, "text_long"],
    ["paper_number", "paper", { paper_kind: "cmnd", paper_number: "052190000123" }, "paper_number_cmnd"],
    ["paper_number", "paper", { paper_kind: "passport", paper_number: "C!" }, "paper_number_passport"],
    ["paper_kind", "paper", { paper_kind: "licence" }, "paper_kind_missing"],
    ["issued", "paper", { issued_day: "24", issued_month: "11", issued_year: "2026" }, "date_in_future"],
    ["issued", "paper", { issued_day: "30", issued_month: "2", issued_year: "2022" }, "date_wrong"],
    ["issued", "paper", { issued_day: "", issued_month: "2", issued_year: "2022" }, "date_wrong"],
    ["issued_by", "paper", { issued_by: "C".repeat(101) }, "text_long"],
    ["full_name", "name", { full_name: "..." }, "full_name_missing"],
    ["full_name", "name", { full_name: "Nguyễn V4n" }, "name_signs"],
    ["full_name", "name", { full_name: "Nguyễn <b>An</b>" }, "name_signs"],
    ["full_name", "name", { full_name: "Nguyễn Аn" }, "name_signs"],
    ["full_name", "name", { full_name: "Ẫ".repeat(201) }, "text_long"],
    ["sex", "name", { sex: "" }, "sex_missing"],
    ["birth", "birth", { birth_day: "30", birth_month: "02", birth_year: "1990" }, "date_wrong"],
    ["birth", "birth", { birth_day: "29", birth_month: "02", birth_year: "1990" }, "date_wrong"],
    ["birth", "birth", { birth_day: "5", birth_month: "", birth_year: "1990" }, "date_wrong"],
    ["birth", "birth", { birth_day: "24", birth_month: "11", birth_year: "2026" }, "date_in_future"],
    ["birth", "birth", { birth_day: "1", birth_month: "1", birth_year: "1880" }, "birth_too_old"],
    ["birth", "birth", { birth_day: "", birth_month: "", birth_year: "" }, "birth_missing"],
    ["birth", "birth", { birth_day: "0", birth_month: "0", birth_year: "1990" }, "date_wrong"],
    ["insurance_number", "insurance", { insurance_number: "521234567" }, "insurance_number_wrong"],
    ["insurance_number", "insurance", { insurance_number: "52123456789" }, "insurance_number_wrong"],
    ["insurance_number", "insurance", { insurance_number: "" }, "insurance_number_missing"],
    ["phone", "phone", { phone: "0212345678" }, "phone_wrong"],
    ["phone", "phone", { phone: "" }, "phone_missing"],
    ["email", "email", { email: "huong@" }, "email_wrong"],
    ["commune", "address", { commune: "" }, "commune_missing"],
    ["street", "address", { street: " " }, "street_missing"],
    ["street", "address", { street: "12 Đường 😀" }, "text_signs"],
    ["old_address", "address", { address_kind: "old", old_address: "123" }, "address_missing"],
    ["office", "office", { office: "" }, "office_missing"],
  ] as [string, Question, Record<string, string>, string][])(
    "says what is wrong with %s",
    (field, question, some, key) => {
      expect(keysOf(question, some)).toContain(`${field}: ${key}`);
    },
  );

  it("holds who helped and as what; a program that does not know the question leaves it out", () => {
    const helped = { for_whom: "helped", declarer: " Hồ  Thị Giúp", declarer_as: "Đoàn thanh niên  xã " };
    expect(parse("who", helped)).toEqual({
      ok: true,
      value: { forWhom: "helped", declarer: "Hồ Thị Giúp", declarerAs: "Đoàn thanh niên xã" },
    });
    expect(parse("who", { for_whom: "helped", declarer: "Hồ Thị Giúp" })).toEqual({
      ok: true,
      value: { forWhom: "helped", declarer: "Hồ Thị Giúp" },
    });
  });

  it("keeps the country of a passport, and of nothing else", () => {
    const passport = { paper_kind: "passport", paper_number: "m12345678", paper_country: " Hàn Quốc" };
    expect(parse("paper", passport)).toMatchObject({ ok: true, value: { number: "M12345678", country: "Hàn Quốc" } });
    const card = parse("paper", { paper_country: "Hàn Quốc" });
    expect(card.ok && "country" in (card.value as object)).toBe(false);
  });

  it("never puts what was typed into a fault", () => {
    const faults = QUESTIONS.flatMap((question) => {
      const parsed = parsers[question](Object.fromEntries(Object.keys(typed).map((name) => [name, "#bí mật#"])), today);
      return parsed.ok ? [] : parsed.faults;
    });
    expect(faults.length).toBeGreaterThan(5);
    expect(JSON.stringify(faults)).not.toContain("bí mật");
  });

  it.each([
    ["today is a birth date", "birth", { birth_day: "23", birth_month: "11", birth_year: "2026" }, "2026-11-23", "day"],
    ["the year alone", "birth", { birth_day: "", birth_month: "", birth_year: "1955" }, "1955-01-01", "year"],
    ["month and year", "birth", { birth_day: "", birth_month: "3", birth_year: "1955" }, "1955-03-01", "month"],
    ["05031955 in one box", "birth", { birth_day: "05031955", birth_month: "", birth_year: "" }, "1955-03-05", "day"],
    ["5/3/1955 in one box", "birth", { birth_day: "5/3/1955", birth_month: "", birth_year: "" }, "1955-03-05", "day"],
    [
      "29 February of a leap year",
      "birth",
      { birth_day: "29", birth_month: "2", birth_year: "1992" },
      "1992-02-29",
      "day",
    ],
  ] as [string, Question, Record<string, string>, string, string][])(
    "takes %s",
    (_said, question, some, on, precision) => {
      expect(parse(question, some)).toEqual({ ok: true, value: { on, precision } });
    },
  );

  it("takes the last ten digits of an old card, and an answer of not knowing", () => {
    expect(parse("insurance", { insurance_number: "DN 4 79 5212 345 678" })).toMatchObject({
      value: { number: "5212345678" },
    });
    expect(parse("insurance", { insurance_known: "no", insurance_number: "" })).toMatchObject({
      value: { number: null },
    });
  });

  it("takes +84 and the eleven digits of before 2018", () => {
    expect(parse("phone", { phone: "+84 912 345 678" })).toMatchObject({ value: { number: "0912345678" } });
    expect(parse("phone", { phone: "0165 2345678" })).toMatchObject({ value: { number: "0352345678" } });
  });

  it("takes an address of before 01/07/2025 in the person's own words", () => {
    const old_address = "Thôn Thử, xã Cũ, huyện Cũ, tỉnh Cũ";
    expect(parse("address", { address_kind: "old", old_address })).toEqual({ ok: true, value: { old: old_address } });
  });

  it("needs no e-mail", () => {
    expect(parse("email", { email: "" })).toEqual({ ok: true, value: { address: null } });
  });
});

describe("the order of the questions", () => {
  it("is the first one without an answer, computed from what is there", () => {
    const { name: _unanswered, ...answers } = anAnswer();
    expect(nextQuestion({})).toBe("who");
    expect(nextQuestion(answers)).toBe("name");
    expect(nextQuestion(anAnswer())).toBeUndefined();
    expect(isReachable(answers, "paper")).toBe(true);
    expect(isReachable(answers, "name")).toBe(true);
    expect(isReachable(answers, "office")).toBe(false);
  });
});

describe("doubts", () => {
  it("are told and stop nobody", () => {
    expect(doubtsOf(anAnswer())).toEqual([]);
    expect(doubtsOf({ ...anAnswer(), name: { full: "Nguyen", sex: 1 } })).toEqual([
      "name_without_marks",
      "one_word_name",
      "number_other_sex",
    ]);
    expect(doubtsOf({ name: { full: "H’Hen Nie", sex: 2 } })).toEqual(["name_without_marks"]);
    expect(doubtsOf({ name: { full: "H’Đen Nie", sex: 2 } })).toEqual([]);
    expect(doubtsOf({ ...anAnswer(), birth: { on: "1991-01-15", precision: "day" } })).toEqual(["number_other_year"]);
    expect(doubtsOf({ paper: { kind: "cmnd", number: "211234567", issuedOn: null, issuedBy: null } })).toEqual([
      "cmnd_ended",
    ]);
  });
});

describe("the register", () => {
  const known = {
    personId: "1",
    fullName: "NGUYỄN THỊ DIỄM HƯƠNG",
    birthOn: "1990-01-15",
    birthPrecision: "day",
  } as const;

  it("matches when every number leads to one person of this name and birth date", () => {
    expect(matchRegister(anAnswer(), [known, known])).toBe("matched");
    expect(matchRegister(anAnswer(), [{ ...known, birthPrecision: "year", birthOn: "1990-01-01" }])).toBe("matched");
  });

  it("answers alike when the number is unknown, another's, or leads to two persons", () => {
    expect(matchRegister(anAnswer(), [])).toBe("unmatched");
    expect(matchRegister(anAnswer(), [{ ...known, fullName: "Trần Văn Thử" }])).toBe("unmatched");
    expect(matchRegister(anAnswer(), [{ ...known, birthOn: "1990-01-16" }])).toBe("unmatched");
    expect(matchRegister(anAnswer(), [known, { ...known, personId: "2" }])).toBe("unmatched");
  });

  it("compares birth dates as far as both sides know them", () => {
    const of = (day: string, month: string, year: string) =>
      readBirth({ day, month, year }) ?? { on: "", precision: "day" as const };
    expect(isSameBirth(of("15", "1", "1990"), of("", "", "1990"))).toBe(true);
    expect(isSameBirth(of("15", "1", "1990"), of("", "2", "1990"))).toBe(false);
  });
});

describe("days that are no days, and days at the edge", () => {
  const day = (name: string, typed: readonly [string, string, string]) =>
    Object.fromEntries(["day", "month", "year"].map((part, at) => [`${name}_${part}`, typed[at] ?? ""]));

  it.each([
    ["birth", "birth", ["23", "11", "2026"]],
    ["issued", "paper", ["23", "11", "2026"]],
  ] as const)("T9: today is taken as a day of %s, tomorrow is not", (name, question, typed) => {
    expect(parse(question, day(name, typed)).ok).toBe(true);
    expect(parse(question, day(name, ["24", "11", "2026"]))).toEqual({
      ok: false,
      faults: [{ field: name, key: "date_in_future" }],
    });
  });

  it.each([
    ["không thời hạn", "", ""],
    ["", "", "không thời hạn"],
    ["00", "00", "2020"],
    ["29", "2", "2021"],
    ["", "", "2020"],
    ["31", "4", "2020"],
    ["1", "1", "20"],
    ["30/02/2020", "", ""],
  ])("T11: “%s %s %s” is no day of issue, and is never read as another one", (...typed) => {
    expect(parse("paper", day("issued", typed))).toMatchObject({ ok: false, faults: [{ field: "issued" }] });
  });

  it("T11: 29 February of a leap year is a day, and the year alone is a year", () => {
    expect(parse("paper", day("issued", ["29", "2", "2020"]))).toMatchObject({ value: { issuedOn: "2020-02-29" } });
    expect(parse("birth", day("birth", ["", "", "1955"]))).toEqual({
      ok: true,
      value: { on: "1955-01-01", precision: "year" },
    });
  });
});

describe("I5: the number of a paper", () => {
  it.each(["052 190 000 123", "052.190.000.123", "052-190-000-123", "O52l9OOOO123"])(
    "typed as “%s” is one number",
    (typed) => {
      expect(parse("paper", { paper_number: typed })).toMatchObject({ value: { number: "052190000123" } });
    },
  );

  it("keeps what was typed only where letters were taken for digits, and leaves a passport's letters alone", () => {
    expect(parse("paper", { paper_number: "052 190 000 123" })).not.toHaveProperty("value.typed");
    expect(parse("paper", { paper_number: "O52190000123" })).toHaveProperty("value.typed", "O52190000123");
    const passport = parse("paper", { paper_kind: "passport", paper_number: "BO12345" });
    expect(passport).toMatchObject({ value: { number: "BO12345" } });
  });
});
