import { describe, expect, test } from "vitest";
import { endOf, plainDate } from "../kernel/calendar.ts";
import { isLimited, isPasswordOutlived, minutesLeft, parseLogin, passwordDueOn, whyChange } from "./rules.ts";

describe("six months of a password", () => {
  test.each([
    ["2026-08-31", "2027-02-28"],
    ["2026-08-30", "2027-02-28"],
    ["2026-08-29", "2027-02-28"],
    ["2026-08-28", "2027-02-28"],
    ["2027-08-31", "2028-02-29"],
    ["2027-08-29", "2028-02-29"],
    ["2028-02-29", "2028-08-29"],
    ["2026-12-31", "2027-06-30"],
    ["2027-03-31", "2027-09-30"],
    ["2026-10-31", "2027-04-30"],
    ["2026-11-23", "2027-05-23"],
  ])("a password set on %s is due on %s, not moved to a working day", (setOn, due) => {
    expect(passwordDueOn(plainDate(setOn)).toString()).toBe(due);
  });

  test("it opens the account to the last moment of the due day and no longer", () => {
    const setOn = plainDate("2026-08-31");
    const end = endOf(plainDate("2027-02-28"));
    expect(end.toISOString()).toBe("2027-02-28T17:00:00.000Z");
    expect(isPasswordOutlived(setOn, new Date(end.getTime() - 1))).toBe(false);
    expect(isPasswordOutlived(setOn, end)).toBe(true);
  });

  test("at the due moment 100 of 100 passwords lead to the change page, whatever day they were set", () => {
    for (let day = 0; day < 100; day += 1) {
      const setOn = plainDate("2026-07-01").add({ days: day * 5 });
      const account = { password_kind: "chosen", password_set_on: setOn.toString() };
      const due = endOf(passwordDueOn(setOn));
      expect(whyChange(account, new Date(due.getTime() - 1))).toBeUndefined();
      expect(whyChange(account, due)).toBe("outlived");
    }
  });

  test("R25: who has no password is never asked to change it", () => {
    const account = { password_kind: "none", password_set_on: "2020-01-01" };
    expect(whyChange(account, new Date("2026-11-23T02:00:00Z"))).toBeUndefined();
  });

  test("an issued password leads to the change page from the first day", () => {
    const account = { password_kind: "issued", password_set_on: "2026-11-23" };
    expect(whyChange(account, new Date("2026-11-23T02:00:00Z"))).toBe("first");
  });
});

test("T17: a limit holds until its moment, 72 h 0 min 0 s, and not a millisecond longer", () => {
  const until = new Date("2026-11-26T02:00:00.000Z");
  expect(isLimited({ limited_until: until }, new Date(until.getTime() - 1))).toBe(true);
  expect(isLimited({ limited_until: until }, until)).toBe(false);
  expect(isLimited({ limited_until: null }, until)).toBe(false);
});

test.each([
  ["5221234567", { kind: "bhxh", number: "5221234567" }],
  [" 5221 234 567 ", { kind: "bhxh", number: "5221234567" }],
  ["052190000123", { kind: "personal_id", number: "052190000123" }],
  ["052 190 000 123", { kind: "personal_id", number: "052190000123" }],
  ["212345678", undefined],
  ["DN4520123456789", undefined],
  ["", undefined],
])("%j signs in as %j", (typed, login) => {
  expect(parseLogin(typed)).toEqual(login);
});

test.each([
  [1, 1],
  [60, 1],
  [61, 2],
  [900, 15],
])("%d seconds are told as %d minutes", (seconds, minutes) => {
  expect(minutesLeft(seconds)).toBe(minutes);
});
