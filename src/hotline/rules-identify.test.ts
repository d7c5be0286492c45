import { describe, expect, it } from "vitest";
import {
  barFor,
  type CallerFacts,
  isCaller,
  type KeyKind,
  questionsFor,
  type Said,
  whoIsCaller,
} from "./rules-identify.ts";
import { QUESTIONS } from "./rules-policies.ts";

const facts: CallerFacts = {
  name: "Nguyễn Thị Hoà",
  birthOn: "1960-03-08",
  birthPrecision: "day",
  idNumbers: ["052160007301"],
  bhxhNumbers: ["9800007302"],
  facility: { code: "52005", name: "Trung tâm Y tế huyện Tuy Phước" },
};
const right: Said = {
  name: "nguyễn thị hòa",
  birth: { day: "8", month: "03", year: "1960" },
  id_last4: "7301",
  bhxh_last4: "73 02",
  facility: "TTYT tuy phước".replace("TTYT", "trung tâm y tế"),
};
const nothing: Said = { name: "", birth: { day: "", month: "", year: "" }, id_last4: "", bhxh_last4: "", facility: "" };
const policy = { ask: [...QUESTIONS], strong: 2 };
const bar = barFor("phone", "questions", policy);

describe("who calls", () => {
  it.each<[string, Partial<Said>, boolean]>([
    ["everything right", {}, true],
    ["two strong facts, the third not known", { facility: "" }, true],
    ["the ID paper and the facility", { bhxh_last4: "" }, true],
    ["one strong fact alone", { facility: "", bhxh_last4: "" }, false],
    ["another name", { name: "Nguyễn Thị Hoa Mai" }, false],
    ["a name without its marks", { name: "nguyen thi hoa" }, true],
    ["no name", { name: "" }, false],
    ["a birth year alone", { birth: { day: "", month: "", year: "1960" } }, false],
    ["day and month the other way round", { birth: { day: "3", month: "8", year: "1960" } }, false],
    ["one wrong beside enough right ones", { id_last4: "7300" }, false],
    ["more than four digits", { id_last4: "07301" }, false],
    ["the facility's code", { facility: "52-005" }, true],
    ["another facility", { facility: "Bệnh viện đa khoa Bình Định" }, false],
    ["a list of facilities", { facility: "Tuy Phước, An Nhơn, Phù Cát" }, false],
    ["words that all facilities share", { facility: "trung tâm y tế huyện" }, false],
  ])("%s: %s", (_, change, isRight) => {
    expect(isCaller({ ...right, ...change }, facts, bar)).toBe(isRight);
  });

  it("is not asked for what they were looked for by", () => {
    expect(questionsFor("personal_id", QUESTIONS)).not.toContain("id_last4");
    expect(questionsFor("name_birth", QUESTIONS)).toEqual(["id_last4", "bhxh_last4", "facility"]);
    expect(questionsFor("phone", ["name", "birth", "facility"])).toEqual(["name", "birth", "facility"]);
  });

  it("still says name and birth date when a code speaks for them", () => {
    const code = barFor("phone", "code", policy);
    expect(isCaller({ ...nothing, name: right.name, birth: right.birth }, facts, code)).toBe(true);
    expect(isCaller({ ...nothing, name: right.name }, facts, code)).toBe(false);
    expect(isCaller(nothing, facts, code)).toBe(false);
  });

  it.each<[KeyKind, Partial<Said>, boolean]>([
    ["name_birth", {}, false],
    ["name_birth", { facility: "52005" }, false],
    ["name_birth", { id_last4: "7301" }, true],
    ["name_birth", { bhxh_last4: "7302" }, true],
    ["name_birth", { id_last4: "7300" }, false],
    ["phone", {}, false],
    ["code", { id_last4: "7301" }, true],
    ["personal_id", {}, true],
    ["bhxh", {}, true],
    ["bhxh", { id_last4: "7300" }, false],
  ])("with a paper on the counter, looked for by %s, says a number on it: %o, %s", (key, said, isRight) => {
    const named = { ...nothing, name: right.name, birth: right.birth };
    expect(isCaller({ ...named, ...said }, facts, barFor(key, "paper", policy))).toBe(isRight);
  });

  it("is one of a family that shares a telephone, or nobody", () => {
    const son: CallerFacts = { ...facts, name: "Trần Văn Con", birthOn: "1990-01-01", idNumbers: ["052090000001"] };
    const family = [{ facts }, { facts: son }];
    expect(whoIsCaller(right, family, bar)).toBe(family[0]);
    expect(whoIsCaller(right, [{ facts }, { facts: { ...facts } }], bar)).toBeUndefined();
    expect(whoIsCaller(right, [], bar)).toBeUndefined();
  });
});
