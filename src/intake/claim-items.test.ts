import fc from "fast-check";
import { expect, test } from "vitest";
import { isProduct, ONE_DONG } from "./claim-items.ts";

/** As the data standards write it (§1.6), in one unit for all. */
function isProductExactly(amount: number, quantity: number, price: number, share: number, rate: number): boolean {
  const unit = 10n ** 12n;
  const product = BigInt(quantity) * BigInt(price) * BigInt(share) * BigInt(rate);
  const off = BigInt(amount) * unit - product;
  return (off < 0n ? -off : off) <= BigInt(ONE_DONG) * unit;
}

const usual = fc.integer({ min: 0, max: 10 ** 7 });
const any = fc.oneof(usual, fc.integer({ min: 0, max: 10 ** 15 - 1 }));
const percent = fc.oneof(fc.constantFrom(10_000, 5000, 9500, 0, 3333, 1), fc.integer({ min: 0, max: 10_000 }));

test("a line is a product to one đồng, in numbers of any size", () => {
  const near = fc.integer({ min: -101, max: 101 });
  fc.assert(
    fc.property(any, any, percent, percent, fc.option(any), near, (quantity, price, share, rate, told, off) => {
      const product = (BigInt(quantity) * BigInt(price) * BigInt(share) * BigInt(rate)) / 10n ** 12n;
      const close = product < 10n ** 15n ? Math.max(0, Number(product) + off) : 10 ** 15 - 1;
      const args = [told ?? close, quantity, price, share, rate] as const;
      expect(isProduct(...args)).toBe(isProductExactly(...args));
    }),
    { numRuns: 1000 },
  );
});
