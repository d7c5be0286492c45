import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { passwordDueOn } from "../../src/account/rules.ts";
import { projectRoot } from "../../src/db/root.ts";
import { dayOf, formatBirth, formatInstant, formatLongDay, plainDate } from "../../src/kernel/calendar.ts";
import { renderMail, renderSms } from "../../src/notices/templates.ts";
import { anAnswer } from "../../src/registration/answers.fixture.ts";
import { linesOf } from "../../src/registration/form01/lines.ts";
import { daysLeft, isOverdue, lapsesAt, lastDayOf, noticeDueAt } from "../../src/registration/rules.ts";
import { readClock } from "../../src/review/rules-clock.ts";
import { dice } from "../dice.ts";
import {
  dayNumber,
  isoOf,
  madeUpTable,
  midnightsLeft,
  nextWorkingDays,
  sixMonthsOn,
  tenDaysEnd,
} from "./second-counter.ts";

/**
 * Every term, in whatever zone the machine stands (R17): 4,260 fixed vectors counted by another program
 * (test/vectors/make-deadlines.py), and random dates against a second counter. `npm run test:dates` takes a million.
 */
const ZONES = [
  ["UTC", 0],
  ["Asia/Ho_Chi_Minh", -420],
  ["America/St_Johns", 210],
  ["Pacific/Kiritimati", -840],
] as const;
const DATES = Number(process.env.VSSID_DATES ?? 60_000);
const SEED = Number(process.env.VSSID_SEED ?? 330);
const DAY_MS = 86_400_000;

const linesOfFile = (path: string) => readFileSync(join(projectRoot, path), "utf8").trim().split("\n").slice(1);
const holidayRows = linesOfFile("db/reference/public-holidays.csv").map((line) => line.split(","));
const table = {
  years: new Set(linesOfFile("db/reference/public-holiday-years.csv").map((line) => Number(line.slice(0, 4)))),
  holidays: new Set(holidayRows.filter(([, , kind]) => kind === "holiday").map(([day = ""]) => day)),
  workingWeekends: new Set(holidayRows.filter(([, , kind]) => kind === "working_weekend").map(([day = ""]) => day)),
};
const vectors = linesOfFile("test/vectors/deadlines.csv").map(
  (line) => line.split(",") as [string, string, string, string, string],
);
const weekdays: Record<string, string> = {
  Mon: "thứ Hai",
  Tue: "thứ Ba",
  Wed: "thứ Tư",
  Thu: "thứ Năm",
  Fri: "thứ Sáu",
  Sat: "thứ Bảy",
  Sun: "Chủ nhật",
};
const weekdayOf = (iso: string) => formatLongDay(plainDate(iso)).split(",")[0];

const first = dayNumber(2026, 1, 1);
const last = dayNumber(2045, 12, 1);
const twenty = madeUpTable(2026, 2046);
const nextWorking = nextWorkingDays(first, dayNumber(2046, 12, 31), twenty);

/** A day of twenty years, and an instant of it: often the first or last thousandth of a second. */
function drawInstant(roll: () => number): Date {
  const midnight = (first + Math.floor(roll() * (last - first))) * DAY_MS - 7 * 3_600_000;
  const edge = Math.floor(roll() * 6);
  if (edge === 0) return new Date(midnight);
  if (edge === 1) return new Date(midnight - 1);
  if (edge === 2) return new Date(midnight + DAY_MS - 1);
  return new Date(midnight + Math.floor(roll() * DAY_MS));
}

