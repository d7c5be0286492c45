import { expect, test } from "vitest";
import { NEXT_LONGEST, withNext } from "./next-page.ts";

test("an address comes along escaped, and whole only where no header grows too long by it", () => {
  expect(withNext("/sign-in", "/app/visits?year=2026")).toBe("/sign-in?next=%2Fapp%2Fvisits%3Fyear%3D2026");
  const longest = "/app?q=".padEnd(NEXT_LONGEST, "%");
  expect(withNext("/sign-in", longest)).toBe(`/sign-in?next=${encodeURIComponent(longest)}`);
  expect(withNext("/sign-in", `${longest}%`)).toBe("/sign-in?next=%2Fapp");
  expect(withNext("/sign-in", "/".padEnd(NEXT_LONGEST + 1, "a"))).toBe("/sign-in?next=");
});
