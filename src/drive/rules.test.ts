import { describe, expect, it, test } from "vitest";
import { isoDay, lookDay, parentFault, parseUnit, treeOf, type Unit, type UnitForm } from "./rules.ts";
import { columnOf, kindOf } from "./rules-columns.ts";
import { makeInvitationCode, parseInvitationCode, parseInvited, stateOf } from "./rules-invitation.ts";
import { unitRights } from "./rules-rights.ts";

const form: UnitForm = {
  unit_code: "tp-xa 01",
  kind: "commune",
  name: "Xã  Tuy Phước (mẫu)",
  parent_code: "GL",
  office_code: "52T01",
  province_code: "52",
  headcount: "1.250",
  headcount_source: "báo cáo của xã",
  valid_from: "01/07/2025",
};

describe("a unit of the roll-out", () => {
  it("is read from a form: code in capitals, days in either writing, dots between thousands", () => {
    const parsed = parseUnit(form);
    expect(parsed).toMatchObject({
      ok: true,
      value: { unit: { code: "TP-XA01", name: "Xã Tuy Phước (mẫu)", headcount: 1250, validFrom: "2025-07-01" } },
    });
  });

  test.each<[UnitForm, string]>([
    [{ unit_code: "x" }, "unit_code unit_code_shape"],
    [{ kind: "planet" }, "kind kind_unknown"],
    [{ name: "?" }, "name name_missing"],
    [{ valid_from: "31/02/2026" }, "valid_from day_shape"],
    [{ valid_to: "30/06/2025" }, "valid_to ends_before_start"],
    [{ headcount: "-3" }, "headcount headcount_shape"],
    [{ headcount_source: "" }, "headcount_source headcount_source_missing"],
    [{ headcount: "" }, "headcount_source headcount_source_missing"],
    [{ province_code: "5" }, "province_code province_unknown"],
    [{ successors: "TP-2" }, "successors successors_need_end"],
    [{ kind: "district" }, "valid_to district_has_ended"],
    [{ kind: "district", valid_from: "2008-08-01", valid_to: "2025-07-01" }, "valid_to district_has_ended"],
  ])("with %j is refused: %s", (wrong, says) => {
    const parsed = parseUnit({ ...form, ...wrong });
    expect(parsed.ok ? [] : parsed.faults.map(({ field, key }) => `${field} ${key}`)).toEqual([says]);
  });

  it("was a district until 30/06/2025, and has successors", () => {
    const old = { ...form, kind: "district", valid_from: "2008-08-01", valid_to: "30/06/2025", successors: "a1 a2" };
    expect(parseUnit(old)).toMatchObject({ ok: true, value: { successors: ["A1", "A2"] } });
  });
});

const unit = (code: string, more: Partial<Unit> = {}): Unit => ({
  ...{ code, kind: "commune", name: code, parentCode: null, officeCode: "52T01", provinceCode: "52" },
  ...{ communeCode: null, employerCode: null, headcount: null, headcountSource: null },
  ...{ validFrom: "2025-07-01", validTo: null },
  ...more,
});

test.each<[Partial<Unit>, Unit | undefined, string | undefined]>([
  [{ kind: "commune", parentCode: "P" }, unit("P", { kind: "province" }), undefined],
  [{ kind: "hamlet", parentCode: "P" }, unit("P", { kind: "commune" }), undefined],
  [{ kind: "hamlet", parentCode: "P" }, unit("P", { kind: "province" }), "parent_kind"],
  [{ kind: "hamlet" }, undefined, "parent_missing"],
  [{ kind: "school", parentCode: "P" }, undefined, "parent_unknown"],
  [{ kind: "commune", parentCode: "P" }, unit("P", { kind: "district", validTo: "2025-06-30" }), "parent_other_time"],
])("%j under %j: %s", (own, parent, fault) => {
  const one = unit("U", own);
  expect(parentFault(one, parent, one.validFrom)?.key).toBe(fault);
});

test("a tree reads each unit under its parent, and on top what stands under something out of sight", () => {
  const units = [
    unit("H", { kind: "hamlet", parentCode: "X" }),
    unit("X", { parentCode: "GL" }),
    unit("GL", { kind: "province" }),
    unit("S", { kind: "school", parentCode: "elsewhere" }),
  ];
  expect(treeOf(units).map(({ unit: { code }, depth }) => `${depth}${code}`)).toEqual(["0GL", "1X", "2H", "0S"]);
});

