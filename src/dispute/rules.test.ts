import { describe, expect, test } from "vitest";
import { plainDate, type WorkingCalendar } from "../kernel/calendar.ts";
import { answerDueOn, FACT_KINDS, kindsFor, parseDispute, parseFact, SAYS_MAX } from "./rules.ts";

const visit = "0123abcd-0123-4567-89ab-0123456789ab";

describe("what a case is about", () => {
  test.each([
    ["visit", visit, true],
    ["visit", "1 or 1=1", false],
    ["participation", "bhxh.2026-03", true],
    ["participation", "bhxh", true],
    ["participation", "bhxh.2026-13", false],
    ["card", "2026-01-01", true],
    ["card", "", false],
    ["benefit", "short_term.2026-03-02", true],
    ["benefit", "", true],
    ["paper", visit, true],
    ["paper", "", false],
    ["person", "identity", true],
    ["person", "name", false],
    ["household", "members", true],
    ["salary", "x", false],
  ])("%s %s is a fact: %s", (kind, id, isFact) => {
    expect(parseFact(kind, id) !== undefined).toBe(isFact);
  });

  test("only a visit or a paper of care can be somebody else's", () => {
    const facts = FACT_KINDS.map((kind) => ({ kind, id: "x" }));
    expect(facts.filter((fact) => kindsFor(fact).includes("not_mine")).map(({ kind }) => kind)).toEqual([
      ...["visit", "paper"],
    ]);
    expect(kindsFor({ kind: "card", id: "2026-01-01" })).toEqual(["wrong"]);
  });

  test("what is not there can only be missing", () => {
    expect(kindsFor({ kind: "benefit", id: "" })).toEqual(["missing"]);
    expect(kindsFor({ kind: "participation", id: "bhxh" })).toEqual(["missing"]);
    expect(kindsFor({ kind: "participation", id: "bhxh.2026-03" })).toEqual(["wrong", "missing"]);
  });
});

describe("what a case says", () => {
  const faultsOf = (typed: Parameters<typeof parseDispute>[0]) => {
    const outcome = parseDispute(typed);
    return outcome.ok ? [] : outcome.faults.map((fault) => `${fault.field} ${fault.key}`);
  };

  test("that one was not there is enough", () => {
    expect(parseDispute({ about: "visit", fact: visit, kind: "not_mine" })).toEqual({
      ok: true,
      value: { kind: "not_mine", fact: { kind: "visit", id: visit }, says: "" },
    });
  });

  test("that something is wrong needs to say what", () => {
    expect(faultsOf({ about: "visit", fact: visit, kind: "wrong", says: "  " })).toEqual(["says say_something"]);
  });

  test("a case of no kind, too long, or about nothing is told field by field", () => {
    expect(faultsOf({ about: "visit", fact: visit, kind: "missing", says: "x" })).toEqual(["kind choose_kind"]);
    expect(faultsOf({ about: "card", fact: "2026-01-01", kind: "wrong", says: "x".repeat(SAYS_MAX + 1) })).toEqual([
      "says too_long",
    ]);
    expect(faultsOf({ about: "card", kind: "wrong", says: "x" })).toEqual(["fact unknown_fact"]);
  });

  test("what was typed is kept as typed, in one form of Unicode", () => {
    const outcome = parseDispute({ about: "card", fact: "2026-01-01", kind: "wrong", says: " Sai\r\nnga\u0300y " });
    expect(outcome.ok && outcome.value.says).toBe("Sai\nngày");
  });
});

describe("by when it is answered", () => {
  const calendar: WorkingCalendar = {
    years: new Set([2026]),
    holidays: new Set(["2026-11-24"]),
    workingWeekends: new Set(["2026-11-28"]),
  };

  test.each([
    ["2026-11-16", "2026-11-19"],
    ["2026-11-20", "2026-11-26"],
    ["2026-11-26", "2026-11-30"],
  ])("a case of %s is due on %s: holidays and weekends do not count, a worked Saturday does", (opened, due) => {
    expect(answerDueOn(plainDate(opened), calendar)?.toString()).toBe(due);
  });

  test("where the holiday table ends no day is promised", () => {
    expect(answerDueOn(plainDate("2026-12-31"), calendar)).toBeUndefined();
  });
});
