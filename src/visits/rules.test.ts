import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addVnd, parseVnd, type Vnd, wholeVnd } from "../kernel/money.ts";
import { ITEM_FIELDS, type Item, readFlags, readItems, readNotes, readResults, writeItems } from "./items.ts";
import {
  barShare,
  type Costs,
  groupItems,
  isInpatient,
  mismatches,
  PAYERS,
  shownCosts,
  unevenLines,
  yearTotals,
} from "./rules.ts";

const vnd = (text: string) => parseVnd(text) as Vnd;
const costs = (total: string, fund: string, co: string, self: string, other = "0"): Costs => ({
  total: vnd(total),
  fund: vnd(fund),
  co: vnd(co),
  self: vnd(self),
  other: vnd(other),
});

/** The sample visit of the data standards: 726 600.50 in six lines. */
const sample: Item[] = readItems(
  writeItems([
    ["1", "D", "4", "40.48", "Thuốc mẫu A 500mg", "Viên", "20", "450", "100", "9000", "7200", "1800", "0", "0"],
    ["2", "D", "4", "40.999", "Thuốc mẫu B", "Viên", "10", "12000", "50", "120000", "48000", "12000", "60000", "0"],
    ["1", "S", "13", "13.1896", "Khám bệnh", "Lần", "1", "50600", "100", "50600", "36000", "9000", "5600", "0"],
    ["2", "S", "1", "23.0075", "Glucose", "Lần", "1", "21500", "100", "21500", "17200", "4300", "0", "0"],
    ["3", "S", "2", "18.0149", "Chụp CT", "Lần", "1", "522000", "100", "522000", "417600", "104400", "0", "0"],
    ["4", "M", "10", "N00", "Kim mẫu", "Cái", "1", "3500.5", "100", "3500.5", "2800.4", "700.1", "0", "0"],
  ]),
);
const sampleCosts = costs("726600.50", "528800.40", "132200.10", "65600");

describe("what a visit cost", () => {
  test("the four parts of the sample add up to the total on screen", () => {
    expect(shownCosts(sampleCosts)).toEqual({
      total: 726601n,
      fund: 528801n,
      co: 132200n,
      self: 65600n,
      other: 0n,
      apart: undefined,
    });
  });

  test("a difference of one đồng is rounding; more is told", () => {
    expect(shownCosts(costs("100", "80", "19", "0")).apart).toBeUndefined();
    expect(shownCosts(costs("100", "80", "10", "0")).apart).toBe(10n);
  });

  test("a year is summed exactly and rounded once", () => {
    const third = costs("0.4", "0.4", "0", "0");
    expect(yearTotals([third, third, third]).costs.fund).toBe(1n);
    expect(yearTotals([sampleCosts, sampleCosts])).toMatchObject({ visits: 2, own: 395600n });
    expect(yearTotals([])).toMatchObject({ visits: 0, own: 0n });
  });

  test("the lines stand under plain headings, and headings add up to the total", () => {
    const groups = groupItems(sample);
    expect(groups.map(({ group, total }) => [group, total])).toEqual([
      ["exam", 50600n],
      ["lab", 21500n],
      ["imaging", 522000n],
      ["drugs", 129000n],
      ["supplies", 3501n],
    ]);
    expect(groups.reduce((sum, group) => sum + group.total, 0n)).toBe(shownCosts(sampleCosts).total);
  });

  test("the four parts of a line add up to the line", () => {
    for (const { items } of groupItems(sample)) {
      for (const { total, parts } of items) expect(PAYERS.reduce((sum, payer) => sum + parts[payer], 0n)).toBe(total);
    }
  });

  test("an unknown cost group is shown under the rest, not dropped", () => {
    const odd = { ...(sample[0] as Item), group: "99" };
    expect(groupItems([odd])[0]?.group).toBe("rest");
  });

  test("the facility's totals are compared with the lines, not repaired", () => {
    expect(mismatches(sampleCosts, { total: "726600.5", fund: "528800.4" })).toEqual([]);
    expect(mismatches(sampleCosts, { total: "726700", other: "50" })).toEqual([
      { part: "total", declared: 726700n, lines: 726601n },
      { part: "other", declared: 50n, lines: 0n },
    ]);
    expect(mismatches(sampleCosts, { total: "not a number" })).toEqual([]);
  });

  test("a line that does not add up is named", () => {
    const uneven = { ...(sample[0] as Item), fund: "7000" };
    expect(unevenLines(sample)).toEqual([]);
    expect(unevenLines([uneven])).toEqual([uneven]);
  });

  test("bars of a list share one scale", () => {
    expect(barShare(50n, 200n)).toBe(0.25);
    expect(barShare(0n, 0n)).toBe(0);
    expect(barShare(-5n, 10n)).toBe(0);
  });

  test("in-patient care is told from one day's care", () => {
    expect(isInpatient("03")).toBe(true);
    expect(isInpatient("01")).toBe(false);
  });
});

