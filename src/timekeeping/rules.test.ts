import { describe, expect, it } from "vitest";
import { distrustOf, type Sighting, type Times } from "./rules.ts";

const limits = { toleratedSeconds: 300, longestSilenceHours: 12 };
const at = (iso: string) => new Date(`2026-11-26T${iso}Z`);
const last: Sighting = { seenAt: at("03:00:00"), boot: "one", uptimeSeconds: 1000 };
const times = (own: string, more: Partial<Times> = {}): Times => ({
  ...{ own: at(own), database: at(own), boot: "one", uptimeSeconds: 1060, ...more },
});
const judge = (own: string, more: Partial<Times> = {}, seen: Sighting | undefined = last) =>
  distrustOf(times(own, more), seen, limits);

describe("a clock is believed", () => {
  it("that goes as the machine runs, within five minutes, or was never seen", () => {
    expect(judge("03:01:00")).toBeUndefined();
    expect(judge("03:05:59")).toBeUndefined();
    expect(judge("02:56:01")).toBeUndefined();
    expect(distrustOf(times("23:00:00"), undefined, limits)).toBeUndefined();
  });

  it("not when it differs from the database's", () => {
    expect(judge("03:01:00", { database: at("03:06:01") })).toBe("apart");
    expect(judge("03:01:00", { database: at("02:55:59") })).toBe("apart");
  });

  it("not when it was set while the machine ran on, whatever the database says", () => {
    expect(judge("04:01:00")).toBe("set");
    expect(judge("02:01:00")).toBe("set");
    // The machine ran for an hour that nobody saw.
    expect(judge("04:01:00", { uptimeSeconds: 4660 })).toBeUndefined();
  });

  it("over a start of the machine when it does not go back, and the silence was short", () => {
    const started = { boot: "two", uptimeSeconds: 10 };
    expect(judge("04:00:00", started)).toBeUndefined();
    expect(judge("02:54:59", started)).toBe("behind");
    expect(judge("15:00:01", started)).toBe("long_silence");
    // Where no start is told, each look stands for one.
    const untold = { ...last, boot: "" };
    expect(judge("04:00:00", { boot: "", uptimeSeconds: 1060 }, untold)).toBeUndefined();
  });
});
