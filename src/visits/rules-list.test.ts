import { describe, expect, test } from "vitest";
import { type Vnd, vnd } from "../kernel/money.ts";
import { facilitiesOf, type Listed, longestOf, pageOf, tenthsOf } from "./rules-list.ts";

const zero = vnd("0");
const visit = (day: string, over: Partial<Listed> & { total?: Vnd } = {}): Listed => ({
  visitId: day,
  admittedAt: `${day} 08:00:00`,
  facilityCode: "99Z01",
  facilityName: "Bệnh viện Mẫu",
  isSensitive: false,
  costs: { total: over.total ?? zero, fund: over.total ?? zero, co: zero, self: zero, other: zero },
  ...over,
});
const days = ["2026-05-05", "2026-04-04", "2026-03-03", "2026-02-02", "2026-01-01"];
const year = days.map((day) => visit(day));
const shown = (page: { visits: Listed[] }) => page.visits.map(({ visitId }) => visitId);

describe("a page of the year", () => {
  test("pages follow each other to the end without loss or repetition, and back again", () => {
    const first = pageOf(year, undefined, 2);
    const second = pageOf(year, first.older, 2);
    const third = pageOf(year, second.older, 2);
    expect([first, second, third].flatMap(shown)).toEqual(days);
    expect([first.first, second.first, third.first, third.total]).toEqual([1, 3, 5, 5]);
    expect([first.newer, second.newer, third.older]).toEqual([undefined, "start", undefined]);
    expect(shown(pageOf(year, third.newer as Listed, 2))).toEqual(shown(second));
  });

  test("a cursor whose visit was recalled goes on with the next, one behind the end shows none", () => {
    expect(shown(pageOf(year, { admittedAt: "2026-03-20 08:00:00", visitId: "gone" }, 2))).toEqual(days.slice(2, 4));
    expect(shown(pageOf(year, { admittedAt: "2020-01-01 08:00:00", visitId: "x" }, 2))).toEqual([]);
  });

  test("two visits of one minute are cut by their id", () => {
    const twins = ["a", "b", "c"].map((visitId) => visit("2026-01-01", { visitId }));
    expect(shown(pageOf(twins, twins[0], 2))).toEqual(["b", "c"]);
  });
});

test("facilities are offered by how often, those of private visits are not", () => {
  const list = [
    visit("2026-01-01", { facilityCode: "99Z02", facilityName: "Trạm Mẫu" }),
    visit("2026-01-02"),
    visit("2026-01-03"),
    visit("2026-01-04", { facilityCode: "99Z03", facilityName: "Viện Kín", isSensitive: true }),
  ];
  expect(facilitiesOf(list)).toEqual([
    { code: "99Z01", name: "Bệnh viện Mẫu", visits: 2 },
    { code: "99Z02", name: "Trạm Mẫu", visits: 1 },
  ]);
});

test("the scale of the bars is the dearest visit of the year", () => {
  expect(longestOf([visit("2026-01-01", { total: vnd("10.50") }), visit("2026-01-02", { total: vnd("7") })])).toBe(11n);
  expect(longestOf([])).toBe(0n);
});

test.each([
  [815n, 1000n, 8],
  [850n, 1000n, 9],
  [999n, 1000n, undefined],
  [10n, 1000n, undefined],
  [1000n, 1000n, undefined],
  [0n, 1000n, undefined],
  [0n, 0n, undefined],
])("%i of %i is told as %s of ten, and not told where that would mislead", (part, total, tenths) => {
  expect(tenthsOf(part, total)).toBe(tenths);
});
