import { describe, expect, it } from "vitest";
import { comparePair, type RecordSide } from "./rules-compare.ts";
import { mergeActs, parseReason } from "./rules-merge.ts";

const side = (change: Partial<RecordSide> = {}): RecordSide => ({
  fullName: "Đặng Thị Hòa",
  birthOn: "1980-05-06",
  birthPrecision: "day",
  sex: 2,
  nationality: "000",
  diedOn: null,
  numbers: [{ kind: "bhxh", number: "5230000001", validTo: null }],
  phones: [],
  ...change,
});

describe("two records side by side", () => {
  it.each([
    ["the same name with the tone elsewhere", "name", { fullName: "Đặng Thị Hoà" }, "tone_placement"],
    ["the same name without marks", "name", { fullName: "DANG THI HOA" }, "missing_marks"],
    ["another name", "name", { fullName: "Đặng Thị Hạnh" }, "real"],
    [
      "a birth date of which one record knows the year only",
      "birth",
      { birthOn: "1980-01-01", birthPrecision: "year" },
      "missing_one_side",
    ],
    ["another day of birth", "birth", { birthOn: "1980-05-07" }, "real"],
    ["another insurance number", "bhxh", { numbers: [{ kind: "bhxh", number: "5230000002", validTo: null }] }, "real"],
    ["no insurance number", "bhxh", { numbers: [] }, "missing_one_side"],
    ["a day of death on one side", "died", { diedOn: "2020-01-02" }, "missing_one_side"],
  ] as [string, string, Partial<RecordSide>, string][])("%s", (_said, field, change, difference) => {
    expect(comparePair(side(), side(change), "vi").find((row) => row.field === field)?.difference).toBe(difference);
  });

  it("with one number in common agree in that number, former or not", () => {
    const both = side({
      numbers: [
        { kind: "bhxh", number: "5230000009", validTo: null },
        { kind: "bhxh", number: "5230000001", validTo: "2020-01-01" },
      ],
    });
    expect(comparePair(side(), both, "vi").find(({ field }) => field === "bhxh")?.difference).toBe("equal");
  });

  it("show what differs first, and nothing that neither record says", () => {
    const rows = comparePair(side(), side({ fullName: "Đặng Thị Hạnh" }), "vi");
    expect(rows[0]?.field).toBe("name");
    expect(rows.map(({ field }) => field)).not.toContain("passport");
  });
});

describe("who may do what with a merge", () => {
  const merge = { proposedBy: "1" } as const;
  it.each([
    ["proposed", "2", true, ["confirm", "reject"]],
    ["proposed", "1", true, ["reject"]],
    ["proposed", "2", false, []],
    ["merged", "1", true, ["undo"]],
    ["merged", "2", false, []],
    ["undone", "2", true, []],
    ["rejected", "2", true, []],
  ] as const)("%s, by %s, supervisor %s: %j", (status, staffId, isSupervisor, acts) => {
    expect(mergeActs({ ...merge, status }, { staffId, isSupervisor })).toEqual(acts);
  });

  it("only with a reason of a few words", () => {
    expect(parseReason(" . , ").ok).toBe(false);
    expect(parseReason("x".repeat(301)).ok).toBe(false);
    expect(parseReason("  Đã  xem sổ ")).toEqual({ ok: true, value: "Đã xem sổ" });
  });
});
