import fc from "fast-check";
import { expect, test } from "vitest";
import { writeRows } from "./items.ts";

const sign = fc.constantFrom("a", "ấ", '"', "\\", "\n", "\t", "\u0001", "\u2028", "😀", "\ud800", "<", "/", "");
const part = fc.array(sign, { maxLength: 6 }).map((signs) => signs.join(""));
const row = fc.array(part, { maxLength: 14 });

test("rows are written as JSON.stringify writes them", () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 3 }), (rows) => {
      expect(writeRows(rows)).toBe(JSON.stringify(rows));
    }),
    { numRuns: 300 },
  );
});
