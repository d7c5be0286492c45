import { execFileSync } from "node:child_process";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { projectRoot } from "../db/root.ts";
import { type BirthPrecision, plainDate } from "../kernel/calendar.ts";
import { endOf, hasTurned, type LinkTime, milestoneOn, nextLook, standingOn, turnsOn } from "./rules.ts";

const adult = 18;
const link = (change: Partial<LinkTime> = {}): LinkTime => ({
  status: "active",
  fromOn: "2015-01-01",
  lastOn: null,
  endsByAge: true,
  ...change,
});
const ward = (birthOn: string, birthPrecision: BirthPrecision = "day", diedOn: string | null = null) => ({
  birthOn,
  birthPrecision,
  diedOn,
});

/** Birth, precision, the day of the eighteenth birthday, the last instant at which the link holds. */
const births = [
  ["2008-11-24", "day", "2026-11-24", "2026-11-23T16:59:59.999Z"],
  ["2008-12-31", "day", "2026-12-31", "2026-12-30T16:59:59.999Z"],
  ["2009-01-01", "day", "2027-01-01", "2026-12-31T16:59:59.999Z"],
  ["2008-02-29", "day", "2026-02-28", "2026-02-27T16:59:59.999Z"],
  ["2012-02-29", "day", "2030-02-28", "2030-02-27T16:59:59.999Z"],
  ["2008-01-01", "year", "2026-12-31", "2026-12-30T16:59:59.999Z"],
  ["2008-02-01", "month", "2026-02-28", "2026-02-27T16:59:59.999Z"],
  ["2008-04-01", "month", "2026-04-30", "2026-04-29T16:59:59.999Z"],
  // Before 13/06/1975 Saigon lived at +08:00: the midnight of that day is another instant, the day is the same.
  ["1955-06-01", "day", "1973-06-01", "1973-05-31T15:59:59.999Z"],
  ["1957-07-01", "day", "1975-07-01", "1975-06-30T16:59:59.999Z"],
] as const;

describe("T14 a child's link ends at 00:00 in Viet Nam on the day the child comes of age", () => {
  test.each(births)("born %s (known to the %s): on %s", (birthOn, precision, day) => {
    expect(turnsOn(ward(birthOn, precision), adult).toString()).toBe(day);
    const today = plainDate(day);
    const born = ward(birthOn, precision);
    const held = { ...link(), fromOn: "1950-01-01" };
    expect(standingOn(held, born, adult, today.subtract({ days: 1 }))).toBe("holds");
    expect(standingOn(held, born, adult, today)).toBe("over");
  });

  test.each(["UTC", "Asia/Ho_Chi_Minh", "America/Los_Angeles", "Pacific/Kiritimati"])(
    "a second before and after midnight are told apart wherever the server stands: %s",
    (zone) => {
      const answers = JSON.parse(runIn(zone)) as [before: string, after: string, shift: number][];
      expect(answers.map(([before, after]) => [before, after])).toEqual(births.map(() => ["holds", "over"]));
      expect(new Set(answers.map(([, , shift]) => shift)).size).toBe(1);
    },
  );
});

/** The rules in a process of their own, whose clock shows the time of another part of the world. */
function runIn(zone: string): string {
  const script = `
    import { dayOf } from ${JSON.stringify(join(projectRoot, "src/kernel/calendar.ts"))};
    import { standingOn } from ${JSON.stringify(join(projectRoot, "src/guardian/rules.ts"))};
    const held = { status: "active", fromOn: "1950-01-01", lastOn: null, endsByAge: true };
    const births = ${JSON.stringify(births)};
    const at = (birthOn, birthPrecision, ms) =>
      standingOn(held, { birthOn, birthPrecision, diedOn: null }, 18, dayOf(new Date(ms)));
    console.log(JSON.stringify(births.map(([birthOn, precision, , last]) => {
      const end = Date.parse(last);
      return [at(birthOn, precision, end - 999), at(birthOn, precision, end + 1), new Date(0).getTimezoneOffset()];
    })));
  `;
  return execFileSync(
    process.execPath,
    ["--experimental-transform-types", "--input-type=module", "--no-warnings", "-e", script],
    {
      env: { PATH: process.env.PATH ?? "", TZ: zone },
      encoding: "utf8",
    },
  );
}

describe("a link", () => {
  const today = plainDate("2026-11-23");
  const child = ward("2020-05-05");

  test.each([
    ["holds", {}, child],
    ["proposed", { status: "proposed" }, child],
    ["blocked", { status: "blocked" }, child],
    ["ended", { status: "ended" }, child],
    ["rejected", { status: "rejected" }, child],
    ["not_yet", { fromOn: "2026-11-24" }, child],
    ["holds", { fromOn: "2026-11-23" }, child],
    ["over", { lastOn: "2026-11-22" }, child],
    ["holds", { lastOn: "2026-11-23" }, child],
    ["ward_died", {}, ward("2020-05-05", "day", "2026-11-01")],
    ["over", {}, ward("2000-05-05")],
    ["holds", { endsByAge: false }, ward("2000-05-05")],
    ["over", { endsByAge: false, lastOn: "2026-01-01" }, ward("2000-05-05")],
  ] as const)("stands as %s when it is %j", (standing, change, of) => {
    expect(standingOn(link(change), of, adult, today)).toBe(standing);
  });

  test("ends on the paper's own day when that comes before the birthday, and on the birthday when not", () => {
    const born = ward("2010-03-01");
    expect(endOf(link({ lastOn: "2027-06-30" }), born, adult)).toMatchObject({ why: "last_day" });
    expect(endOf(link({ lastOn: "2027-06-30" }), born, adult)?.on.toString()).toBe("2027-07-01");
    expect(endOf(link({ lastOn: "2031-06-30" }), born, adult)).toMatchObject({ why: "age" });
    expect(endOf(link({ endsByAge: false }), born, adult)).toBeUndefined();
  });

  test("never ends a child's link before eighteen whole years by the calendar, whatever the day of birth", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 366 * 60 }), (days) => {
        const born = plainDate("1960-01-01").add({ days });
        const end = turnsOn(ward(born.toString()), adult);
        expect(end.year - born.year).toBe(adult);
        const isLeapDay = born.month === 2 && born.day === 29;
        if (!isLeapDay) expect([end.month, end.day]).toEqual([born.month, born.day]);
        expect(hasTurned(ward(born.toString()), adult, end)).toBe(true);
        expect(hasTurned(ward(born.toString()), adult, end.subtract({ days: 1 }))).toBe(false);
      }),
    );
  });

  test.each([
    ["2026-12-24", undefined],
    ["2026-12-23", 30],
    ["2026-11-25", 30],
    ["2026-11-24", 1],
    ["2026-11-23", undefined],
  ] as const)("that ends on %s is told about at the milestone of %s days", (end, milestone) => {
    expect(milestoneOn(plainDate(end), today)).toBe(milestone);
  });

  test.each([
    ["2027-06-01", "2027-05-02"],
    ["2026-12-24", "2026-11-24"],
    ["2026-12-23", "2026-12-22"],
    ["2026-11-24", "2026-11-24"],
    ["2026-11-23", undefined],
    [undefined, undefined],
  ] as const)("that ends on %s is looked at next on %s", (end, next) => {
    expect(nextLook(end && plainDate(end), today)?.toString()).toBe(next);
  });
});
