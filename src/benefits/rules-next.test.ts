import { describe, expect, test } from "vitest";
import { plainDate } from "../kernel/calendar.ts";
import type { Benefit } from "./rules.ts";
import { awaitingPayment, stateOf } from "./rules-next.ts";

const benefit: Benefit = {
  ...{ kind: "short_term", decisionNo: "12/2026", fromOn: "2026-03-02", toOn: "2026-03-06", regime: "Ốm đau" },
  ...{ decidedOn: undefined, amount: "1450000", agency: undefined, unitName: undefined, paidBy: undefined },
  ...{ bankName: undefined, bankAccountTail: undefined, status: "paid" },
};
const paper = (fromOn: string | undefined, toOn: string | undefined, kind = "CT07") => ({
  ...{ kind, fromOn, toOn, issuedOn: undefined },
});
const today = plainDate("2026-11-26");

describe("a paper for a benefit", () => {
  test.each([
    ["2026-03-02", "2026-03-06", "paid"],
    ["2026-02-20", "2026-03-02", "paid"],
    ["2026-03-06", "2026-03-06", "paid"],
    ["2026-03-07", "2026-03-08", "waiting"],
    ["2026-02-20", "2026-03-01", "waiting"],
  ])("of %s to %s is %s when a benefit covers one of its days", (from, to, state) => {
    expect(stateOf(paper(from, to), [benefit], 45, today).state).toBe(state);
  });

  test("with a decision that is not paid says so; a pension of those days is not its decision", () => {
    expect(stateOf(paper("2026-03-02", undefined), [{ ...benefit, status: "decided" }], 45, today).state).toBe(
      "decided",
    );
    const pension: Benefit = { ...benefit, kind: "monthly", fromOn: "2010-01-01", toOn: undefined };
    expect(stateOf(paper("2026-03-02", undefined), [pension], 45, today).state).toBe("waiting");
  });

  test("is handed in 45 days from the day after its last: on the last day it is not over, a day later it is", () => {
    const on = (day: string) => stateOf(paper("2026-08-10", "2026-08-13", "CT03"), [], 45, plainDate(day));
    expect(on("2026-09-28")).toMatchObject({ state: "waiting", handInBy: plainDate("2026-09-28"), isOver: false });
    expect(on("2026-09-29")).toMatchObject({ state: "waiting", isOver: true });
  });

  test("of another kind, of long ago or without a day waits for nothing", () => {
    expect(stateOf(paper("2026-08-10", "2026-08-13", "CT04"), [], 45, today).state).toBe("kept");
    expect(stateOf(paper("2025-08-10", "2025-08-13"), [], 45, today).state).toBe("kept");
    expect(stateOf(paper(undefined, undefined), [], 45, today).state).toBe("kept");
  });
});

test("what is decided and not paid is on its way", () => {
  const decided: Benefit = { ...benefit, status: "decided" };
  expect(awaitingPayment([benefit, decided])).toEqual([decided]);
});
