import { describe, expect, test } from "vitest";
import { plainDate } from "../kernel/calendar.ts";
import type { Benefit } from "./rules.ts";
import { awaitingPayment, nextOf, stateOf } from "./rules-next.ts";

const benefit: Benefit = {
  ...{ kind: "short_term", decisionNo: "12/2026", fromOn: "2026-03-02", toOn: "2026-03-06", regime: "Ốm đau" },
  ...{ decidedOn: undefined, amount: "1450000", agency: undefined, unitName: undefined, paidBy: undefined },
  ...{ bankName: undefined, bankAccountTail: undefined, status: "paid" },
};
const paper = (fromOn: string | undefined, toOn: string | undefined, kind = "CT07", fields = {}) => ({
  ...{ kind, fromOn, toOn, issuedOn: undefined, fields },
});
const calendar = { years: new Set([2026]), holidays: new Set(["2026-09-02"]), workingWeekends: new Set<string>() };
const terms = { days: 45, calendar };
const today = plainDate("2026-11-26");

describe("a paper for a benefit", () => {
  test.each([
    ["2026-03-02", "2026-03-06", "paid"],
    ["2026-02-20", "2026-03-02", "paid"],
    ["2026-03-06", "2026-03-06", "paid"],
    ["2026-03-07", "2026-03-08", "waiting"],
    ["2026-02-20", "2026-03-01", "waiting"],
  ])("of %s to %s is %s when a benefit covers one of its days", (from, to, state) => {
    expect(stateOf(paper(from, to), [benefit], terms, today).state).toBe(state);
  });

  test("with a decision that is not paid says so; a pension of those days is not its decision", () => {
    expect(stateOf(paper("2026-03-02", undefined), [{ ...benefit, status: "decided" }], terms, today).state).toBe(
      "decided",
    );
    const pension: Benefit = { ...benefit, kind: "monthly", fromOn: "2010-01-01", toOn: undefined };
    expect(stateOf(paper("2026-03-02", undefined), [pension], terms, today).state).toBe("waiting");
  });

  test("is handed in 45 days from the day after its last: on the last day it is not over, a day later it is", () => {
    const on = (day: string) => stateOf(paper("2026-08-10", "2026-08-13", "CT03"), [], terms, plainDate(day));
    expect(on("2026-09-28")).toMatchObject({ state: "waiting", handInBy: plainDate("2026-09-28"), isOver: false });
    expect(on("2026-09-29")).toMatchObject({ state: "waiting", isOver: true });
  });

  test.each([
    ["20260930", "2026-11-16"],
    ["30/09/2026", "2026-11-16"],
    ["20260812", "2026-09-28"],
    ["chưa rõ", "2026-09-28"],
  ])("of a discharge is counted from the end of the rest that it orders: to %s by %s", (restTo, day) => {
    const discharge = paper("2026-08-10", "2026-08-13", "CT03", { NGOAITRU_DENNGAY: restTo });
    expect(stateOf(discharge, [], terms, plainDate("2026-10-01"))).toMatchObject({ handInBy: plainDate(day) });
  });

  test("belongs to the benefit for the rest that it orders", () => {
    const discharge = paper("2026-02-20", "2026-02-28", "CT03", { NGOAITRU_DENNGAY: "20260306" });
    expect(stateOf(discharge, [benefit], terms, today).state).toBe("paid");
  });

  test("of a birth names no day: the leave goes on, and nobody knows from it until when", () => {
    const birth = paper("2026-03-10", "2026-03-13", "CT03", { BENHICD10_ID: "O82.0" });
    expect(stateOf(birth, [], terms, today)).toEqual({ state: "waiting", handInBy: undefined, isOver: false });
  });

  test.each([
    ["a Sunday", "2026-10-07", "2026-11-23"],
    ["a holiday in the week", "2026-07-18", "2026-09-03"],
    ["a day of a year without a table", "2026-11-25", "2027-01-10"],
  ])("whose last day for it is %s may come on the next working day, where days off are known", (_why, to, day) => {
    expect(stateOf(paper(to, to), [], terms, plainDate("2026-11-26"))).toMatchObject({ handInBy: plainDate(day) });
  });

  test("of another kind, of long ago or without a day waits for nothing", () => {
    expect(stateOf(paper("2026-08-10", "2026-08-13", "CT04"), [], terms, today).state).toBe("kept");
    expect(stateOf(paper("2025-08-10", "2025-08-13"), [], terms, today).state).toBe("kept");
    expect(stateOf(paper(undefined, undefined), [], terms, today).state).toBe("kept");
  });
});

test("what is decided and not paid is on its way", () => {
  const decided: Benefit = { ...benefit, status: "decided" };
  expect(awaitingPayment([benefit, decided])).toEqual([decided]);
});

test("what comes every month asks for nothing more once its last day is over", () => {
  const months: Benefit = { ...benefit, kind: "unemployment", fromOn: "2026-08-01", toOn: "2026-11-26" };
  const on = (day: string, one = months) => nextOf(one, plainDate(day));
  expect([on("2026-11-26"), on("2026-11-27")]).toEqual(["unemployment", "over"]);
  expect(on("2026-11-27", { ...months, kind: "monthly" })).toBe("over");
  expect(on("2026-11-27", { ...months, kind: "monthly", toOn: undefined })).toBe("monthly");
  expect(on("2026-11-27", { ...months, status: "stopped" })).toBe("stopped");
  expect(on("2026-11-27", benefit)).toBe("short_term");
});
