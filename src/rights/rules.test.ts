import { describe, expect, it } from "vitest";
import { plainDate } from "../kernel/calendar.ts";
import { ownValueOn } from "../kernel/policy.ts";
import {
  afterDays,
  clocksOf,
  daysLeft,
  eraseDays,
  extensionsOf,
  outcomesOf,
  parseDecision,
  RIGHTS,
  rightTerms,
  stateOf,
  termsOf,
} from "./rules.ts";

const calendar = { years: new Set([2026]), holidays: new Set(["2026-11-24"]), workingWeekends: new Set<string>() };
const days = { answer: 2, term: 20 };

describe("the clocks of a request to delete", () => {
  it.each([
    ["a Monday before a holiday: the holiday is no working day", "2026-11-23", "2026-11-26", "2026-12-14"],
    ["a Friday: the weekend is not counted for the answer", "2026-11-27", "2026-12-01", "2026-12-17"],
    ["a year without a holiday table: days run on", "2026-12-30", "2027-01-01", "2027-01-19"],
  ])("asked on %s", (_, asked, answerBy, dueOn) => {
    const clocks = clocksOf(plainDate(asked), days, calendar);
    expect([clocks.answerBy.toString(), clocks.dueOn.toString()]).toEqual([answerBy, dueOn]);
  });

  it("the first counts until the office takes it up, then the second", () => {
    const request = { answerBy: "2026-11-25", dueOn: "2026-12-14", withdrawnAt: null, outcome: null };
    expect(daysLeft({ ...request, takenAt: null }, plainDate("2026-11-26"))).toBe(-1);
    expect(daysLeft({ ...request, takenAt: new Date(0) }, plainDate("2026-11-26"))).toBe(18);
  });
});

describe("how a request stands", () => {
  const at = new Date(0);
  it.each([
    [{ takenAt: null, withdrawnAt: null, outcome: null }, "open"],
    [{ takenAt: at, withdrawnAt: null, outcome: null }, "taken"],
    [{ takenAt: at, withdrawnAt: at, outcome: null }, "withdrawn"],
    [{ takenAt: at, withdrawnAt: null, outcome: "erased" as const }, "erased"],
  ])("%j is %s", (standing, state) => {
    expect(stateOf(standing)).toBe(state);
  });

  it("a decision needs an outcome and words for the person", () => {
    expect(parseDecision("erase", {})).toMatchObject({
      faults: [{ key: "outcome_missing" }, { key: "answer_missing" }],
    });
    expect(parseDecision("erase", { outcome: "erased", answer: " ok " })).toMatchObject({ ok: false });
    expect(parseDecision("erase", { outcome: "refused", answer: "Hồ sơ đang giải quyết." })).toMatchObject({
      ok: true,
    });
  });
});

describe("the term of each right", () => {
  const terms = ownValueOn(rightTerms, "2026-11-23").value;
  const of = (right: (typeof RIGHTS)[number]) => termsOf(terms, ownValueOn(eraseDays, "2026-11-23").value)[right];

  it("each right has the days of the decree: usual, through others, once more", () => {
    expect(RIGHTS.map((right) => [right, ...Object.values(of(right))])).toEqual([
      ["erase", 20, 20, 0],
      ["supply", 10, 15, 10],
      ["correct", 10, 15, 10],
      ["restrict", 15, 20, 15],
      ["object", 15, 20, 15],
    ]);
  });

  it("over Tết: no working day of the holiday counts, and a last day in it moves behind it", () => {
    // 05/02/2027 to 09/02/2027 are days off; the 6th and 7th are a weekend besides.
    const tet = {
      years: new Set([2027]),
      holidays: new Set(["2027-02-05", "2027-02-08", "2027-02-09"]),
      workingWeekends: new Set<string>(),
    };
    const clocks = clocksOf(plainDate("2027-02-04"), { answer: 2, term: 10 }, tet);
    expect([clocks.answerBy.toString(), clocks.dueOn.toString()]).toEqual(["2027-02-11", "2027-02-15"]);
    expect(afterDays(plainDate("2027-01-26"), 10, tet).toString()).toBe("2027-02-10");
  });

  it("may be longer through others and once more, never twice, and never to delete", () => {
    expect(extensionsOf({ thirdAt: null, moreAt: null }, of("supply"))).toEqual(["third", "more"]);
    expect(extensionsOf({ thirdAt: new Date(0), moreAt: null }, of("supply"))).toEqual(["more"]);
    expect(extensionsOf({ thirdAt: null, moreAt: new Date(0) }, of("supply"))).toEqual([]);
    expect(extensionsOf({ thirdAt: null, moreAt: null }, of("erase"))).toEqual([]);
    expect(outcomesOf("object")).not.toContain("erased");
  });
});
