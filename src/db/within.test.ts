import { describe, expect, it } from "vitest";
import type { House, Tx } from "./house.ts";
import { afterCommit, houseWithin, rootOf, tellCommitted } from "./within.ts";

const house = {} as House;
const within = (outer: House) => houseWithin(outer, {} as Tx);

describe("a house inside a transaction of others", () => {
  it("is known by the house that it is a copy of, however deep", () => {
    expect(rootOf(house)).toBe(house);
    expect(rootOf(within(within(house)))).toBe(house);
  });

  it("does at once what waits for no commit, and else once, after it", () => {
    const done: string[] = [];
    afterCommit(house, () => done.push("outside"));
    const copy = within(house);
    afterCommit(copy, () => done.push("inside"));
    expect(done).toEqual(["outside"]);
    tellCommitted(copy);
    tellCommitted(copy);
    expect(done).toEqual(["outside", "inside"]);
  });

  it("forgets what a transaction that was taken back had left to do", () => {
    const done: string[] = [];
    afterCommit(within(house), () => done.push("first try"));
    const second = within(house);
    afterCommit(second, () => done.push("second try"));
    tellCommitted(second);
    expect(done).toEqual(["second try"]);
  });
});
