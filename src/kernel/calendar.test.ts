import { describe, expect, it } from "vitest";
import {
  addMonths,
  asFarAsKnown,
  dayFromParts,
  daysBetween,
  formatBirth,
  formatDay,
  formatInstant,
  formatLongDay,
  formatMoment,
  formatMonth,
  formatTime,
  isWorkingDay,
  minuteOf,
  plainDate,
  rollToWorkingDay,
  startOf,
  UnknownYear,
  type WorkingCalendar,
} from "./calendar.ts";

const calendar: WorkingCalendar = {
  years: new Set([2026]),
  holidays: new Set(["2026-04-30", "2026-05-01", "2026-05-16"]),
  workingWeekends: new Set(["2026-05-09", "2026-05-16"]),
};

describe("working days", () => {
  it.each([
    ["2026-04-27", true],
    ["2026-04-29", true],
    ["2026-04-30", false],
    ["2026-05-01", false],
    ["2026-05-02", false],
    ["2026-05-03", false],
    ["2026-05-08", true],
    ["2026-05-09", true],
    ["2026-05-10", false],
    ["2026-05-16", false],
  ])("%s: %s", (day, isWorking) => {
    expect(isWorkingDay(plainDate(day), calendar)).toBe(isWorking);
  });

  it.each([
    ["2026-04-29", "2026-04-29"],
    ["2026-04-30", "2026-05-04"],
    ["2026-05-09", "2026-05-09"],
    ["2026-05-10", "2026-05-11"],
  ])("%s rolls to %s", (day, to) => {
    expect(rollToWorkingDay(plainDate(day), calendar).toString()).toBe(to);
  });

  it("of a year without a table are unknown, and the year is named", () => {
    expect(() => isWorkingDay(plainDate("2027-01-04"), calendar)).toThrow(new UnknownYear(2027));
    expect(new UnknownYear(2027)).toMatchObject({
      year: 2027,
      name: "UnknownYear",
      message: "no holiday table for 2027",
    });
  });

  it("of such a year are reckoned, where asked, by weekends, by what is entered and by holidays of a fixed date", () => {
    const known = asFarAsKnown({ ...calendar, holidays: new Set([...calendar.holidays, "2027-02-08"]) }, 2027);
    const off = ["2027-01-01", "2027-01-02", "2027-02-08", "2027-04-30", "2027-05-01", "2027-09-02", "2028-01-01"];
    for (const day of off) expect(isWorkingDay(plainDate(day), known), day).toBe(false);
    expect(isWorkingDay(plainDate("2027-01-04"), known)).toBe(true);
    expect(() => isWorkingDay(plainDate("2029-01-02"), known)).toThrow(UnknownYear);
  });
});

describe("days as they are typed and counted", () => {
  it("are there, or are not", () => {
    expect(dayFromParts(2028, 2, 29)?.toString()).toBe("2028-02-29");
    expect(dayFromParts(2027, 2, 29)).toBeUndefined();
    expect(dayFromParts(2027, 13, 1)).toBeUndefined();
  });

  it("lie behind as well as before", () => {
    expect(daysBetween(plainDate("2026-11-23"), plainDate("2026-11-23"))).toBe(0);
    expect(daysBetween(plainDate("2026-12-03"), plainDate("2026-11-23"))).toBe(-10);
    expect(daysBetween(plainDate("2026-12-31"), plainDate("2028-01-01"))).toBe(366);
    expect(addMonths(plainDate("2026-03-31"), -1).toString()).toBe("2026-02-28");
  });

  it("begin at midnight in Viet Nam, which was another one before 1975", () => {
    expect(startOf(plainDate("2026-11-23")).toISOString()).toBe("2026-11-22T17:00:00.000Z");
    expect(startOf(plainDate("1970-01-01")).toISOString()).toBe("1969-12-31T16:00:00.000Z");
  });
});

describe("as they are written", () => {
  const january = plainDate("2026-01-05");
  const instant = new Date("2026-12-05T02:07:00Z");

  it.each([
    [formatDay(january), "05/01/2026"],
    [formatDay(january, "en"), "5 January 2026"],
    [formatDay(plainDate("2026-12-31"), "en"), "31 December 2026"],
    [formatLongDay(january), "thứ Hai, 05/01/2026"],
    [formatLongDay(plainDate("2026-01-11")), "Chủ nhật, 11/01/2026"],
    [formatLongDay(plainDate("2026-01-11"), "en"), "Sunday, 11 January 2026"],
    [formatTime(instant), "09:07"],
    [formatInstant(instant), "09:07 05/12/2026"],
    [formatInstant(instant, "en"), "09:07 5 December 2026"],
    [formatMoment(instant, new Date("2026-12-04T17:00:00Z")), "09:07"],
    [formatMoment(instant, new Date("2026-12-04T16:59:59Z"), "en"), "09:07 5 December 2026"],
    [formatMonth("2026-11-01"), "11/2026"],
    [formatBirth(january, "day"), "05/01/2026"],
    [formatBirth(january, "day", "en"), "5 January 2026"],
    [formatBirth(january, "month"), "01/2026"],
    [formatBirth(january, "year"), "2026"],
  ])("%s", (written, expected) => {
    expect(written).toBe(expected);
  });

  it("minutes are counted from midnight in Viet Nam", () => {
    expect(minuteOf(instant)).toBe(9 * 60 + 7);
    expect(minuteOf(new Date("2026-12-05T17:00:00Z"))).toBe(0);
    expect(minuteOf(new Date("2026-12-05T16:59:59Z"))).toBe(1439);
  });
});