test("days are read as people and registers write them; a unit is looked at within its life", () => {
  expect([isoDay("1/7/2025"), isoDay("2025-07-01"), isoDay("2025"), isoDay("32/1/2025")]).toEqual([
    "2025-07-01",
    "2025-07-01",
    undefined,
    undefined,
  ]);
  expect(lookDay({ validFrom: "2008-08-01", validTo: "2025-06-30" }, "2026-11-23")).toBe("2025-06-30");
  expect(lookDay({ validFrom: "2027-01-01", validTo: null }, "2026-11-23")).toBe("2027-01-01");
  expect(lookDay({ validFrom: "2025-07-01", validTo: null }, "2026-11-23")).toBe("2026-11-23");
});

test("headings and kinds are understood in both languages", () => {
  expect([columnOf("ma_don_vi"), columnOf("valid_to"), columnOf("luong")]).toEqual([
    "unit_code",
    "valid_to",
    undefined,
  ]);
  expect([kindOf("Phường"), kindOf("Trường học"), kindOf("school")]).toEqual(["commune", "school", "school"]);
});

describe("who may do what", () => {
  const staff = (...roles: Parameters<typeof unitRights>[0]["roles"]) =>
    ({ kind: "staff", staffId: "1", name: "", sessionId: "", roles }) as const;
  const of = (...roles: Parameters<typeof unitRights>[0]["roles"]) =>
    Object.entries(unitRights(staff(...roles), { code: "X", officeCode: "52T01" }, ["GL"]))
      .filter(([, may]) => may)
      .map(([right]) => right);

  it("the office invites, its supervisor edits, a coordinator above invites, one of the unit runs its campaign", () => {
    expect(of({ role: "officer", officeCode: "52T01" })).toEqual(["invites", "campaigns"]);
    expect(of({ role: "supervisor", officeCode: "52T01" })).toEqual(["edits", "invites", "campaigns"]);
    expect(of({ role: "supervisor", officeCode: "52T02" })).toEqual([]);
    expect(of({ role: "coordinator", unitCode: "GL" })).toEqual(["invites", "campaigns"]);
    expect(of({ role: "coordinator", unitCode: "X" })).toEqual(["campaigns"]);
    expect(of({ role: "leader", unitCode: "GL" })).toEqual([]);
    expect(of({ role: "coordinator" })).toEqual([]);
  });
});

describe("an invitation", () => {
  it("has a code of twelve signs that knows its own slips", () => {
    let at = 0;
    const code = makeInvitationCode((below) => (at++ * 7) % below);
    expect(code).toMatch(/^[2-9A-Z]{4}(-[2-9A-Z]{4}){2}$/);
    expect(parseInvitationCode(code.toLowerCase().replaceAll("-", " "))).toBe(code);
    const slip = `${code.slice(0, -1)}${code.endsWith("2") ? "3" : "2"}`;
    expect(parseInvitationCode(slip)).toBeUndefined();
  });

  test.each([
    [{ name: "An Thử", phone: "0999 900 701" }, []],
    [{ name: "An Thử", email: "An@Example.vn" }, []],
    [{ name: "A", phone: "0999900701" }, ["person_missing"]],
    [{ name: "An Thử" }, ["reach_missing"]],
    [{ name: "An Thử", phone: "0999900701", email: "an@example.vn" }, ["reach_both"]],
    [{ name: "An Thử", phone: "12" }, ["phone_shape"]],
    [{ name: "An Thử", email: "an" }, ["email_shape"]],
  ])("for %j has the faults %j", (typed, keys) => {
    const parsed = parseInvited(typed);
    expect(parsed.ok ? [] : parsed.faults.map(({ key }) => key)).toEqual(keys);
  });

  it("waits, is over, is withdrawn or accepted", () => {
    const now = new Date("2026-11-23T02:00:00Z");
    const endsAt = new Date("2026-11-30T02:00:00Z");
    const open = { endsAt, withdrawnAt: null, acceptedAt: null };
    expect(stateOf(open, now)).toBe("waiting");
    expect(stateOf(open, endsAt)).toBe("over");
    expect(stateOf({ ...open, withdrawnAt: now }, now)).toBe("withdrawn");
    expect(stateOf({ ...open, acceptedAt: now }, endsAt)).toBe("accepted");
  });
});
