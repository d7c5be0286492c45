import { describe, expect, it } from "vitest";
import { plainDate } from "../kernel/calendar.ts";
import {
  type Circumstances,
  compareThreeWay,
  type Field,
  mayBeSecond,
  needOf,
  obstaclesOf,
  overallNeed,
  ruleOn,
  type Side,
} from "./rules.ts";

const declared: Side = {
  insuranceNumber: "7912345678",
  paper: { kind: "cccd", number: "052190000123" },
  name: "Nguyễn Thị Hoà",
  birth: { on: plainDate("1990-03-12"), precision: "day" },
  sex: 2,
  phone: "0912345678",
};
const paper: Side = {
  paper: { kind: "cccd", number: "052190000123" },
  name: "NGUYỄN THỊ HÒA",
  birth: { on: plainDate("1990-03-12"), precision: "day" },
};
const register: Side = { ...declared, name: "Nguyễn Thị Hòa" };

const rowOf = (field: Field, sides: [Side, Side | undefined, Side | undefined]) => {
  const row = compareThreeWay(...sides).find((one) => one.field === field);
  if (!row) throw new Error("no such row");
  return row;
};

describe("three-way comparison", () => {
  it("puts differences first, the gravest on top", () => {
    const other = { ...register, birth: { on: plainDate("1990-05-13"), precision: "day" as const } };
    const rows = compareThreeWay(declared, paper, other);
    expect(rows[0]?.field).toBe("birth");
    expect(rows[1]?.field).toBe("name");
    expect(rows.at(-1)?.difference).toBe("equal");
  });

  it("shows nothing for a field of which a source does not speak", () => {
    expect(rowOf("phone", [declared, paper, register]).paper).toBeNull();
    expect(rowOf("insurance_number", [declared, paper, undefined]).register).toBeNull();
  });

  it("shows what a source says as people read it, and that it knows nothing", () => {
    const silent: Side = { ...register, birth: "", paper: "", name: "" };
    const said = (field: Field) => rowOf(field, [declared, paper, silent]);
    expect(said("id_number")).toMatchObject({ declared: "052 190 000 123", register: "" });
    expect(said("birth")).toMatchObject({ declared: "12/03/1990", register: "" });
    expect(said("name")).toMatchObject({ declared: "Nguyễn Thị Hoà", register: "" });
    expect(said("insurance_number").declared).toBe("7912 345 678");
  });

  it("misses a birth that one side knows, and none that nobody knows", () => {
    const unborn: Side = { ...declared, birth: "" };
    const difference = (one: Side, other: Side) => rowOf("birth", [one, undefined, other]).difference;
    expect(difference(unborn, register)).toBe("missing_one_side");
    expect(difference(declared, { ...register, birth: "" })).toBe("missing_one_side");
    expect(difference(unborn, { ...register, birth: "" })).toBe("equal");
  });

  const names: [string, string, string, string][] = [
    ["Nguyễn Thị Hoà", "Nguyễn Thị Hòa", "tone_placement", "nothing"],
    ["Nguyễn Văn An", "NGUYỄN  VĂN AN", "case_or_space", "nothing"],
    ["Nguyễn Văn An", "Nguyễn Văn An".normalize("NFD"), "equal", "nothing"],
    ["Đặng Văn Đô", "Ðặng Văn Ðô", "equal", "nothing"],
    ["Nguyễn Thị Hương", "Nguyen Thi Huong", "missing_marks", "note"],
    ["Nguyễn Thị Hương", "Nguyễn Thị Hường", "real", "supervisor"],
    ["Nguyễn Thị Lý", "Nguyễn Thị Lí", "real", "supervisor"],
    ["Nguyễn Văn An", "Nguyễn Văn Anh", "real", "supervisor"],
    ["K'Brôi", "K'Brôi", "equal", "nothing"],
    ["Y Moan", "", "missing_one_side", "note"],
  ];
  it.each(names)("name %s against %s is %s and takes %s", (left, right, difference, need) => {
    const row = rowOf("name", [{ ...declared, name: left }, undefined, { ...register, name: right }]);
    expect([row.difference, row.need]).toEqual([difference, need]);
  });

  const births: [string, "day" | "month" | "year", string, "day" | "month" | "year", string][] = [
    ["1955-05-13", "day", "1955-05-13", "day", "equal"],
    ["1955-05-13", "day", "1955-01-01", "year", "missing_one_side"],
    ["1955-05-13", "day", "1955-05-01", "month", "missing_one_side"],
    ["1955-05-13", "day", "1955-06-01", "month", "real"],
    ["1955-05-03", "day", "1955-03-05", "day", "real"],
    ["1955-01-01", "year", "1955-01-01", "year", "equal"],
    ["1955-01-01", "year", "1956-01-01", "year", "real"],
  ];
  it.each(births)("birth %s (%s) against %s (%s) is %s", (a, aKnown, b, bKnown, difference) => {
    const left: Side = { ...declared, birth: { on: plainDate(a), precision: aKnown } };
    const right: Side = { ...register, birth: { on: plainDate(b), precision: bKnown } };
    expect(rowOf("birth", [left, undefined, right]).difference).toBe(difference);
  });

  it("calls another kind of paper than the declared one a real difference", () => {
    const shown: Side = { ...paper, paper: { kind: "passport", number: "C1234567" } };
    expect(rowOf("id_number", [declared, shown, register])).toMatchObject({ difference: "real", need: "supervisor" });
  });

  it("takes the mã số BHXH from the register when the person did not know it", () => {
    const row = rowOf("insurance_number", [{ ...declared, insuranceNumber: "" }, paper, register]);
    expect(row).toMatchObject({ difference: "missing_one_side", need: "nothing" });
  });

  it("asks for a reason, not a supervisor, when the phone differs from the one on file", () => {
    expect(needOf("phone", "real")).toBe("note");
    expect(needOf("phone", "missing_one_side")).toBe("nothing");
  });
});

