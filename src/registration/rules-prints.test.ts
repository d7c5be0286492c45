import { describe, expect, it } from "vitest";
import { plainDate } from "../kernel/calendar.ts";
import { parseFileCode, parsePrintNo, withPrintNo } from "../kernel/file-code.ts";
import { anAnswer } from "./answers.fixture.ts";
import { linesOf } from "./form01/lines.ts";
import type { CompleteAnswers } from "./rules-answers.ts";
import { changedLines, readPrint } from "./rules-prints.ts";

const endOf = (day: string) => new Date(`${day}T24:00:00+07:00`);
const moves = [
  { from: endOf("2026-12-03"), to: endOf("2026-12-04") },
  { from: endOf("2026-12-04"), to: endOf("2026-12-07") },
];

describe("the number of a print", () => {
  it("stands behind the code and is read back from there, and the code stays the code", () => {
    expect(withPrintNo("BD-4F7K-92Q5", 2)).toBe("BD-4F7K-92Q5/2");
    expect([parsePrintNo("bd 4f7k 92q5 / 12 "), parsePrintNo("BD-4F7K-92Q5")]).toEqual([12, undefined]);
    expect(parseFileCode("BD-4F7K-92Q5/2")).toBe(parseFileCode("BD-4F7K-92Q5"));
  });

  it("is the present one, an older one with the day that it names, or nobody's", () => {
    expect(readPrint(1, [])).toEqual({ kind: "present" });
    expect(readPrint(3, moves)).toEqual({ kind: "present" });
    expect(readPrint(1, moves)).toMatchObject({ kind: "old", present: 3 });
    const second = readPrint(2, moves);
    expect(second.kind === "old" && [second.lastDay.printed, second.lastDay.present].map(String)).toEqual([
      "2026-12-04",
      "2026-12-07",
    ]);
    expect([readPrint(4, moves), readPrint(0, moves)]).toEqual([
      { kind: "unknown", present: 3 },
      { kind: "unknown", present: 3 },
    ]);
  });
});

describe("what differs between an old form and a new one", () => {
  const lines = (some: Partial<CompleteAnswers>) =>
    linesOf({
      code: "BD-4F7K-92Q5",
      answers: { ...anAnswer(), ...some },
      officeName: "BHXH cơ sở Thử",
      lastDay: plainDate("2026-12-03"),
    });

  it("is told line by line, as the lines stand on the form", () => {
    expect(changedLines(lines({}), lines({}))).toEqual([]);
    expect(changedLines(lines({}), lines({ phone: { number: "0987654321" } }))).toEqual([
      { label: "6. Số điện thoại", before: "0912345678", now: "0987654321" },
    ]);
  });

  it("says which paper it was, when another kind of paper was declared", () => {
    const passport = { kind: "passport", number: "C1234567", issuedOn: null, issuedBy: null } as const;
    expect(changedLines(lines({}), lines({ paper: passport }))[0]).toEqual({
      label: "3. Số hộ chiếu",
      before: "3. Số căn cước/CCCD (số định danh cá nhân): 052190000123",
      now: "C1234567",
    });
  });
});
