import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainDate } from "../kernel/calendar.ts";
import { hideSmall, isPartlyHidden, themeTable, weeksTo } from "./rules-themes.ts";

describe("what people ask about", () => {
  it("is told by weeks that begin on Mondays", () => {
    expect(weeksTo(plainDate("2026-11-29")).at(-1)).toBe("2026-11-23");
    expect(weeksTo(plainDate("2026-11-23"))).toEqual([
      "2026-10-19",
      "2026-10-26",
      "2026-11-02",
      "2026-11-09",
      "2026-11-16",
      "2026-11-23",
    ]);
  });

  it.each([
    [
      [12, 9, 7],
      [12, 9, 7],
    ],
    [
      [12, 4, 7],
      [12, "hidden", "hidden"],
    ],
    [
      [12, 4, 1],
      [12, "hidden", "hidden"],
    ],
    [
      [4, 0, 0],
      ["hidden", 0, 0],
    ],
    [
      [0, 5, 0],
      [0, 5, 0],
    ],
  ])("%j is shown as %j", (counts, shown) => {
    expect(hideSmall(counts, 5)).toEqual(shown);
  });

  it("never lets a single hidden count be found from the total", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20), { minLength: 1, maxLength: 8 }), (counts) => {
        const shown = hideSmall(counts, 5);
        const hidden = counts.filter((_, at) => shown[at] === "hidden");
        expect(counts.every((count, at) => !(count > 0 && count < 5) || shown[at] === "hidden")).toBe(true);
        // A lone hidden count is all there is: then its total is hidden too.
        if (hidden.length === 1) expect(counts.filter((count) => count > 0)).toHaveLength(1);
      }),
      { numRuns: 300 },
    );
  });

  it("never leaves a single hidden count in a week whose total is told", () => {
    const line = fc.array(fc.nat(12), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 4 }), (grid) => {
        const weeks = ["w0", "w1", "w2"];
        const counts = grid.flatMap((row, at) => row.map((count, w) => ({ week: `w${w}`, category: `c${at}`, count })));
        const categories = grid.map((_, at) => `c${at}`);
        const { rows, totals } = themeTable(counts, categories, weeks, 5);
        for (const [at, total] of totals.entries()) {
          const hidden = rows.filter(({ cells }) => cells[at] === "hidden").length;
          expect(hidden !== 1 || total === "hidden" || grid.filter((row) => row[at]).length === 1).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("has a row a kind, hidden week by week, with the week's total", () => {
    const counts = [
      { week: "2026-11-16", category: "password", count: 9 },
      { week: "2026-11-16", category: "not_arrived", count: 3 },
      { week: "2026-11-16", category: "other", count: 6 },
      { week: "2026-11-23", category: "password", count: 4 },
    ];
    const table = themeTable(counts, ["password", "not_arrived", "other"], ["2026-11-16", "2026-11-23"], 5);
    // 3 would follow from 18 − 9 − 6, so 6 goes too.
    expect(table.rows.map(({ cells }) => cells)).toEqual([
      [9, "hidden"],
      ["hidden", 0],
      ["hidden", 0],
    ]);
    expect(table.totals).toEqual([18, "hidden"]);
    expect(table.rows.map(({ cells }) => isPartlyHidden(cells))).toEqual([true, true, true]);
  });
});
