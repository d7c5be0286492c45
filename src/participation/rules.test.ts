import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  monthIso,
  monthNumber,
  monthsIn,
  type Period,
  type PeriodStatus,
  parseFund,
  parseMonth,
  rowsCovering,
  spanOf,
  totalsOf,
} from "./rules.ts";
import { salarySteps } from "./rules-salary.ts";
import { bandLabel, stintsOf, stripOf } from "./rules-strip.ts";
import { words } from "./words-marks.ts";

const row = (from: string, to: string, over: Partial<Period> = {}): Period => ({
  fund: "bhxh",
  fromMonth: `${from}-01`,
  toMonth: `${to}-01`,
  unitCode: "XX0001A",
  unitName: "Công ty Mẫu Một",
  status: "paid",
  ...over,
});

describe("months of participation", () => {
  test("both ends of a range count: 04/2025 to 03/2026 is 12 months", () => {
    expect(monthsIn(row("2025-04", "2026-03"))).toBe(12);
    expect(totalsOf([row("2025-04", "2026-03")], "bhxh").paid).toBe(12);
  });

  test("a month that two employers cover counts once", () => {
    const rows = [row("2024-01", "2024-12"), row("2024-07", "2025-06", { unitCode: "XX0002B" })];
    expect(totalsOf(rows, "bhxh").paid).toBe(18);
  });

  test("each fund has its own sum", () => {
    const rows = [row("2024-01", "2024-12"), row("2024-03", "2024-12", { fund: "bhtn" })];
    expect(totalsOf(rows, "bhxh").paid).toBe(12);
    expect(totalsOf(rows, "bhtn").paid).toBe(10);
    expect(totalsOf(rows, "tnld").paid).toBe(0);
  });

  test("unpaid months are told apart and never added", () => {
    const rows = [row("2024-01", "2024-06"), row("2024-07", "2024-09", { status: "unpaid" })];
    expect(totalsOf(rows, "bhxh")).toMatchObject({ paid: 6, unpaid: 3, gaps: [] });
  });

  test("a month unpaid by one employer and paid by another is paid", () => {
    const rows = [row("2024-01", "2024-03", { status: "unpaid" }), row("2024-02", "2024-02", { unitCode: "XX0002B" })];
    expect(totalsOf(rows, "bhxh")).toMatchObject({ paid: 1, unpaid: 2 });
  });

  test("months taken back as a lump sum are not paid time", () => {
    const rows = [row("2015-01", "2017-12", { status: "refunded" }), row("2018-01", "2018-12")];
    expect(totalsOf(rows, "bhxh")).toMatchObject({ paid: 12, refunded: 36 });
  });

  test("a gap lies between covered months, not before the first or after the last", () => {
    const totals = totalsOf([row("2023-11", "2023-12"), row("2024-03", "2024-03")], "bhxh");
    expect(totals.gaps).toEqual([{ fromMonth: "2024-01-01", toMonth: "2024-02-01", months: 2 }]);
    expect(totals).toMatchObject({ firstMonth: "2023-11-01", lastMonth: "2024-03-01" });
  });

  test("nothing on record gives zero and no gap", () => {
    expect(totalsOf([], "bhyt")).toEqual({
      paid: 0,
      unpaid: 0,
      refunded: 0,
      gaps: [],
      firstMonth: undefined,
      lastMonth: undefined,
    });
  });

  test("the deciding row of a month comes first", () => {
    const paid = row("2024-01", "2024-03");
    const unpaid = row("2024-02", "2024-02", { status: "unpaid", unitCode: "XX0002B" });
    expect(rowsCovering([unpaid, paid], "bhxh", "2024-02-01")).toEqual([paid, unpaid]);
    expect(rowsCovering([unpaid, paid], "bhxh", "2024-05-01")).toEqual([]);
  });
});

describe("marks and readings", () => {
  test.each([
    [7, { years: 0, months: 7 }],
    [24, { years: 2, months: 0 }],
    [148, { years: 12, months: 4 }],
  ])("%i months are written in years and months", (months, span) => {
    expect(spanOf(months)).toEqual(span);
  });

  test.each([
    [words.en.ageText(60, 1), "60 years 1 month"],
    [words.en.ageText(60, 3), "60 years 3 months"],
    [words.en.share("01/2026", "12/2026", 1, 6), "6 months are needed. 1 was paid from 01/2026 to 12/2026."],
    [words.en.share("01/2026", "12/2026", 5, 6), "6 months are needed. 5 were paid from 01/2026 to 12/2026."],
  ])("one month is said as one: %s", (said, right) => {
    expect(said).toBe(right);
  });

  test.each([
    ["2026-04", "2026-04-01"],
    ["2026-13", undefined],
    ["2026-4", undefined],
    ["1826-04", undefined],
  ])("the month %s in an address is read as %s", (text, month) => {
    expect(parseMonth(text)).toBe(month);
  });

  test("only the four funds are funds", () => {
    expect(parseFund("bhyt")).toBe("bhyt");
    expect(parseFund("xyz")).toBeUndefined();
    expect(parseFund(undefined)).toBeUndefined();
  });
});