describe("what may be accepted", () => {
  const clean: Circumstances = {
    isRead: true,
    originalSeen: true,
    formSigned: true,
    faceMatches: true,
    isPaperOutOfDate: false,
    isEndedCmnd: false,
    hasCopyOnFile: true,
    hasPaperToChoose: false,
    personsFound: 1,
    hasNamesake: false,
    hasDied: false,
    hasAccount: false,
    isPhoneTaken: false,
    isPhoneOfMany: false,
    hasSignInNumber: true,
  };

  const cases: [Partial<Circumstances>, string][] = [
    [{}, "nothing"],
    [{ isRead: false }, "impossible"],
    [{ originalSeen: false }, "impossible"],
    [{ formSigned: false }, "impossible"],
    [{ faceMatches: false }, "impossible"],
    [{ isPaperOutOfDate: true }, "supervisor"],
    [{ isEndedCmnd: true }, "note"],
    [{ hasCopyOnFile: false }, "note"],
    [{ hasPaperToChoose: true }, "impossible"],
    [{ personsFound: 2 }, "impossible"],
    [{ personsFound: 0 }, "note"],
    [{ personsFound: 0, hasNamesake: true }, "note"],
    [{ hasDied: true }, "impossible"],
    [{ hasAccount: true }, "impossible"],
    [{ isPhoneTaken: true }, "impossible"],
    [{ isPhoneOfMany: true }, "note"],
    [{ hasSignInNumber: false }, "impossible"],
  ];
  it.each(cases)("with %j it takes %s", (change, need) => {
    expect(overallNeed([], obstaclesOf({ ...clean, ...change }))).toBe(need);
  });

  it("lets one person accept only below a real difference of identity, whatever their role", () => {
    expect(ruleOn("nothing")).toBe("accept");
    expect(ruleOn("note")).toBe("accept");
    expect(ruleOn("supervisor")).toBe("second_look_missing");
    expect(ruleOn("impossible")).toBe("impossible");
  });

  it("lets the last word be said by a supervisor who is not the one who proposed", () => {
    expect(mayBeSecond({ isSupervisor: true, proposedBy: "1" }, "2")).toBe("yes");
    expect(mayBeSecond({ isSupervisor: true, proposedBy: "2" }, "2")).toBe("same_person");
    expect(mayBeSecond({ isSupervisor: false, proposedBy: "1" }, "2")).toBe("not_supervisor");
    expect(mayBeSecond({ isSupervisor: true, proposedBy: null }, "2")).toBe("nothing_proposed");
  });
});
