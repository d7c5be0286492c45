import { expect, test } from "vitest";
import { formatDecimal } from "./decimal.ts";

test.each([
  ["25.50", "vi", "25,5"],
  ["25.50", "en", "25.5"],
  ["20", "vi", "20"],
  ["100.00", "vi", "100"],
  ["12000.50", "vi", "12.000,5"],
  ["1234567", "en", "1,234,567"],
  ["0.125", "vi", "0,125"],
] as const)("the decimal %s is written in %s as %s", (text, lang, written) => {
  expect(formatDecimal(text, lang)).toBe(written);
});
