import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PLACES, shareOf } from "./rules-shares.ts";

const up = (weight: number) => ({ weight, isIn: true });
const out = { weight: 0, isIn: false };

describe("the shares of several providers", () => {
  it("follow their weights, and all of it goes to the one that is up", () => {
    expect(shareOf([up(60), up(40)], 0)).toEqual({ from: 0, to: 600, leavesOwn: true });
    expect(shareOf([up(60), up(40)], 1)).toEqual({ from: 600, to: 1000, leavesOwn: true });
    expect(shareOf([up(60), out], 0)).toEqual({ from: 0, to: 1000, leavesOwn: false });
  });

  it("let one that is out be probed with anything, but not with what it had last while another is up", () => {
    expect(shareOf([up(60), out], 1)).toEqual({ from: 0, to: 1000, leavesOwn: true });
    expect(shareOf([out, out], 1)).toEqual({ from: 0, to: 1000, leavesOwn: false });
  });

  it("give all to whoever is in while nobody has any weight", () => {
    expect(shareOf([up(0)], 0)).toEqual({ from: 0, to: 1000, leavesOwn: false });
  });

  it("of those that are in cover every message exactly once, whatever the weights", () => {
    const standing = fc.record({ weight: fc.integer({ min: 1, max: 100 }), isIn: fc.boolean() });
    fc.assert(
      fc.property(fc.array(standing, { minLength: 1, maxLength: 6 }), (standings) => {
        const shares = standings.flatMap((one, at) => (one.isIn ? [shareOf(standings, at)] : []));
        const covered = shares.reduce((sum, { from, to }) => sum + to - from, 0);
        const isChained = shares.every(({ from }, at) => from === (at === 0 ? 0 : shares[at - 1]?.to));
        return shares.length === 0 || (covered === PLACES && isChained);
      }),
    );
  });
});
