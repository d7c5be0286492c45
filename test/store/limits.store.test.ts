import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { registry } from "../../src/app.ts";
import { rates } from "../../src/web/rates.ts";
import { openTestHouse, type TestHouse } from "../house.ts";

/** Every address that opens for anyone counts how often it is asked: made from the registry, so none is forgotten. */

const usual = structuredClone(rates);
const MOST = 2;
let house: TestHouse;

beforeAll(async () => {
  for (const rate of Object.values(rates)) rate.max = MOST;
  house = await openTestHouse();
});
afterAll(async () => {
  Object.assign(rates, usual);
  await house.close();
});

const open = registry.filter(({ who }) => who.includes("anyone"));

describe("S7: an address that opens for anyone", () => {
  it("is one of many: the registry was read", () => {
    expect(open.length).toBeGreaterThan(40);
  });

  it.each(open.map(({ method, path }) => [method, path] as const))("%s %s has a limiter", async (method, path) => {
    const url = path.replaceAll(/:\w+|\{\w+\}/g, "x");
    const statuses: number[] = [];
    for (let turn = 0; turn <= MOST; turn += 1) statuses.push((await house.app.inject({ method, url })).statusCode);
    expect(statuses.slice(0, MOST)).not.toContain(429);
    expect(statuses.at(-1)).toBe(429);
  });

  it("that tells whether a code or a password is right counts more narrowly than the others", () => {
    const guesses = open.filter(({ path }) => /sign-in|recovery|session|stop$|resume/.test(path));
    const wide = guesses.filter(({ method, rate }) => method === "POST" && rate !== "guess");
    expect(wide.map(({ path }) => path).filter((path) => !/sign-out/.test(path))).toEqual([]);
  });
});
