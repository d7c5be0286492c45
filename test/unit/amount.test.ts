import { expect, test } from "vitest";
import { verdictAt } from "../../faults/amount.ts";

test("what was played at less than its figure asks for says so beside its word", () => {
  expect(verdictAt(true, 70, 1000)).toBe("held at 70 of the 1,000 that the figure asks for");
  expect(verdictAt(true, 1000, 1000)).toBe("held");
  expect(verdictAt(false, 1000, 1000)).toBe("short");
});