describe("calendar strip", () => {
  test("a row a year, newest first, twelve cells each", () => {
    const rows = stripOf([row("2024-11", "2025-02")], "bhxh");
    expect(rows.map((year) => year.year)).toEqual([2025, 2024]);
    expect(rows.every((year) => year.cells.length === 12)).toBe(true);
    expect(rows[1]?.cells.map((cell) => cell.kind)).toEqual([...Array(10).fill("none"), "paid", "paid"]);
  });

  test("neighbouring months of one kind and unit are one run", () => {
    const rows = stripOf(
      [row("2024-01", "2024-03"), row("2024-04", "2024-06", { unitCode: "XX0002B", unitName: "Công ty Mẫu Hai" })],
      "bhxh",
    );
    expect(rows[0]?.runs.map((run) => [run.kind, run.from, run.to])).toEqual([
      ["paid", 0, 2],
      ["paid", 3, 5],
      ["none", 6, 11],
    ]);
    expect(rows[0]?.bands).toEqual([
      { name: "Công ty Mẫu Một", nth: 0, from: 0, to: 2 },
      { name: "Công ty Mẫu Hai", nth: 1, from: 3, to: 5 },
    ]);
  });

  test("a missing month between two rows is a gap", () => {
    const kinds = stripOf([row("2024-01", "2024-01"), row("2024-03", "2024-03")], "bhxh")[0]?.cells.map((c) => c.kind);
    expect(kinds?.slice(0, 4)).toEqual(["paid", "gap", "paid", "none"]);
  });

  test("a unit is one band over paid and unpaid months alike", () => {
    const rows = [row("2024-01", "2024-03"), row("2024-04", "2024-06", { status: "unpaid" })];
    expect(stripOf(rows, "bhxh")[0]?.bands).toEqual([{ name: "Công ty Mẫu Một", nth: 0, from: 0, to: 5 }]);
  });

  test.each([
    ["Công ty TNHH May Mẫu", 20, "May Mẫu"],
    ["Công ty Cổ phần Gỗ Mẫu Phước Lộc", 10, "Gỗ Mẫu Ph…"],
    ["Trường Mẫu giáo Hoa Mẫu", 3, ""],
  ])("a band calls %s in %i letters „%s“", (name, letters, label) => {
    expect(bandLabel(name, letters)).toBe(label);
  });

  test("the list tells every stint and gap, newest first", () => {
    const rows = [row("2023-11", "2024-02"), row("2024-05", "2024-06", { unitCode: "XX0002B", status: "unpaid" })];
    expect(stintsOf(rows, "bhxh").map(({ kind, fromMonth, months }) => [kind, fromMonth.slice(0, 7), months])).toEqual([
      ["unpaid", "2024-05", 2],
      ["gap", "2024-03", 2],
      ["paid", "2023-11", 4],
    ]);
  });

  test("a base is one step as long as it stays, and a gap breaks it", () => {
    const paid = (from: string, to: string, contributionBase: string | undefined) => ({
      ...row(from, to),
      contributionBase,
      rate: undefined,
    });
    const rows = [
      paid("2024-01", "2024-03", "5000000"),
      paid("2024-04", "2024-06", "5000000"),
      paid("2024-09", "2024-10", "5000000"),
      paid("2024-11", "2024-12", "6000000.5"),
      paid("2025-01", "2025-02", undefined),
    ];
    expect(salarySteps(rows, "bhxh").map((step) => [step.fromMonth, step.toMonth, step.base])).toEqual([
      ["2024-01-01", "2024-06-01", 500000000n],
      ["2024-09-01", "2024-10-01", 500000000n],
      ["2024-11-01", "2024-12-01", 600000050n],
    ]);
  });

  test("no row, no strip", () => {
    expect(stripOf([], "bhxh")).toEqual([]);
  });
});

const periodArbitrary = fc
  .record({
    start: fc.integer({ min: 2000 * 12, max: 2026 * 12 }),
    length: fc.integer({ min: 0, max: 40 }),
    unit: fc.constantFrom("XX0001A", "XX0002B"),
    status: fc.constantFrom<PeriodStatus>("paid", "unpaid", "refunded"),
  })
  .map(({ start, length, unit, status }) =>
    row(monthIso(start).slice(0, 7), monthIso(start + length).slice(0, 7), { unitCode: unit, status }),
  );

describe("for any rows", () => {
  test("paid, unpaid, refunded and gap months fill the time from first to last exactly", () => {
    fc.assert(
      fc.property(fc.array(periodArbitrary, { minLength: 1, maxLength: 12 }), (periods) => {
        const totals = totalsOf(periods, "bhxh");
        const gapMonths = totals.gaps.reduce((sum, gap) => sum + gap.months, 0);
        const span = monthNumber(totals.lastMonth ?? "") - monthNumber(totals.firstMonth ?? "") + 1;
        expect(totals.paid + totals.unpaid + totals.refunded + gapMonths).toBe(span);
      }),
    );
  });

  test("the strip shows exactly the months that the sums count", () => {
    fc.assert(
      fc.property(fc.array(periodArbitrary, { maxLength: 12 }), (periods) => {
        const totals = totalsOf(periods, "bhxh");
        const cells = stripOf(periods, "bhxh").flatMap((year) => year.cells);
        const count = (kind: string) => cells.filter((cell) => cell.kind === kind).length;
        expect([count("paid"), count("unpaid"), count("refunded")]).toEqual([
          totals.paid,
          totals.unpaid,
          totals.refunded,
        ]);
        expect(count("gap")).toBe(totals.gaps.reduce((sum, gap) => sum + gap.months, 0));
      }),
    );
  });

  test("the order of the rows changes nothing", () => {
    fc.assert(
      fc.property(fc.array(periodArbitrary, { maxLength: 8 }), (periods) => {
        expect(totalsOf(periods.toReversed(), "bhxh")).toEqual(totalsOf(periods, "bhxh"));
      }),
    );
  });
});
