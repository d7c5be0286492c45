import { describe, expect, it } from "vitest";
import { dueWithin, endOfMessageHours, isMessageHour, nextMessageHour } from "./message-hours.ts";

const hours = { from: 8, until: 20 };
const local = (at: string) => new Date(`${at}:00+07:00`);

describe("hours in which a telephone may ring", () => {
  it("end before the last one: what is left at night waits for the morning", () => {
    const next = (at: string) => nextMessageHour(local(at), hours);
    expect(isMessageHour(local("2026-11-26T20:00"), hours)).toBe(false);
    expect(next("2026-11-26T19:59")).toEqual(local("2026-11-26T19:59"));
    expect(next("2026-11-26T20:00")).toEqual(local("2026-11-27T08:00"));
    expect(next("2026-11-27T00:05")).toEqual(local("2026-11-27T08:00"));
    expect(endOfMessageHours(local("2026-11-26T09:00"), hours)).toEqual(local("2026-11-26T20:00"));
  });

  it("are what the time counts within which a message is to leave", () => {
    const due = (at: string, minutes: number) => dueWithin(local(at), minutes * 60_000, hours);
    expect(due("2026-11-26T10:00", 15)).toEqual(local("2026-11-26T10:15"));
    expect(due("2026-11-27T00:00", 15)).toEqual(local("2026-11-27T08:15"));
    expect(due("2026-11-27T07:50", 15)).toEqual(local("2026-11-27T08:15"));
    expect(due("2026-11-26T19:50", 15)).toEqual(local("2026-11-27T08:05"));
    expect(due("2026-11-26T18:00", 360)).toEqual(local("2026-11-27T12:00"));
    const always = { from: 0, until: 24 };
    expect(dueWithin(local("2026-11-26T23:50"), 15 * 60_000, always)).toEqual(local("2026-11-27T00:05"));
  });
});
