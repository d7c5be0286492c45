import { describe, expect, it } from "vitest";
import { isStuck, lookedAt, newlyStarted, type ServerSight, usualPatience, type Watched } from "./rules-server.ts";

const takes: ServerSight = { answer: "takes", isBusy: false, progress: "" };
const refuses: ServerSight = { answer: "refuses", isBusy: false, progress: "ready 1" };

/** Milliseconds after which it is ended, looked at each second; undefined: not within a day. */
function endedAfter(sights: (second: number) => ServerSight, from: Watched = newlyStarted(0)): number | undefined {
  let watched = from;
  for (let second = 1; second <= 86_400; second += 1) {
    const sight = sights(second);
    watched = lookedAt(watched, sight, second * 1000);
    if (isStuck(watched, sight, second * 1000, usualPatience)) return second;
  }
  return undefined;
}

describe("F5: a server that lets nobody in", () => {
  it("is ended ten seconds after it stands still with nothing to do", () => {
    expect(endedAfter(() => refuses)).toBe(11);
    expect(endedAfter((second) => (second < 60 ? takes : refuses))).toBe(70);
  });

  it("is left a minute when it does not answer at all: the machine may be too busy", () => {
    expect(endedAfter((second) => (second < 5 ? takes : { ...refuses, answer: "silent" }))).toBe(65);
  });

  it("is never ended while it plays its log, and only after ten minutes without a step of it", () => {
    expect(endedAfter((second) => ({ ...refuses, isBusy: true, progress: `startup ${second}` }))).toBeUndefined();
    const stands = (second: number) => ({ ...refuses, isBusy: true, progress: `startup ${Math.min(second, 100)}` });
    expect(endedAfter(stands)).toBe(700);
    expect(endedAfter((second) => ({ ...stands(second), isBusy: undefined }))).toBe(700);
  });

  it("is given twice as long after each time that we ended it, until it has let somebody in", () => {
    expect(endedAfter(() => refuses, newlyStarted(0, 1))).toBe(21);
    expect(endedAfter(() => refuses, newlyStarted(0, 9))).toBe(321);
    expect(endedAfter((second) => (second < 100 ? takes : refuses), newlyStarted(0, 2))).toBe(110);
  });
});
