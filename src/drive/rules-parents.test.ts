import { expect, test } from "vitest";
import { moved, type PastParent, parsePlacedUnit, standsSince } from "./rules-parents.ts";

const form = {
  ...{ unit_code: "XA1", kind: "commune", name: "Xã Một", parent_code: "GL", office_code: "52T01" },
  ...{ province_code: "52", valid_from: "01/08/2008" },
};
const told = (past: string | undefined) => {
  const parsed = parsePlacedUnit(past === undefined ? form : { ...form, past_parents: past });
  if (!parsed.ok) return parsed.faults.map(({ field, key }) => `${field} ${key}`);
  return parsed.value.pastParents?.map(({ parentCode, validTo }) => `${parentCode} ${validTo}`);
};

test("earlier parents are typed as code and last day, in any order; without the column nothing is said of them", () => {
  expect(told(undefined)).toBeUndefined();
  expect(told("")).toEqual([]);
  expect(told("huyen:30/06/2025")).toEqual(["HUYEN 2025-06-30"]);
  expect(told("H2:2025-06-30 -:31/12/2010 H1:31/12/2015")).toEqual([
    "null 2010-12-31",
    "H1 2015-12-31",
    "H2 2025-06-30",
  ]);
  expect(told("HUYEN")).toEqual(["past_parents past_parents_shape"]);
  expect(told("HUYEN:31/06/2025")).toEqual(["past_parents past_parents_shape"]);
  expect(told("H1:30/06/2025 H2:30/06/2025")).toEqual(["past_parents past_parents_days"]);
  expect(told("H1:31/07/2008")).toEqual(["past_parents past_parents_days"]);
});

const unit = { validFrom: "2008-08-01", validTo: null };
const move = (day: string, more: { to?: string; past?: PastParent[]; validTo?: string } = {}) => {
  const { to = "GL", past = [], validTo = null } = more;
  const done = moved({ from: "HUYEN", to, day, past, unit: { ...unit, validTo }, today: "2026-11-23" });
  return done.ok ? done.value.map((one) => `${one.parentCode} ${one.validTo}`).join(", ") : done.faults.key;
};

test("a move has a day: until the day before the unit stands where it stood; none lies ahead or before the last one", () => {
  expect(move("01/07/2025")).toBe("HUYEN 2025-06-30");
  const past = [{ parentCode: "CU", validTo: "2015-12-31" }];
  expect(move("01/07/2025", { past })).toBe("CU 2015-12-31, HUYEN 2025-06-30");
  expect(move("01/01/2016", { past })).toBe("move_too_early");
  expect(move("01/08/2008")).toBe("move_too_early");
  expect(move("01/07/2025", { validTo: "2025-06-30" })).toBe("move_too_early");
  expect(move("24/11/2026")).toBe("move_ahead");
  expect(move("01/07/2025", { to: "HUYEN" })).toBe("move_same");
  expect(move("hôm qua")).toBe("day_shape");
  expect([standsSince(unit, past), standsSince(unit, [])]).toEqual(["2016-01-01", "2008-08-01"]);
});
