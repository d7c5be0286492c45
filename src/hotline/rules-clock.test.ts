import { describe, expect, it } from "vitest";
import { formatInstant } from "../kernel/calendar.ts";
import { afterWorking, answerBy, type Priority, urgencyOf } from "./rules-clock.ts";
import { answerHours } from "./rules-policies.ts";

const hours = answerHours.values[0]?.value ?? { day: [], within: { high: 1, normal: 1, low: 1 } };
const calendar = {
  years: new Set([2026]),
  holidays: new Set(["2026-11-24"]),
  workingWeekends: new Set(["2026-11-28"]),
};
/** Local time in Viet Nam. */
const at = (day: string, time: string) => new Date(`${day}T${time}:00+07:00`);

describe("by when a ticket is answered", () => {
  it.each<[string, string, Priority, string]>([
    ["2026-11-23", "08:00", "normal", "14:00 23/11/2026"],
    ["2026-11-23", "08:00", "high", "09:00 23/11/2026"],
    ["2026-11-23", "06:10", "high", "08:30 23/11/2026"],
    ["2026-11-23", "11:00", "high", "14:00 23/11/2026"],
    ["2026-11-23", "12:15", "high", "14:30 23/11/2026"],
    // The 24th is a holiday: the clock goes on on the 25th.
    ["2026-11-23", "16:30", "high", "08:00 25/11/2026"],
    ["2026-11-23", "22:00", "normal", "11:30 25/11/2026"],
    ["2026-11-23", "08:00", "low", "16:30 25/11/2026"],
    // Saturday the 28th is worked, the Sunday after it is not.
    ["2026-11-27", "16:30", "normal", "11:00 28/11/2026"],
    ["2026-11-28", "17:00", "high", "08:30 30/11/2026"],
  ])("reported %s at %s with priority %s: %s", (day, time, priority, due) => {
    const answered = answerBy(at(day, time), priority, hours, calendar);
    expect(answered && formatInstant(answered)).toBe(due);
  });

  it("goes on by what is known where the holiday table ends: weekends, and holidays of a fixed date", () => {
    expect(answerBy(at("2026-12-31", "16:59"), "normal", hours, calendar)).toEqual(at("2027-01-04", "11:29"));
    expect(answerBy(at("2027-04-29", "16:00"), "normal", hours, calendar)).toEqual(at("2027-05-03", "10:30"));
    expect(afterWorking(at("2026-12-31", "16:00"), 60, hours, calendar)).toEqual(at("2026-12-31", "17:00"));
    expect(afterWorking(at("2026-12-31", "16:00"), 60 * 8 * 800, hours, calendar).getUTCFullYear()).toBe(2030);
  });

  it.each([[[]], [[[0, 0]]], [[[1020, 450]]]] as [[number, number][]][])(
    "counts every minute where a policy names none as worked: %j",
    (day) => {
      expect(afterWorking(at("2026-11-23", "14:00"), 90, { day }, calendar)).toEqual(at("2026-11-23", "15:30"));
    },
  );

  it("is late from the moment after, and soon in the last half hour", () => {
    const due = at("2026-11-23", "14:00");
    const seen = (time: string) => urgencyOf(due, at("2026-11-23", time));
    expect([seen("13:29"), seen("13:30"), seen("14:00"), seen("14:01")]).toEqual(["later", "soon", "soon", "late"]);
    expect(urgencyOf(null, due)).toBe("later");
  });
});
