import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Columns, faultOf } from "./columns.ts";
import { columnName } from "./csv.ts";
import * as formats from "./formats.ts";

const documented: Record<string, Columns> = {
  persons: formats.personColumns,
  cards: formats.cardColumns,
  participation: formats.participationColumns,
  benefits: formats.benefitColumns,
  facilities: formats.facilityColumns,
  units: formats.unitColumns,
  offices: formats.officeColumns,
};

describe.each(Object.entries(documented))("the format of %s", (kind, columns) => {
  const page = readFileSync(new URL(`../../docs/formats/${kind}.md`, import.meta.url), "utf8");
  const rows = [...page.matchAll(/^\| `(\w+)` \| ([^|]*) \| ([^|]*) \|/gm)].map(
    ([, name = "", aliases = "", must = ""]) => ({
      name,
      aliases: aliases
        .split(",")
        .map((alias) => alias.trim())
        .filter((alias) => alias !== ""),
      isRequired: must.trim() === "có",
    }),
  );

  test("is documented column by column, with every heading that is understood", () => {
    expect(rows).toEqual(
      Object.entries(columns).map(([name, { aliases, isRequired }]) => ({ name, aliases: [...aliases], isRequired })),
    );
  });

  test("no heading means two columns", () => {
    const headings = Object.entries(columns).flatMap(([name, { aliases }]) => [name, ...aliases]);
    expect(new Set(headings).size).toBe(headings.length);
    expect(headings.map(columnName)).toEqual(headings);
  });
});

describe("values of the tables", () => {
  const { personColumns: person, participationColumns: period } = formats;
  test.each([
    ["15/01/1990", { on: "1990-01-15", precision: "day" }],
    ["1990-01-15", { on: "1990-01-15", precision: "day" }],
    ["5/3/1990", { on: "1990-03-05", precision: "day" }],
    ["01/1990", { on: "1990-01-01", precision: "month" }],
    ["00/00/1990", { on: "1990-01-01", precision: "year" }],
    ["1990", { on: "1990-01-01", precision: "year" }],
    ["31/02/1990", undefined],
    ["1990/01/15", undefined],
  ])("birth %s", (typed, expected) => {
    expect(person.birth.parse(typed)).toEqual(expected);
  });

  test.each([
    ["14.500.000", "14500000"],
    ["14500000.50", "14500000.5"],
    ["2.34", "2.34"],
    ["14,5", undefined],
    ["-5", undefined],
    ["1e9", undefined],
  ])("amount %s", (typed, expected) => {
    expect(period.contribution_base.parse(typed)).toBe(expected);
  });

  test.each([
    ["14500000", "14500000"],
    ["5.229", undefined],
    ["14.5", "14.5"],
    ["32%", undefined],
  ])("amount %s in a cell that is a number", (typed, expected) => {
    expect(period.contribution_base.parse(typed, true)).toBe(expected);
  });

  test.each([
    ["14.500.000", false, "14500000"],
    ["150.500", false, "150500"],
    ["4.98", false, "4.98"],
    ["5.220", false, { vnd: "5220", coefficient: "5.22" }],
    ["5.229", false, { vnd: "5229", coefficient: undefined }],
    ["5.22", true, "5.22"],
    ["5.229", true, undefined],
  ])("salary %s, in a cell that is a number: %s", (typed, isNumber, expected) => {
    expect(period.salary.parse(typed, isNumber)).toEqual(expected);
  });

  test.each([
    ["32%", "32"],
    ["4,5 %", "4.5"],
    ["0.32", "0.32"],
    ["101%", undefined],
  ])("rate %s", (typed, expected) => {
    expect(period.rate.parse(typed)).toBe(expected);
  });

  test("a long number that a spreadsheet has shortened is none", () => {
    const { bank_account: account, decision_no: decision } = formats.benefitColumns;
    expect(account.parse("1.23457E+12")).toBeUndefined();
    expect(faultOf(account, "1,23457E+12", false)).toBe("lost_digits");
    expect(decision.parse("12E/QĐ-BHXH")).toBe("12E/QĐ-BHXH");
  });

  test.each([
    ["01650000101", "0350000101"],
    ["+84 350 000 101", "0350000101"],
    ["12345", undefined],
  ])("phone %s", (typed, expected) => {
    expect(person.phone.parse(typed)).toBe(expected);
  });

  test.each([
    ["11/2026", "2026-11-01"],
    ["2026-11", "2026-11-01"],
    ["20/11/2026", "2026-11-01"],
    ["13/2026", undefined],
  ])("month %s", (typed, expected) => {
    expect(period.from_month.parse(typed)).toBe(expected);
  });
});
