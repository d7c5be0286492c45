import { describe, expect, it } from "vitest";
import { dice } from "../../test/dice.ts";
import { expectedOf, forecast, LIMITS, limitsFor, percentOf, type Share, shareOf, standingOf } from "./rules.ts";
import { type Group, hiddenGroups } from "./rules-hidden.ts";

const share = (come: number, of: number): Share => ({ come, of, share: of ? come / of : undefined });
const counts = { people: 40, declared: 30, handed_in: 0, approved: 10, signed_in: 0, installed: 0 };

describe("the share of a unit", () => {
  it("is of its roster, or of its headcount where it has one that is not below the roster", () => {
    expect(shareOf(counts, "approved", 100, "roster")).toEqual(share(10, 40));
    expect(shareOf(counts, "approved", 100, "headcount")).toEqual(share(10, 100));
    expect(shareOf(counts, "approved", 20, "headcount")).toEqual(share(10, 40));
    expect(shareOf(counts, "approved", null, "headcount")).toEqual(share(10, 40));
    expect(shareOf({ ...counts, people: 0 }, "approved", null, "roster").share).toBeUndefined();
  });

  it("is never rounded to all while one is missing, nor to none while one has come", () => {
    expect([percentOf(0.9999), percentOf(1), percentOf(0.0001), percentOf(0), percentOf(0.9999, 1)]).toEqual([
      99, 100, 1, 0, 99.9,
    ]);
  });
});

describe("a fair comparison", () => {
  it("expects more spread of small units than of large ones", () => {
    const expected = { overall: 0.5, spread: 1 };
    const [low, high] = limitsFor(expected, 100, LIMITS.usual);
    expect([low, high].map((one) => one.toFixed(3))).toEqual(["0.402", "0.598"]);
    expect(standingOf(share(2, 8), expected)).toBe("expected");
    expect(standingOf(share(250, 1000), expected)).toBe("far_below");
    expect(standingOf(share(540, 1000), expected)).toBe("above");
  });

  it("calls few of a thousand units different that differ by chance alone", () => {
    const game = dice(5);
    const units = Array.from({ length: 1000 }, () => {
      const of = 20 + game.below(500);
      return share(Array.from({ length: of }, () => game.roll()).filter((roll) => roll < 0.6).length, of);
    });
    const expected = expectedOf(units);
    const far = units.filter((unit) => expected && standingOf(unit, expected).startsWith("far")).length;
    expect(far).toBeLessThanOrEqual(6);
  });

  it("widens its limits where units differ by more than chance, and calls nobody different where all are alike", () => {
    const wide = expectedOf([300, 500, 700, 400, 600].map((come) => share(come, 1000)));
    expect(wide?.spread).toBeGreaterThan(5);
    const alike = expectedOf([share(0, 10), share(0, 500)]);
    expect(alike && standingOf(share(0, 500), alike)).toBe("expected");
    expect(expectedOf([])).toBeUndefined();
  });
});

describe("small groups", () => {
  it("hide with a second one, so that neither comes out by taking the rest from the total", () => {
    const groups = [
      ["A", 3],
      ["B", 40],
      ["C", 7],
    ].map(([code, people]) => ({ code, people, parent: "P" }) as Group);
    expect([...hiddenGroups(groups, 5)].sort()).toEqual(["A", "C"]);
    expect(hiddenGroups(groups.slice(1), 5).size).toBe(0);
  });

  it("can never be computed: what is hidden under a unit is two groups and five people, or all of it", () => {
    const game = dice(11);
    for (let round = 0; round < 500; round += 1) {
      const groups: Group[] = [{ code: "0", parent: null, people: 60 }];
      const count = 2 + game.below(14);
      for (let at = 1; at < count; at += 1) {
        groups.push({ code: String(at), parent: String(game.below(at)), people: game.below(12) });
      }
      const hidden = hiddenGroups(groups, 5);
      for (const { code: parent } of groups) {
        const peopled = groups.filter((one) => one.parent === parent && one.people > 0);
        const unseen = peopled.filter(({ code }) => hidden.has(code));
        const sum = unseen.reduce((all, { people }) => all + people, 0);
        expect(peopled.filter(({ code, people }) => people < 5 && !hidden.has(code))).toEqual([]);
        const isSafe = unseen.length === 0 || unseen.length === peopled.length || (unseen.length >= 2 && sum >= 5);
        expect(isSafe, `round ${round}, under ${parent}`).toBe(true);
        if (hidden.has(parent)) expect(unseen).toEqual(peopled);
      }
    }
  });
});

describe("a forecast", () => {
  it("goes on by the mean gain, less certain the farther it looks", () => {
    const weeks = [0.1, 0.13, 0.15, 0.2, 0.22, 0.25, 0.28];
    const near = forecast(weeks, 1);
    const far = forecast(weeks, 8);
    expect(near?.share).toBeCloseTo(0.31, 5);
    expect(far?.share).toBeCloseTo(0.52, 5);
    expect((far?.high ?? 0) - (far?.low ?? 0)).toBeGreaterThan(((near?.high ?? 0) - (near?.low ?? 0)) * 3);
  });

  it("is refused with too few weeks, and stays between nobody and all", () => {
    expect(forecast([0.1, 0.2, 0.3, 0.4, 0.5, 0.6], 2)).toBeUndefined();
    expect(forecast([0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9], 9)?.share).toBe(1);
  });
});
