import { describe, expect, it } from "vitest";
import { APART, type Point, ringsOf } from "./rules-rings.ts";

const far = ({ x, y }: Point) => Math.hypot(x, y);

describe("the sketch of what is near", () => {
  const crowds: [string, number[]][] = [
    ["one place in the commune, some around", [0, 1, 1, 1, 2, 2]],
    ["a town with everything in one commune", Array.from({ length: 40 }, () => 0)],
    ["nothing near, all in the province", Array.from({ length: 12 }, () => 2)],
    ["no place at all", []],
    ["ten, ten and twenty", [...Array(10).fill(0), ...Array(10).fill(1), ...Array(20).fill(2)]],
  ];

  it.each(crowds)(
    "%s: each place has its point, within the ring of its nearness, and none covers another",
    (_, near) => {
      const { points, borders } = ringsOf(near, 3);
      expect(points).toHaveLength(near.length);
      expect(borders).toEqual(borders.toSorted((a, b) => a - b));
      points.forEach((point, at) => {
        const kind = near[at] ?? 0;
        expect(far(point)).toBeLessThan(borders[kind] ?? 0);
        if (kind > 0) expect(far(point)).toBeGreaterThan(borders[kind - 1] ?? 0);
        for (const other of points.slice(at + 1)) {
          expect(Math.hypot(point.x - other.x, point.y - other.y)).toBeGreaterThan(APART - 3);
        }
      });
    },
  );

  it("forty places still fit a telephone: each is 24 px there", () => {
    const { borders } = ringsOf(
      Array.from({ length: 40 }, (_, at) => Math.floor(at / 14)),
      3,
    );
    const width = 2 * ((borders.at(-1) ?? 0) + 2);
    expect((34 * 288) / width).toBeGreaterThanOrEqual(22);
  });
});
