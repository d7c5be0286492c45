import { afterAll, beforeAll, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { dutyNow } from "../account/duty-now.ts";
import type { Clock } from "../kernel/clock.ts";
import { lookAround } from "../promise/watchdog.ts";
import { runRetention } from "../retention/run.ts";
import { goOn, isTimeTrusted, lookAtTime, mayEnd } from "./trust.ts";

/** A clock as machines have it, that can be set: the demo's own is always believed. */
let house: TestHouse;
let byMs = 0;
const clock: Clock = { now: () => new Date(Date.now() + byMs) };
const own = () => ({ ...house, clock });
const DAY_MS = 86_400_000;

beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

it("a leap is seen at once, ends nothing, and is over when the clock is right again", async () => {
  expect((await lookAtTime(own())).distrust).toBeUndefined();
  const account = { password_kind: "chosen", password_set_on: new Date().toISOString().slice(0, 10) };
  byMs = 366 * DAY_MS;
  expect(isTimeTrusted(clock)).toBe(false);
  expect(await mayEnd(own())).toBe(false);
  expect((await lookAtTime(own())).distrust).toBe("apart");
  expect(dutyNow(clock, account, clock.now())).toBeUndefined();
  expect(dutyNow(house.clock, account, clock.now())).toBe("outlived");
  await expect(runRetention(own())).rejects.toThrow("the clock is not believed");
  expect((await lookAround(own())).map(({ name }) => name)).toContain("clock_distrusted");
  byMs = 0;
  expect(await mayEnd(own())).toBe(true);
});

it("a long silence over a start of the machine waits for the operator's word", async () => {
  await house.pool.query("update clock_sighting set boot = 'another', seen_at = now() - interval '20 hours'");
  const fresh: Clock = { now: () => new Date() };
  const after = { ...house, clock: fresh };
  expect((await lookAtTime(after)).distrust).toBe("long_silence");
  expect(isTimeTrusted(fresh)).toBe(false);
  expect((await goOn(after)).distrust).toBeUndefined();
  expect(await mayEnd(after)).toBe(true);
});
