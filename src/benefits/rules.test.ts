import { describe, expect, test } from "vitest";
import { plainDate } from "../kernel/calendar.ts";
import { type Benefit, byKind, isPaidMonthly, isRunning } from "./rules.ts";

const benefit = (over: Partial<Benefit> = {}): Benefit => ({
  kind: "short_term",
  decisionNo: "0012/2026",
  fromOn: "2026-03-02",
  toOn: "2026-03-06",
  regime: "Ốm đau",
  decidedOn: "2026-03-20",
  amount: "1450000.00",
  agency: undefined,
  unitName: undefined,
  paidBy: undefined,
  bankName: undefined,
  bankAccountTail: undefined,
  status: "paid",
  ...over,
});
const pension = benefit({
  kind: "monthly",
  regime: "Hưu trí",
  fromOn: "2026-01-01",
  toOn: undefined,
  amount: "5200000",
});

describe("benefits received", () => {
  test("are told by kind, pensions first, and empty kinds are left out", () => {
    expect(byKind([benefit(), pension]).map(({ kind }) => kind)).toEqual(["monthly", "short_term"]);
    expect(byKind([])).toEqual([]);
  });

  test("what was paid at once is summed; what is only decided is not", () => {
    const groups = byKind([benefit(), benefit({ amount: "550000.50" }), benefit({ status: "decided", amount: "9" })]);
    expect(groups[0]?.paid).toBe(200000050n);
  });

  test("a monthly amount is never summed as if it were the whole", () => {
    expect(byKind([pension])[0]?.paid).toBeUndefined();
    expect(isPaidMonthly("unemployment")).toBe(true);
    expect(isPaidMonthly("one_off")).toBe(false);
  });

  test.each([
    [pension, "2025-12-31", false],
    [pension, "2026-01-01", true],
    [benefit({ ...pension, toOn: "2026-06-30" }), "2026-06-30", true],
    [benefit({ ...pension, toOn: "2026-06-30" }), "2026-07-01", false],
    [benefit({ ...pension, status: "stopped" }), "2026-06-30", false],
    [benefit(), "2026-03-03", false],
  ])("a benefit is being paid within its dates (%#)", (one, day, running) => {
    expect(isRunning(one, plainDate(day))).toBe(running);
  });
});
