import { expect, test } from "vitest";
import { medianInterval } from "../../faults/statistics.ts";
import { Random } from "../../src/generate/random.ts";

/** Times as a busy machine gives them: a long tail, and the same noise on both sides. */
function differences(leakMs: number): number[] {
  const random = new Random(21);
  const noise = () => random.int(0, 1000) / 1000 + (random.chance(0.02) ? random.int(0, 40) : 0);
  return Array.from({ length: 3000 }, () => noise() + leakMs - noise());
}

const fromSeed = () => {
  const random = new Random(7);
  return () => random.int(0, 999_999) / 1_000_000;
};

test("R21: the interval of 3,000 pairs without a leak holds 0 and is narrower than a tenth of a millisecond", () => {
  const { low, high } = medianInterval(differences(0), fromSeed());
  expect(low).toBeLessThan(0);
  expect(high).toBeGreaterThan(0);
  expect(high - low).toBeLessThan(0.1);
});

test("R21: a leak of 0.2 ms is seen, and is measured as 0.2 ms", () => {
  const { median, low, high } = medianInterval(differences(0.2), fromSeed());
  expect(low).toBeGreaterThan(0.1);
  expect(high).toBeLessThan(0.3);
  expect(median).toBeCloseTo(0.2, 1);
});