describe("the layout of cost lines", () => {
  test("what is written is read back field by field", () => {
    expect(sample[5]).toMatchObject({ kind: "supply", group: "10", price: "3500.5", total: "3500.5", co: "700.1" });
    expect(ITEM_FIELDS).toHaveLength(14);
  });

  test.each([
    '{"a":1}',
    "[[1,2]]",
    '[["1","D"]]',
    '[["1","?","4","c","n","u","1","1","100","1","1","0","0","0"]]',
    "[",
  ])("another layout is refused: %s", (text) => {
    expect(() => readItems(text)).toThrow();
  });

  test("a layout of the future is refused", () => {
    expect(() => readItems("[]", 2)).toThrow("layout 2");
  });

  test("results, notes and flags are read by position; what is missing is empty", () => {
    expect(readResults('[["23.0075","00000","Glucose","7.2","mmol/L","","","2026-11-20 09:40"]]')[0]?.value).toBe(
      "7.2",
    );
    expect(readNotes('[["2026-11-20 09:40","Tỉnh táo"]]')[0]).toEqual({
      at: "2026-11-20 09:40",
      text: "Tỉnh táo",
      stage: "",
    });
    expect(readFlags('[["unknown_code","group"],"sum_total"]')).toEqual([
      { kind: "unknown_code", details: ["group"] },
      { kind: "sum_total", details: [] },
    ]);
    expect(() => readResults("{}")).toThrow();
    expect(readFlags("{}")).toEqual([]);
  });
});

const hundredths = fc.bigInt({ min: 0n, max: 10_000_000_000n });
const partsArbitrary = fc.tuple(hundredths, hundredths, hundredths, hundredths);
const text = (amount: bigint) => `${amount / 100n}.${String(amount % 100n).padStart(2, "0")}`;

describe("for any amounts", () => {
  test("the parts on screen add up to the total on screen, which is the exact total rounded", () => {
    fc.assert(
      fc.property(partsArbitrary, ([fund, co, self, other]) => {
        const exact = addVnd(fund as Vnd, co as Vnd, self as Vnd, other as Vnd);
        const shown = shownCosts({ total: exact, fund, co, self, other } as Costs);
        expect(shown.fund + shown.co + shown.self + shown.other).toBe(shown.total);
        expect(shown.total).toBe(wholeVnd(exact));
      }),
    );
  });

  test("lines add up to their groups, groups to the visit, parts to their line", () => {
    fc.assert(
      fc.property(fc.array(partsArbitrary, { minLength: 1, maxLength: 20 }), (rows) => {
        const items = rows.map(([fund, co, self, other], at): Item => {
          const total = text(fund + co + self + other);
          const [f, c, s, o] = [text(fund), text(co), text(self), text(other)];
          return { ...(sample[at % 6] as Item), total, fund: f, co: c, self: s, other: o };
        });
        const groups = groupItems(items);
        const exact = rows.flat().reduce((sum, part) => sum + part, 0n);
        expect(groups.reduce((sum, group) => sum + group.total, 0n)).toBe(wholeVnd(exact as Vnd));
        for (const line of groups.flatMap((group) => group.items)) {
          expect(PAYERS.reduce((sum, payer) => sum + line.parts[payer], 0n)).toBe(line.total);
          for (const payer of PAYERS) expect(line.parts[payer]).toBeGreaterThanOrEqual(0n);
        }
      }),
    );
  });
});
