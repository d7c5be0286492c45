import { describe, expect, test } from "vitest";
import { parseMark, SensitiveMarks } from "./rules.ts";

const marks = new SensitiveMarks([
  { kind: "icd", from: "F00", to: "F99" },
  { kind: "icd", from: "O98.7", to: "O98.7" },
  { kind: "drug", from: "thuốc (a)", to: "thuốc (a)" },
  { kind: "entitlement", from: "1.9", to: "1.9" },
]);

describe("marks", () => {
  test.each([
    ["F32.1", true],
    ["I10; f00", true],
    ["O98.7", true],
    ["O98.6", false],
    ["G00", false],
    ["", false],
  ])("of illnesses: %s is private: %s", (codes, answer) => {
    expect(marks.hasDisease(codes)).toBe(answer);
  });

  test("take the name of a drug by its letters", () => {
    expect(marks.isDrug("THUỐC (A) 600mg")).toBe(true);
    expect(marks.isDrug("thuốc a")).toBe(false);
    expect(new SensitiveMarks([]).isDrug("anything")).toBe(false);
  });

  test("of an entitlement do not hold for an accident", () => {
    expect(marks.isMarked("entitlement", "1.9")).toBe(true);
    expect(marks.isMarked("accident", "1.9")).toBe(false);
  });
});

describe("a mark as it is typed", () => {
  const day = "2026-12-01";

  test("is put into the form of the list; one code is a range of its own", () => {
    expect(parseMark({ kind: "icd", from: " a15 ", to: undefined, day })).toEqual({
      ok: true,
      value: { kind: "icd", from: "A15", to: "A15", day },
    });
    expect(parseMark({ kind: "drug", from: "Methadon", to: undefined, day })).toMatchObject({
      value: { from: "methadon", to: "methadon" },
    });
  });

  test.each([
    ["kind", { kind: "accident", from: "5" }],
    ["kind", { kind: "", from: "A15" }],
    ["from", { kind: "icd", from: "15A" }],
    ["to", { kind: "icd", from: "A19", to: "A15" }],
    ["to", { kind: "drug", from: "methadon", to: "morphin" }],
    ["from", { kind: "drug", from: "%" }],
    ["day", { kind: "icd", from: "A15", day: "01/12/2026" }],
  ])("with a wrong %s is refused: %o", (field, typed) => {
    const parsed = parseMark({ to: undefined, day, ...typed });
    expect(parsed.ok ? [] : parsed.faults.map((fault) => fault.field)).toContain(field);
  });
});
