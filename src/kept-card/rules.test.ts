import { expect, it } from "vitest";
import { faultOfPin } from "./rules.ts";
import { offlineWords } from "./words-offline.ts";

it("takes six digits typed twice, and none that a finder would try first", () => {
  expect(faultOfPin("480913", "480913")).toBeUndefined();
  for (const pin of ["", "48091", "4809134", "48o913"]) expect(faultOfPin(pin, pin)).toBe("pin_shape");
  for (const pin of ["000000", "777777", "123456", "654321", "890123", "121212", "123123"]) {
    expect(faultOfPin(pin, pin)).toBe("pin_easy");
  }
  expect(faultOfPin("480913", "480931")).toBe("pin_twice");
});

it("says in English how far a clock is off: one hour, two hours", () => {
  const { clockOff } = offlineWords("en");
  expect([clockOff(1), clockOff(2)]).toEqual([
    expect.stringContaining("about 1 hour off"),
    expect.stringContaining("about 2 hours off"),
  ]);
});
