import { setImmediate as turn } from "node:timers/promises";
import { expect, it } from "vitest";
import { createUnwritten } from "./unwritten.ts";

it("a report waits for the mark of its own message, and goes on when that failed too", async () => {
  const unwritten = createUnwritten();
  let end: (() => void) | undefined;
  const written = new Promise<void>((done) => {
    end = done;
  });
  unwritten.hold("a", ["m1", "m2"], written);
  unwritten.hold("b", ["m1"], Promise.reject(new Error("away")));
  expect(unwritten.of("a", "m3")).toBeUndefined();
  await unwritten.of("b", "m1");
  let isOver = false;
  const waiting = unwritten.of("a", "m2")?.then(() => {
    isOver = true;
  });
  await turn();
  expect(isOver).toBe(false);
  end?.();
  await waiting;
  expect([isOver, unwritten.of("a", "m1"), unwritten.of("b", "m1")]).toEqual([true, undefined, undefined]);
});
