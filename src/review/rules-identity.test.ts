import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainDate } from "../kernel/calendar.ts";
import { compareNames, type Difference } from "../kernel/names.ts";
import { compareThreeWay, overallNeed, ruleOn, type Side } from "./rules.ts";
import { judge } from "./rules-findings.ts";

/** Seeded: the same ten thousand files on every machine. */
const SEED = 330;

const families = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Đặng", "Đỗ", "Võ", "Huỳnh", "Thạch"];
const middles = ["Thị", "Văn", "Hữu", "Ngọc", "Đức", "Thuý", "Diễm", "K’", "Y"];
const givens = ["Hoà", "Thủy", "Hương", "Quý", "Loan", "Đào", "Khoẻ", "Ẵng", "Ước", "Yến", "Ly", "Mĩ", "Kỳ"];
const aName = fc
  .tuple(fc.constantFrom(...families), fc.constantFrom(...middles), fc.constantFrom(...givens))
  .map((words) => words.join(" "));
const aDay = fc.tuple(
  fc.integer({ min: 1930, max: 2012 }),
  fc.integer({ min: 1, max: 12 }),
  fc.integer({ min: 1, max: 28 }),
);
const digits = (length: number) => fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length });

const aFile = fc
  .record({
    name: aName,
    day: aDay,
    id: digits(11),
    insurance: digits(10),
    sex: fc.constantFrom(1 as const, 2 as const),
  })
  .map(({ name, day, id, insurance, sex }): Side & { name: string; id: string; bhxh: string; days: number[] } => ({
    insuranceNumber: insurance.join(""),
    paper: { kind: "cccd", number: `0${id.join("")}` },
    name,
    birth: { on: plainDate(isoOf(day)), precision: "day" },
    sex,
    id: `0${id.join("")}`,
    bhxh: insurance.join(""),
    days: day,
  }));

const paperOf = ({ paper, name, birth }: Side): Side => ({
  ...(paper ? { paper } : {}),
  ...(name ? { name } : {}),
  ...(birth ? { birth } : {}),
});

const mutations = [
  "tone",
  "another_mark",
  "one_letter",
  "y_for_i",
  "day_month",
  "year",
  "id_digit",
  "insurance_digit",
] as const;

describe("R24: in-person proofing", () => {
  it("10,000 files with one mutated field: none is accepted by one person alone, whatever is ticked or written", () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(
        aFile,
        fc.constantFrom(...mutations),
        fc.nat(11),
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom("declared", "paper", "register"),
        (file, how, at, by, where) => {
          const wrong = mutate(file, how, at, by);
          seen.set(how, (seen.get(how) ?? 0) + 1);
          const sides = { declared: file as Side, paper: paperOf(file), register: file as Side };
          const changed = { ...sides, [where]: where === "paper" ? paperOf(wrong) : wrong };
          const onPaper = where !== "paper" || how !== "insurance_digit";
          const rows = compareThreeWay(changed.declared, changed.paper, onPaper ? changed.register : wrong);
          const ticks = Object.fromEntries(rows.map(({ field }) => [field, { trusted: "paper", reason: "Đã xem sổ" }]));
          expect(judge({ rows, obstacles: [] }, ticks, "Đã xem sổ").ok).toBe(true);
          expect(ruleOn(overallNeed(rows, []))).toBe("second_look_missing");
        },
      ),
      { numRuns: 10_000, seed: SEED },
    );
    expect([...seen.keys()].toSorted()).toEqual([...mutations].toSorted());
  });

  it("10,000 pairs that are equal under normalisation: none is blocked, none asks for a word", () => {
    const writing = fc.record({
      form: fc.constantFrom("NFC" as const, "NFD" as const),
      isUpper: fc.boolean(),
      isEth: fc.boolean(),
      isSpaced: fc.boolean(),
      isOldTone: fc.boolean(),
    });
    fc.assert(
      fc.property(aFile, writing, (file, { form, isUpper, isEth, isSpaced, isOldTone }) => {
        let name = file.name;
        if (isOldTone)
          name = name
            .split(" ")
            .map((word) => OLD_TONES.get(word) ?? word)
            .join(" ");
        if (isUpper) name = name.toUpperCase();
        if (isEth) name = name.replaceAll("Đ", "\u00d0");
        if (isSpaced) name = ` ${name.replaceAll(" ", "  ")} `;
        const rows = compareThreeWay(file, paperOf({ ...file, name: name.normalize(form) }), file);
        expect(overallNeed(rows, [])).toBe("nothing");
        expect(judge({ rows, obstacles: [] }, {}, "")).toMatchObject({ ok: true });
      }),
      { numRuns: 10_000, seed: SEED },
    );
  });
});

