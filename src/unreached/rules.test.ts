import { describe, expect, it } from "vitest";
import { isLate, parseTold } from "./rules.ts";

describe("what an officer says of having told the person", () => {
  it.each([
    [{ how: "called", note: "" }, true],
    [{ how: "relative", note: "chị Mẫu" }, true],
    [{ how: "relative", note: "  a  " }, false],
    [{ how: "arrived", note: "" }, false],
    [{ note: "đã gọi" }, false],
    [{ how: "letter", note: "x".repeat(301) }, false],
  ])("%o is taken: %s", (form, isTaken) => {
    expect(parseTold(form as Record<string, string>).ok).toBe(isTaken);
  });

  it("is late from the day after on", () => {
    expect([isLate("2026-11-23", "2026-11-23"), isLate("2026-11-23", "2026-11-24")]).toEqual([false, true]);
  });
});