describe.each(ZONES)("on a machine in %s", (zone, minutesBehindUtc) => {
  const before = process.env.TZ;
  beforeAll(() => {
    process.env.TZ = zone;
  });
  afterAll(() => {
    process.env.TZ = before;
  });

  it("the machine really stands there", () => {
    expect(new Date(2026, 0, 15).getTimezoneOffset()).toBe(minutesBehindUtc);
  });

  it("all fixed vectors of the ten days and the six months hold, weekdays included (R17, T2)", () => {
    expect(4 * vectors.length).toBeGreaterThanOrEqual(2000);
    const wrong = vectors.flatMap(([day, weekday, lastDay, weekdayOfLast, dueOn]) => {
      const found = ["00:00:00.000", "23:59:59.999"].flatMap((time) => {
        const start = new Date(`${day}T${time}+07:00`);
        const end = lapsesAt(start, table);
        const isRight =
          lastDayOf(end).toString() === lastDay &&
          end.getTime() === Date.parse(`${lastDay}T00:00:00+07:00`) + DAY_MS &&
          passwordDueOn(dayOf(start)).toString() === dueOn;
        return isRight ? [] : [`${day} ${time}: ${lastDayOf(end)}, ${passwordDueOn(dayOf(start))}`];
      });
      const names = weekdayOf(day) === weekdays[weekday] && weekdayOf(lastDay) === weekdays[weekdayOfLast];
      return names ? found : [...found, `${day} is no ${weekday}, or ${lastDay} no ${weekdayOfLast}`];
    });
    expect(wrong).toEqual([]);
  });

  it(`random dates of twenty years are counted alike by the second counter (R17, seed ${SEED})`, {
    timeout: 600_000,
  }, () => {
    const { roll } = dice(SEED + minutesBehindUtc);
    const wrong: string[] = [];
    for (let nth = 0; nth < DATES / ZONES.length; nth += 1) {
      const at = drawInstant(roll);
      const now = new Date(at.getTime() + Math.floor(roll() * 16 * DAY_MS));
      const end = lapsesAt(at, twenty);
      const second = tenDaysEnd(at.getTime(), nextWorking);
      const isAlike =
        end.getTime() === second &&
        daysLeft(now, end) === midnightsLeft(now.getTime(), second) &&
        passwordDueOn(dayOf(at)).toString() === sixMonthsOn(at.getTime()) &&
        noticeDueAt(at).getTime() - at.getTime() === 900_000;
      if (!isAlike) wrong.push(at.toISOString());
    }
    expect(wrong).toEqual([]);
  });

  it("a birth date of before 1975 and an event late in the evening are shown as they were (T3, T8)", () => {
    expect(formatBirth(plainDate("1960-01-01"), "day")).toBe("01/01/1960");
    expect(formatInstant(new Date("2026-11-23T17:00:00Z"))).toBe("00:00 24/11/2026");
    expect(formatInstant(new Date("2026-11-23T16:59:59.999Z"))).toBe("23:59 23/11/2026");
  });
});

describe("the second counter", () => {
  it("would notice a counter that is a day off, or forgets a holiday", () => {
    const { roll } = dice(SEED);
    const offs = { late: 0, blind: 0 };
    const blind = { ...twenty, holidays: new Set<string>() };
    for (let nth = 0; nth < 2000; nth += 1) {
      const at = drawInstant(roll);
      const second = tenDaysEnd(at.getTime(), nextWorking);
      if (lapsesAt(new Date(at.getTime() + DAY_MS), twenty).getTime() !== second) offs.late += 1;
      if (lapsesAt(at, blind).getTime() !== second) offs.blind += 1;
    }
    expect(offs.late).toBeGreaterThan(1000);
    expect(offs.blind).toBeGreaterThan(20);
  });

  it("knows the calendar: 29 February, the end of a century, weekdays", () => {
    expect([isoOf(dayNumber(2028, 2, 29)), isoOf(dayNumber(2100, 2, 28) + 1)]).toEqual(["2028-02-29", "2100-03-01"]);
  });
});

describe("the last day is one day everywhere (T1)", () => {
  it("on the form, in text and mail, on the desk and in the days left, for random confirmations", () => {
    const { roll } = dice(SEED);
    for (let nth = 0; nth < 2500; nth += 1) {
      const at = drawInstant(roll);
      const end = lapsesAt(at, twenty);
      const now = new Date(at.getTime() + Math.floor(roll() * (end.getTime() - at.getTime())));
      const lastDay = lastDayOf(end);
      const long = formatLongDay(lastDay);
      const values = { code: "BD-4F7K-92QX", deadline: long, office: "BHXH cơ sở Tuy Phước" };
      const date = long.split(", ")[1] ?? "";
      const [day, month, year] = date.split("/");
      const form = linesOf({ code: values.code, answers: anAnswer(), officeName: "", lastDay });
      expect(form.deadline).toContain(`ngày ${day} tháng ${month} năm ${year}`);
      for (const template of ["declaration_confirmed", "declaration_reminder", "declaration_moved"] as const) {
        expect(renderSms(template, "vi", values)).toContain(date);
        expect(renderMail(template, "vi", values).text).toContain(long);
      }
      const left = midnightsLeft(now.getTime(), end.getTime());
      const desk = readClock({ status: "confirmed", noticeDueAt: null, lapsesAt: end }, now, daysLeft);
      expect([daysLeft(now, end), desk?.count]).toEqual([left, left]);
    }
  });

  it("is good to its last thousandth and not one longer (T4)", () => {
    const { roll } = dice(SEED + 1);
    for (let nth = 0; nth < 2500; nth += 1) {
      const end = lapsesAt(drawInstant(roll), twenty);
      const file = { status: "confirmed", lapsesAt: end } as const;
      expect(isOverdue(file, new Date(end.getTime() - 1))).toBe(false);
      expect(isOverdue(file, end)).toBe(true);
    }
  });
});
