import { describe, expect, it } from "vitest";
import { daysLeft } from "../registration/rules.ts";
import { readClock } from "./rules-clock.ts";

const now = new Date("2026-11-23T03:30:00Z");
const after = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const received = (seconds: number) => ({
  status: "received",
  noticeDueAt: after(seconds),
  lapsesAt: after(86_400),
  heldBy: null,
});

describe("the clock of a file", () => {
  const minutes: [number, string, number, string][] = [
    [900, "left", 15, "calm"],
    [299, "left", 4, "soon"],
    [60, "left", 1, "soon"],
    [59, "lastMinute", 0, "soon"],
    [0, "lastMinute", 0, "soon"],
    [-1, "over", 1, "over"],
    [-61, "over", 2, "over"],
    [-7200, "overHours", 2, "over"],
    [-3 * 86_400, "overDays", 3, "over"],
  ];
  it.each(minutes)("%i s before the 15 minutes are over says %s %i", (seconds, key, count, tone) => {
    expect(readClock(received(seconds), now, daysLeft)).toEqual({ key, count, tone });
  });

  const days: [string, string, number, string][] = [
    ["2026-12-03T17:00:00Z", "daysLeft", 10, "calm"],
    ["2026-11-24T17:00:00Z", "daysLeft", 1, "soon"],
    ["2026-11-23T17:00:00Z", "daysLeft", 0, "soon"],
    ["2026-11-22T17:00:00Z", "lapsing", 0, "over"],
  ];
  it.each(days)("a last day that ends at %s says %s %i", (end, key, count, tone) => {
    const file = { status: "confirmed", noticeDueAt: null, lapsesAt: new Date(end) };
    expect(readClock(file, now, daysLeft)).toEqual({ key, count, tone });
  });

  it("stands still once the file is decided", () => {
    expect(readClock({ ...received(900), status: "accepted" }, now, daysLeft)).toBeUndefined();
  });
});
