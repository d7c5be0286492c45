import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainDate } from "../kernel/calendar.ts";
import {
  type Circumstances,
  compareThreeWay,
  type Field,
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

  it("lets one officer accept with a reason only below a real difference", () => {
    expect(ruleOn("nothing", "", false)).toBe("accept");
    expect(ruleOn("note", " ", false)).toBe("note_missing");
    expect(ruleOn("note", "Đã xem sổ BHXH", false)).toBe("accept");
    expect(ruleOn("supervisor", "Đã xem sổ BHXH", false)).toBe("supervisor_missing");
    expect(ruleOn("supervisor", "", true)).toBe("note_missing");
    expect(ruleOn("supervisor", "Đã xem giấy khai sinh", true)).toBe("accept");
    expect(ruleOn("impossible", "Đã xem", true)).toBe("impossible");
  });
});

const families = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Đặng", "Đỗ", "Võ", "Huỳnh", "Thạch"];
const middles = ["Thị", "Văn", "Hữu", "Ngọc", "Đức", "Thuý", "Diễm", "K’", "Y"];
const givens = ["Hoà", "Thủy", "Hương", "Quý", "Loan", "Đào", "Khoẻ", "Ẵng", "Ước", "Yến", "Ly"];
const aName = fc.tuple(fc.constantFrom(...families), fc.constantFrom(...middles), fc.constantFrom(...givens));
const acuteOf = new Map([..."aeiouyâêôăơưAEIOUYÂÊÔĂƠƯ"].map((letter) => [letter, `${letter}\u0301`.normalize("NFC")]));

describe("generated pairs", () => {
  it("never blocks 1,000 names that are the same written otherwise", () => {
    const rewritten = fc.tuple(aName, fc.constantFrom("NFC", "NFD"), fc.boolean(), fc.boolean(), fc.boolean());
    fc.assert(
      fc.property(rewritten, ([words, form, isUpper, isEth, isSpaced]) => {
        const name = words.join(" ");
        let other = isUpper ? name.toUpperCase() : name;
        if (isEth) other = other.replaceAll("Đ", "\u00d0");
        if (isSpaced) other = ` ${other.replaceAll(" ", "  ")} `;
        const rows = compareThreeWay(
          { ...declared, name },
          { ...paper, name: other.normalize(form) },
          { ...register, name },
        );
        expect(overallNeed(rows, [])).toBe("nothing");
      }),
      { numRuns: 1000 },
    );
  });

  it("never lets one officer accept 1,000 files with one wrong tone, swapped day and month, or one wrong digit", () => {
    const change = fc.constantFrom("tone", "birth", "id_number", "insurance_number");
    fc.assert(
      fc.property(aName, change, fc.nat(11), fc.integer({ min: 1, max: 9 }), (words, what, at, by) => {
        const name = words.join(" ");
        const wrong = mutate({ ...register, name }, what, at, by);
        const rows = compareThreeWay({ ...declared, name }, { ...paper, name }, wrong);
        expect(ruleOn(overallNeed(rows, []), "a reason", false)).toBe("supervisor_missing");
      }),
      { numRuns: 1000 },
    );
  });
});

function mutate(side: Side, what: string, at: number, by: number): Side {
  if (what === "birth") return { ...side, birth: { on: plainDate("1990-12-03"), precision: "day" } };
  if (what === "tone") return { ...side, name: withAnotherTone(side.name ?? "") };
  const number = what === "id_number" ? "052190000123" : "7912345678";
  const place = at % number.length;
  const changed = `${number.slice(0, place)}${(Number(number[place]) + by) % 10}${number.slice(place + 1)}`;
  return what === "id_number"
    ? { ...side, paper: { kind: "cccd", number: changed } }
    : { ...side, insuranceNumber: changed };
}

/** The family name gets another tone than its own: Nguyễn → Nguyến. */
function withAnotherTone(name: string): string {
  const [family = "", ...rest] = name.split(" ");
  const letters = [
    ...family
      .normalize("NFD")
      .replace(/[\u0300\u0303\u0309\u0323]/g, "")
      .normalize("NFC"),
  ];
  const at = letters.findLastIndex((letter) => acuteOf.has(letter));
  const moved = letters.map((letter, place) => (place === at ? (acuteOf.get(letter) ?? letter) : letter)).join("");
  return [moved === family ? `${family}x` : moved, ...rest].join(" ");
}
