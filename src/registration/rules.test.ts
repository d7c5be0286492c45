import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainDate, UnknownYear, type WorkingCalendar } from "../kernel/calendar.ts";
import {
  allowed,
  daysLeft,
  type EventKind,
  isOverdue,
  lapsesAt,
  lastDayOf,
  noticeDueAt,
  promisedUntil,
  STATUSES,
  type StepKind,
  statusAfter,
  statusOf,
  TERM_DAYS,
} from "./rules.ts";
import { daysHeldBack, isUnusualSweep } from "./rules-sweep.ts";

const HOUR = 3600_000;
/** An instant from Viet Nam's wall clock. */
const at = (day: string, time = "00:00:00.000") => new Date(`${day}T${time}+07:00`);

const calendar: WorkingCalendar = {
  years: new Set([2026, 2027, 2028]),
  holidays: new Set([
    "2027-01-01",
    ...["05", "06", "07", "08", "09", "10", "11"].map((day) => `2027-02-${day}`),
    "2027-04-16",
    "2027-04-30",
    "2027-05-03",
    "2028-01-03",
  ]),
  workingWeekends: new Set(["2027-02-20"]),
};

describe("the last day for handing in", () => {
  it.each([
    ["the first instant of Monday 23/11/2026", at("2026-11-23"), "2026-12-03"],
    ["the last instant of Monday 23/11/2026", at("2026-11-23", "23:59:59.999"), "2026-12-03"],
    ["Tuesday 24/11/2026, 00:00", at("2026-11-24"), "2026-12-04"],
    ["Wednesday 25/11/2026: the tenth day is a Saturday", at("2026-11-25"), "2026-12-07"],
    ["Thursday 26/11/2026: the tenth day is a Sunday", at("2026-11-26"), "2026-12-07"],
    ["Tuesday 22/12/2026: the tenth day is New Year", at("2026-12-22"), "2027-01-04"],
    ["Wednesday 27/01/2027: the tenth day is in Tết", at("2027-01-27"), "2027-02-12"],
    ["Thursday 18/02/2027: the tenth day is a Sunday", at("2027-02-18"), "2027-03-01"],
    ["Wednesday 10/02/2027: the tenth day is a Saturday made a working day", at("2027-02-10"), "2027-02-20"],
    ["Saturday 19/02/2028: the tenth day is 29 February", at("2028-02-19"), "2028-02-29"],
    ["17:00 UTC of 23/11, which is already 24/11 in Viet Nam", new Date("2026-11-23T17:00:00Z"), "2026-12-04"],
    ["16:59:59.999 UTC of 23/11, which is still 23/11 in Viet Nam", new Date("2026-11-23T16:59:59.999Z"), "2026-12-03"],
  ])("confirmed on %s", (_said, confirmedAt, lastDay) => {
    const deadline = lapsesAt(confirmedAt, calendar);
    expect(lastDayOf(deadline).toString()).toBe(lastDay);
    expect(deadline).toEqual(new Date(at(lastDay).getTime() + 24 * HOUR));
  });

  it("cannot be told when it falls in a year without a holiday table", () => {
    expect(() => lapsesAt(at("2028-12-25"), calendar)).toThrow(UnknownYear);
  });

  it("is promised there as far as it is known, and elsewhere by the table", () => {
    expect(lastDayOf(promisedUntil(at("2028-12-22"), calendar)).toString()).toBe("2029-01-02");
    expect(promisedUntil(at("2026-11-23"), calendar)).toEqual(lapsesAt(at("2026-11-23"), calendar));
  });

  it("agrees with a second counter that walks day by day, whatever the instant", () => {
    fc.assert(
      fc.property(instants, (confirmedAt) => {
        expect(lapsesAt(confirmedAt, calendar).getTime()).toBe(walk(confirmedAt));
      }),
      { numRuns: 5000 },
    );
  });

  it("is open until its last instant and over at 24:00", () => {
    const deadline = lapsesAt(at("2026-11-23", "10:00:00.000"), calendar);
    const file = { status: "confirmed", lapsesAt: deadline } as const;
    expect(isOverdue(file, at("2026-12-03", "23:59:59.999"))).toBe(false);
    expect(isOverdue(file, at("2026-12-04"))).toBe(true);
    expect(isOverdue({ ...file, status: "received" }, at("2026-12-04"))).toBe(false);
  });
});

describe("days left", () => {
  const deadline = lapsesAt(at("2026-11-23", "09:00:00.000"), calendar);

  it.each([
    ["2026-11-23", "00:00:00.000", 10],
    ["2026-11-23", "06:59:00.000", 10],
    ["2026-11-23", "07:00:00.000", 10],
    ["2026-11-23", "23:59:59.999", 10],
    ["2026-11-24", "00:00:00.000", 9],
    ["2026-12-02", "23:59:59.999", 1],
    ["2026-12-03", "00:00:00.000", 0],
    ["2026-12-03", "06:59:00.000", 0],
    ["2026-12-03", "07:00:00.000", 0],
    ["2026-12-03", "23:59:59.999", 0],
    ["2026-12-04", "00:00:00.000", 0],
  ])("on %s at %s: %i", (day, time, left) => {
    expect(daysLeft(at(day, time), deadline)).toBe(left);
  });

  it("are the midnights in Viet Nam that stand between now and the deadline", () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 0, max: 16 * 24 * HOUR }), (confirmedAt, later) => {
        const end = lapsesAt(confirmedAt, calendar);
        const now = new Date(confirmedAt.getTime() + later);
        expect(daysLeft(now, end)).toBe(midnightsBetween(now, end));
      }),
      { numRuns: 5000 },
    );
  });

  it("are never fewer than the ten days on the day of confirmation", () => {
    fc.assert(
      fc.property(instants, (confirmedAt) => {
        expect(daysLeft(confirmedAt, lapsesAt(confirmedAt, calendar))).toBeGreaterThanOrEqual(TERM_DAYS);
      }),
    );
  });
});

