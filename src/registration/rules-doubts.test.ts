import { describe, expect, it } from "vitest";
import { anAnswer } from "./answers.fixture.ts";
import type { Paper } from "./rules-answers.ts";
import { doubtsOf } from "./rules-doubts.ts";

const paper = (some: Partial<Paper>): Paper => ({ ...anAnswer().paper, ...some });
const doubts = (some: Partial<Paper>) => doubtsOf({ ...anAnswer(), paper: paper(some) });

describe("doubts about a number", () => {
  it.each([
    [{ kind: "cccd", number: "052190000123" }, []],
    [{ kind: "cccd", number: "003190000123" }, ["number_place"]],
    [
      { kind: "cccd", number: "000000000000" },
      ["number_one_digit", "number_place", "number_other_year", "number_other_sex"],
    ],
    [{ kind: "cmnd", number: "215123456" }, ["cmnd_ended"]],
    [{ kind: "cmnd", number: "111111111" }, ["cmnd_ended", "number_one_digit"]],
    [{ kind: "passport", number: "C1234567", country: "Việt Nam" }, []],
    [{ kind: "passport", number: "K12345678", country: "VNM" }, []],
    [{ kind: "passport", number: "12345678", country: "Viet Nam" }, ["passport_unusual"]],
    [{ kind: "passport", number: "M12345678", country: "Hàn Quốc" }, []],
    [{ kind: "passport", number: "AB1234567", country: "Pháp" }, []],
    [{ kind: "passport", number: "C1234567" }, ["passport_without_country"]],
  ] as const)("%j gives %j, and stops nobody", (some, expected) => {
    expect(doubts(some)).toEqual(expected);
  });

  it("say that a child is grown up from the eighteenth birthday on, and not of a helped adult", () => {
    const child = { ...anAnswer(), who: { forWhom: "child", declarer: "Lê Thị Mẹ" } as const };
    expect(doubtsOf({ ...child, birth: { on: "2008-11-24", precision: "day" } }, "2026-11-23")).not.toContain(
      "child_grown_up",
    );
    expect(doubtsOf({ ...child, birth: { on: "2008-11-23", precision: "day" } }, "2026-11-23")).toContain(
      "child_grown_up",
    );
    expect(doubtsOf(anAnswer(), "2026-11-23")).toEqual([]);
  });
});
