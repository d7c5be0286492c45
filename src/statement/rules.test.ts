import { describe, expect, it } from "vitest";
import { plainDate } from "../kernel/calendar.ts";
import { expiryOf, initialsOf, parseWish, standingOf } from "./rules.ts";
import { figureLines } from "./words.ts";

describe("what is asked for", () => {
  it.each([
    [{}, "kind_missing"],
    [{ kind: "card" }, "kind_missing"],
    [{ kind: "visits" }, "year_missing"],
    [{ kind: "visits", year: "20x6" }, "year_missing"],
  ])("%j is not enough: %s", (typed, key) => {
    expect(parseWish(typed)).toMatchObject({ ok: false, faults: [{ key }] });
  });

  it("private illnesses belong to visits only, and only when ticked", () => {
    expect(parseWish({ kind: "participation", year: "2026", withPrivate: true })).toMatchObject({
      value: { year: undefined, withPrivate: false },
    });
    expect(parseWish({ kind: "visits", year: "2026" })).toMatchObject({ value: { year: 2026, withPrivate: false } });
    expect(parseWish({ kind: "visits", year: "2026", withPrivate: true })).toMatchObject({
      value: { withPrivate: true },
    });
  });
});

describe("how a paper stands", () => {
  it("its last day counts whole; a paper that was taken back is that, ended or not", () => {
    const expiresOn = expiryOf(plainDate("2026-11-23"), 90).toString();
    expect(expiresOn).toBe("2027-02-21");
    expect(standingOf({ expiresOn, withdrawnAt: null }, plainDate("2027-02-21"))).toBe("good");
    expect(standingOf({ expiresOn, withdrawnAt: null }, plainDate("2027-02-22"))).toBe("ended");
    expect(standingOf({ expiresOn, withdrawnAt: new Date(0) }, plainDate("2026-11-24"))).toBe("withdrawn");
  });
});

describe("the box of totals", () => {
  it.each([
    [1, "1 month"],
    [2, "2 months"],
  ])("counts %d as English does", (paid, said) => {
    const fund = { fund: "bhxh", paid, unpaid: paid, last: "2026-01-01" } as const;
    const lines = figureLines({ kind: "participation", funds: [fund], rows: 2, base: undefined }, "en");
    const [spent, owed] = lines.map(({ value }) => value);
    expect([spent?.split(",")[0], owed]).toEqual([said, said]);
  });
});

describe("whose paper it is, as the check tells it", () => {
  it.each([
    ["Nguyễn Thị Hoa", "N. T. H."],
    ["đặng ẩn", "Đ. Ẩ."],
    ["Y", "Y."],
  ])("%s → %s", (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });
});
