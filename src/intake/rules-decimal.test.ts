import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ExactSum, HUNDREDTHS, parseScaled, showScaled, THOUSANDTHS } from "./rules-decimal.ts";

describe("exact decimals of claim files", () => {
  test.each([
    ["0", 0n],
    ["3500.5", 350050n],
    ["726600.50", 72660050n],
    ["1.2300000", 123n],
    ["9999999999999.99", 999999999999999n],
    ["007", 700n],
  ])("%s is read exactly", (text, hundredths) => {
    expect(parseScaled(text, HUNDREDTHS)).toBe(hundredths);
  });

  test.each(["", ".", "1.", ".5", "1.234", "-1", "+1", "1,5", "1e3", " 1", "1..2", "0x1", "99999999999999"])(
    "%j is no amount",
    (text) => {
      expect(parseScaled(text, HUNDREDTHS)).toBeUndefined();
    },
  );

  test("what is shown reads back as the same number, for every amount", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 14n }), (value) => {
        expect(parseScaled(showScaled(value, HUNDREDTHS), HUNDREDTHS)).toBe(value);
        expect(parseScaled(showScaled(value, THOUSANDTHS), THOUSANDTHS)).toBe(value);
        expect(showScaled(value, HUNDREDTHS)).not.toMatch(/\.\d*0$|\.$/);
      }),
    );
  });

  test("a sum is exact, however large it grows", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 4 * 10 ** 15 }), { maxLength: 40 }), (amounts) => {
        const sum = new ExactSum();
        for (const amount of amounts) sum.add(amount);
        expect(sum.total).toBe(amounts.reduce((total, amount) => total + BigInt(amount), 0n));
      }),
    );
  });
});
