import { describe, expect, test } from "vitest";
import { plainDate } from "../kernel/calendar.ts";
import {
  type Card,
  cardToShow,
  endsSoon,
  entitlementOn,
  type GroupEntry,
  groupOn,
  hasFiveYears,
  stateOf,
  thresholdsOn,
} from "./rules.ts";

const day = plainDate("2026-11-23");
const entry = (over: Partial<GroupEntry> = {}): GroupEntry => ({
  from: "2015-11-16",
  to: undefined,
  nameVi: "Doanh nghiệp",
  nameEn: "enterprise",
  level: undefined,
  percent: undefined,
  ...over,
});
const nearPoor = [
  entry({ to: "2025-12-31", level: 3, percent: 95 }),
  entry({ from: "2026-01-01", level: 3, percent: 100 }),
];
const card = (over: Partial<Card> = {}): Card => ({
  number: "099190000123",
  form: "card12",
  validFrom: "2026-01-01",
  validTo: "2026-12-31",
  status: "valid",
  group: "DN",
  groupEntries: [entry({ level: 4 })],
  level: 4,
  livingArea: undefined,
  facilityCode: "79999",
  fiveYearOn: "2024-01-01",
  issuedBy: undefined,
  ...over,
});

describe("which card is valid on a day", () => {
  test.each([
    ["2025-12-31", "not_yet"],
    ["2026-01-01", "valid"],
    ["2026-12-31", "valid"],
    ["2027-01-01", "ended"],
  ])("on %s a card of 2026 is %s: both ends count", (on, state) => {
    expect(stateOf(card(), plainDate(on))).toBe(state);
  });

  test("a card without an end stays valid", () => {
    expect(stateOf(card({ validTo: undefined }), plainDate("2040-01-01"))).toBe("valid");
  });

  test.each(["replaced", "revoked", "reported_down"] as const)(
    "a card that is %s is not valid, whatever its dates",
    (status) => {
      expect(stateOf(card({ status }), day)).toBe(status);
    },
  );

  test("the new number is shown, not the one that it replaced", () => {
    const old = card({ number: "DN4990000000123", form: "card15", status: "replaced" });
    expect(cardToShow([old, card()], day)).toEqual({ card: card(), state: "valid" });
  });

  test("of two valid cards of one date the newest form of number is shown", () => {
    const old = card({ number: "9900000123", form: "card10" });
    expect(cardToShow([old, card()], day)?.card.form).toBe("card12");
  });

  test("of two valid cards the one that began last is shown", () => {
    const older = card({ validFrom: "2025-01-01", validTo: undefined });
    expect(cardToShow([older, card()], day)?.card.validFrom).toBe("2026-01-01");
  });

  test("without a valid card, one that begins soonest; without that, the one that ended last", () => {
    const next = card({ validFrom: "2027-01-01", validTo: "2027-12-31" });
    const after = card({ validFrom: "2028-01-01", validTo: "2028-12-31" });
    const past = card({ validFrom: "2024-01-01", validTo: "2024-12-31" });
    const longPast = card({ validFrom: "2020-01-01", validTo: "2020-12-31" });
    expect(cardToShow([past, after, next], day)).toEqual({ card: next, state: "not_yet" });
    expect(cardToShow([longPast, past], day)).toEqual({ card: past, state: "ended" });
  });

  test("nobody's card is nobody's card", () => {
    expect(cardToShow([], day)).toBeUndefined();
  });
});

describe("what a card gives", () => {
  test.each([
    [1, 100],
    [2, 100],
    [3, 95],
    [4, 80],
    [5, 100],
  ] as const)("level %i pays %i percent within scope", (level, percent) => {
    expect(entitlementOn(card({ level, groupEntries: [] }), day)?.percent).toBe(percent);
  });

  test("a near-poor card printed with 95 percent pays 100 from 01/01/2026", () => {
    const printed = card({ group: "CN", level: 3, groupEntries: nearPoor });
    expect(entitlementOn(printed, plainDate("2025-12-31"))?.percent).toBe(95);
    expect(entitlementOn(printed, day)?.percent).toBe(100);
    expect(groupOn(printed, day)?.from).toBe("2026-01-01");
  });

  test("an entry of the list that an operator adds goes before the one that is still open", () => {
    const added = entry({ from: "2026-11-01", level: 2 });
    for (const groupEntries of [
      [added, entry({ level: 4 })],
      [entry({ level: 4 }), added],
    ]) {
      expect(groupOn(card({ groupEntries }), day)).toBe(added);
      expect(groupOn(card({ groupEntries }), plainDate("2026-10-31"))?.level).toBe(4);
    }
  });

  test("a printed level that pays more than the group's stays", () => {
    expect(entitlementOn(card({ level: 2 }), day)).toEqual({ percent: 100, isWithoutRatios: false });
  });

  test("a card without a printed level has the group's", () => {
    const child = card({ level: undefined, group: "TE", groupEntries: [entry({ level: 1 })] });
    expect(entitlementOn(child, day)).toEqual({ percent: 100, isWithoutRatios: true });
  });

  test("a card that names neither group nor level promises nothing", () => {
    expect(entitlementOn(card({ group: undefined, groupEntries: [], level: undefined }), day)).toBeUndefined();
  });
});

describe("amounts that follow the base wage", () => {
  const wages = [
    { from: "2023-07-01", amount: 1_800_000n },
    { from: "2024-07-01", amount: 2_340_000n },
    { from: "2026-07-01", amount: 2_530_000n },
  ];

  test.each([
    ["2023-07-01", 270_000n, 10_800_000n],
    ["2026-06-30", 351_000n, 14_040_000n],
    ["2026-07-01", 379_500n, 15_180_000n],
  ])("on %s 15 percent is %s and six months are %s", (on, oneVisit, yearOfCoPayment) => {
    expect(thresholdsOn(wages, plainDate(on))).toEqual({ oneVisit, yearOfCoPayment });
  });

  test("before the table begins nothing is promised", () => {
    expect(thresholdsOn(wages, plainDate("2020-01-01"))).toBeUndefined();
  });
});

describe("what the dates mean", () => {
  test("the last 30 days are told", () => {
    expect(endsSoon(card(), plainDate("2026-12-01"))).toBe(30);
    expect(endsSoon(card(), plainDate("2026-12-31"))).toBe(0);
    expect(endsSoon(card(), day)).toBeUndefined();
    expect(endsSoon(card({ status: "revoked" }), plainDate("2026-12-20"))).toBeUndefined();
  });

  test("the five-year mark counts from its day on", () => {
    expect(hasFiveYears(card({ fiveYearOn: "2026-11-23" }), day)).toBe(true);
    expect(hasFiveYears(card({ fiveYearOn: "2026-11-24" }), day)).toBe(false);
    expect(hasFiveYears(card({ fiveYearOn: undefined }), day)).toBe(false);
  });
});
