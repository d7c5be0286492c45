import { describe, expect, it } from "vitest";
import { plainDate } from "../kernel/calendar.ts";
import { clocksOf, daysLeft, parseDecision, stateOf } from "./rules.ts";

const calendar = { years: new Set([2026]), holidays: new Set(["2026-11-24"]), workingWeekends: new Set<string>() };
const days = { answer: 2, erase: 20 };

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
    expect(parseDecision({})).toMatchObject({ faults: [{ key: "outcome_missing" }, { key: "answer_missing" }] });
    expect(parseDecision({ outcome: "erased", answer: " ok " })).toMatchObject({ ok: false });
    expect(parseDecision({ outcome: "refused", answer: "Hồ sơ đang giải quyết." })).toMatchObject({ ok: true });
  });
});
