import { describe, expect, it } from "vitest";
import { COUNTED, communeOf, flagsOf, isCaseless, readReason, type StaffLook } from "./rules.ts";
import { type Ceiling, ceilings } from "./rules-policies.ts";

const habits = { repeats: 3, mattersADay: 20 };
const usual: StaffLook = {
  action: "person.look",
  isMine: false,
  detail: { case: "file" },
  watched: [],
  isStaff: false,
  isNeighbour: false,
  isUsualTime: true,
  caseless: 0,
  matters: 0,
};
const flags = (some: Partial<StaffLook>) => flagsOf({ ...usual, ...some }, habits);

describe("what is unusual about a look", () => {
  it("is nothing where a case of the office is open", () => {
    expect(flags({})).toEqual([]);
    expect(flags({ isStaff: true, isNeighbour: true, caseless: 9 })).toEqual([]);
    expect(flags({ action: "review.look", detail: {}, isNeighbour: true })).toEqual([]);
  });

  it("is a decoy or a protected person, with a case or without", () => {
    expect(flags({ watched: ["canary"] })).toEqual(["canary"]);
    expect(flags({ watched: ["protected"] })).toEqual(["protected"]);
    expect(flags({ action: "person.search", watched: ["canary", "protected"], detail: {} })).toEqual(["canary"]);
  });

  it("is one's own record, and a refused try at a decoy too", () => {
    expect(flags({ isMine: true, isStaff: true })).toEqual(["own_record"]);
    expect(flags({ action: "look.refused", detail: { why: "no_case" }, watched: ["canary"] })).toEqual([
      "no_case",
      "canary",
    ]);
  });

  it("is a colleague, a neighbour or the same person again where nothing but a word opened the record", () => {
    const caseless = { detail: { case: "matter" } };
    expect(flags({ detail: { case: "paper" }, isStaff: true })).toEqual(["colleague"]);
    expect(flags({ ...caseless, isStaff: true })).toEqual(["colleague"]);
    expect(flags({ ...caseless, isNeighbour: true })).toEqual(["neighbour"]);
    expect(flags({ ...caseless, caseless: 2 })).toEqual([]);
    expect(flags({ ...caseless, caseless: 3 })).toEqual(["repeats"]);
    expect(flags({ action: "account_seen", detail: {}, caseless: 3 })).toEqual(["repeats"]);
  });

  it("is the number of persons, of matters, and the hour", () => {
    expect(flags({ detail: { case: "file", over: "hour" } })).toEqual(["many_persons"]);
    expect(flags({ action: "look.refused", detail: { why: "day" } })).toEqual(["ceiling"]);
    expect(flags({ isUsualTime: false })).toEqual(["odd_hours"]);
    expect(flags({ action: "look.matter", matters: 20 })).toEqual([]);
    expect(flags({ action: "look.matter", matters: 21 })).toEqual(["matters"]);
  });

  it("is never a deed, nor a list of one's own work", () => {
    expect(flags({ action: "review.accept", watched: ["protected"], isUsualTime: false })).toEqual([]);
    expect(isCaseless({ action: "person.merges", detail: {} })).toBe(false);
  });
});

describe("the words and numbers behind it", () => {
  it("take the commune from the end of an address, however it is written", () => {
    expect(communeOf("Thôn Mẫu 1, Xã Tuy Phước, Tỉnh Gia Lai")).toBe("xa tuy phuoc, tinh gia lai");
    expect(communeOf("12 Lê Lợi,  XÃ TUY PHƯỚC , tỉnh Gia Lai")).toBe("xa tuy phuoc, tinh gia lai");
    expect(communeOf("Xã Tuy Phước")).toBeUndefined();
  });

  it("want a reason that says something", () => {
    expect(readReason("  cần   gấp ", 300)).toBeUndefined();
    expect(readReason("Bệnh viện  gọi lúc 8 giờ", 300)).toBe("Bệnh viện gọi lúc 8 giờ");
    expect(readReason("x".repeat(301), 300)).toBeUndefined();
  });

  it("stop nobody later than two hundred persons, and have a ceiling for every role that looks", () => {
    for (const { hour, day } of Object.values(ceilings.values[0]?.value ?? {}) as Ceiling[]) {
      expect(hour.hard).toBeLessThanOrEqual(200);
      expect(day.hard).toBeLessThanOrEqual(200);
    }
    expect(
      ceilings.schema.safeParse({ officer: { hour: { soft: 9, hard: 8 }, day: { soft: 1, hard: 1 } } }).success,
    ).toBe(false);
    expect(COUNTED.length).toBe(new Set(COUNTED).size);
  });
});