describe("the fifteen minutes", () => {
  it("run from the instant of reception, over midnight and year's end too", () => {
    expect(noticeDueAt(at("2026-12-31", "23:50:00.000"))).toEqual(at("2027-01-01", "00:05:00.000"));
  });
});

describe("status", () => {
  const kinds: EventKind[] = [
    "drafted", "confirmed", "withdrawn", "lapsed", "received", "taken",
    "released", "paper_filed", "printed", "accepted", "refused",
  ]; // biome-ignore format: a table

  it.each([
    [["drafted"], "draft"],
    [["drafted", "confirmed"], "confirmed"],
    [["drafted", "confirmed", "printed", "received", "taken", "paper_filed"], "received"],
    [["drafted", "confirmed", "received", "accepted"], "accepted"],
    [["drafted", "confirmed", "received", "refused"], "refused"],
    [["drafted", "confirmed", "lapsed"], "lapsed"],
    [["drafted", "withdrawn"], "withdrawn"],
    [["drafted", "confirmed", "lapsed", "received"], "lapsed"],
    [["drafted", "confirmed", "received", "accepted", "refused"], "accepted"],
  ] as [EventKind[], string][])("after %j it is %s", (events, status) => {
    expect(statusOf(events.map((kind) => ({ kind })))).toBe(status);
  });

  it("never leaves an end, whatever arrives later, twice or out of order", () => {
    const ends = ["accepted", "refused", "lapsed", "withdrawn"];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...kinds)), fc.array(fc.constantFrom(...kinds)), (before, after) => {
        const status = statusOf(before.map((kind) => ({ kind })));
        if (ends.includes(status)) expect(statusOf([...before, ...after].map((kind) => ({ kind })))).toBe(status);
      }),
    );
  });

  it("leaves the citizen something to do in every state but while the office decides and after acceptance", () => {
    const idle = STATUSES.filter((status) => allowed(status, "citizen").length === 0);
    expect(idle).toEqual(["accepted"]);
    expect(allowed("received", "citizen")).toEqual(["print"]);
    expect(allowed("lapsed", "citizen")).toEqual(["redeclare"]);
  });

  it("lets nobody but an officer receive, accept or refuse, and nobody but the system lapse", () => {
    const steps: StepKind[] = ["received", "accepted", "refused", "lapsed"];
    for (const status of STATUSES) {
      for (const kind of steps) expect(statusAfter(status, kind, "citizen")).toBeUndefined();
      expect(statusAfter(status, "lapsed", "staff")).toBeUndefined();
    }
    expect(statusAfter("confirmed", "lapsed", "system")).toBe("lapsed");
  });
});

describe("the sweep", () => {
  it("stops for a person when far more files than usual would end", () => {
    const limits = { atLeast: 200, times: 5 };
    expect(isUnusualSweep(200, 0, limits)).toBe(false);
    expect(isUnusualSweep(201, 0, limits)).toBe(true);
    expect(isUnusualSweep(500, 100, limits)).toBe(false);
    expect(isUnusualSweep(501, 100, limits)).toBe(true);
  });

  it.each([
    ["Friday after Tết, when all its days end", "2027-02-13", 7],
    ["the Sunday after it", "2027-02-14", 7],
    ["Monday", "2027-01-12", 2],
    ["a day in the middle of a week", "2027-01-14", 0],
  ])("counts the days off whose files end with %s", (_when, today, days) => {
    expect(daysHeldBack(plainDate(today), calendar)).toBe(days);
  });
});

const instants = fc.date({ min: at("2026-01-01"), max: at("2028-12-10", "12:00:00.000"), noInvalidDate: true });

/** Counts with bare milliseconds at +07:00, sharing nothing with the rule but the holiday table. */
function walk(confirmedAt: Date): number {
  const DAY = 24 * HOUR;
  let midnight = Math.floor((confirmedAt.getTime() + 7 * HOUR) / DAY) * DAY;
  for (let day = 0; day < 10; day += 1) midnight += DAY;
  for (;;) {
    const iso = new Date(midnight).toISOString().slice(0, 10);
    const weekday = new Date(midnight).getUTCDay();
    const isOff =
      calendar.holidays.has(iso) || ((weekday === 0 || weekday === 6) && !calendar.workingWeekends.has(iso));
    if (!isOff) return midnight + DAY - 7 * HOUR;
    midnight += DAY;
  }
}

/** Steps through every midnight at +07:00 strictly after now and strictly before the deadline. */
function midnightsBetween(now: Date, end: Date): number {
  let midnight = at(plainDate("2026-01-01").toString()).getTime();
  let count = 0;
  for (; midnight < end.getTime(); midnight += 24 * HOUR) if (midnight > now.getTime()) count += 1;
  return count;
}