describe("I1: names as other systems got them wrong", () => {
  const table: [string, string, Difference][] = [
    ["Nguyễn Văn An", "An Nguyễn Văn", "real"],
    ["Nguyễn Thị Hoà", "Nguyễn Thị Hòa", "tone_placement"],
    ["Trần Thúy Uyên", "Trần Thuý Uyên", "tone_placement"],
    ["Nguyễn Văn An", "Anh An", "real"],
    ["Nguyễn Văn An (Bảy)", "Nguyễn Văn An (Bảy", "real"],
    ["Nguyễn Văn [An", "Nguyễn Văn [An", "equal"],
    ["Lê Thị Lý", "Lê Thị Lí", "real"],
    ["Vũ Thị Mỹ", "Vũ Thị Mĩ", "real"],
    ["Đinh Nup", "ĐINH NUP", "case_or_space"],
    ["Đinh Nup", "Dinh Nup", "missing_marks"],
    ["K'Brôi", "K'Brôi".normalize("NFD"), "equal"],
    ["Y Moan Êban", "Y Moan Eban", "missing_marks"],
    ["Nguyễn", "Nguyễn", "equal"],
    ["Lò Thị Ẩn", "Lò Thị Ân", "real"],
    ["", "Nguyễn Văn An", "missing_one_side"],
  ];
  it.each(table)("%s against %s: %s", (left, right, difference) => {
    expect(compareNames(left, right)).toBe(difference);
    expect(compareNames(right, left)).toBe(difference);
  });

  it("2,000 generated pairs, each with its verdict and its reason", () => {
    const cases = fc.tuple(aName, fc.constantFrom(...Object.keys(REWRITES)));
    fc.assert(
      fc.property(cases, ([name, how]) => {
        const [rewrite, expected] = REWRITES[how] ?? [(text: string) => text, "equal"];
        const other = rewrite(name);
        const difference = compareNames(name, other);
        if (other === name) expect(difference).toBe("equal");
        else expect([how, difference]).toEqual([how, expected]);
        const rows = compareThreeWay({ name }, { name: other }, undefined);
        const verdict = {
          equal: "nothing",
          case_or_space: "nothing",
          tone_placement: "nothing",
          missing_marks: "note",
          real: "supervisor",
          missing_one_side: "note",
        };
        expect(rows.find(({ field }) => field === "name")?.need).toBe(verdict[difference]);
      }),
      { numRuns: 2_000, seed: SEED },
    );
  });
});

/** How a name is written again, and why the two then differ. */
const REWRITES: Record<string, [(name: string) => string, Difference]> = {
  decomposed: [(name) => name.normalize("NFD"), "equal"],
  eth: [(name) => name.replaceAll("Đ", "Ð"), "equal"],
  upper: [(name) => name.toUpperCase(), "case_or_space"],
  spaces: [(name) => name.replaceAll(" ", "   "), "case_or_space"],
  bare: [(name) => bareOf(name), "missing_marks"],
  reordered: [(name) => name.split(" ").toReversed().join(" "), "real"],
  shortened: [(name) => name.split(" ").slice(1).join(" "), "real"],
  lengthened: [(name) => `${name} Anh`, "real"],
  toned: [(name) => withAnotherTone(name), "real"],
};

const OLD_TONES = new Map([
  ["Hoà", "Hòa"],
  ["Thuý", "Thúy"],
  ["Khoẻ", "Khỏe"],
  ["Thủy", "Thuỷ"],
]);

function isoOf([year = 0, month = 0, day = 0]: readonly number[]): string {
  return `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

function bareOf(name: string): string {
  return name
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "")
    .replaceAll("Đ", "D")
    .replaceAll("đ", "d");
}

type Made = Side & { name: string; id: string; bhxh: string; days: number[] };

/** One field otherwise, and really otherwise. */
function mutate(file: Made, how: (typeof mutations)[number], at: number, by: number): Side {
  const [year = 0, month = 0, day = 0] = file.days;
  const born = (days: number[]): Side => ({ ...file, birth: { on: plainDate(isoOf(days)), precision: "day" } });
  switch (how) {
    case "tone":
      return { ...file, name: withAnotherTone(file.name) };
    case "another_mark":
      return { ...file, name: file.name.replace(/^(\p{L})(\p{L}*)/u, (_, first, rest) => `${first}${rest}ạ`) };
    case "one_letter":
      return { ...file, name: `${file.name.slice(0, -1)}${file.name.endsWith("m") ? "n" : "m"}` };
    case "y_for_i":
      return { ...file, name: /i|y/u.test(file.name) ? swapYAndI(file.name) : `${file.name}y` };
    case "day_month":
      return day <= 12 && day !== month ? born([year, day, month]) : born([year, month, (day % 28) + 1]);
    case "year":
      return born([year - by, month, day]);
    case "id_digit":
      return { ...file, paper: { kind: "cccd", number: withOtherDigit(file.id, at, by) } };
    case "insurance_digit":
      return { ...file, insuranceNumber: withOtherDigit(file.bhxh, at, by) };
  }
}

function swapYAndI(name: string): string {
  return name.replace(/[iy]/u, (letter) => (letter === "i" ? "y" : "i"));
}

function withOtherDigit(number: string, at: number, by: number): string {
  const place = at % number.length;
  return `${number.slice(0, place)}${(Number(number[place]) + by) % 10}${number.slice(place + 1)}`;
}

const acuteOf = new Map([..."aeiouyâêôăơưAEIOUYÂÊÔĂƠƯ"].map((letter) => [letter, `${letter}\u0301`.normalize("NFC")]));

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
