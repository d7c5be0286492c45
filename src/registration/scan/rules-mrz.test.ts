import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type MrzPerson, td1, td3 } from "./mrz.fixture.ts";
import { readMrz } from "./rules-mrz.ts";

const YEAR = 2026;
const mau: MrzPerson = {
  number: "099090000123",
  name: ["NGUYEN", "VAN", "MAU"],
  birth: "900115",
  sex: "M",
  expires: "300115",
};
const read = (lines: string[]) => readMrz(lines.join("\n"), YEAR);

const two = (n: number) => String(n).padStart(2, "0");
const anyDay = fc
  .record({
    year: fc.integer({ min: 0, max: 99 }),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 28 }),
  })
  .map(({ year, month, day }) => `${two(year)}${two(month)}${two(day)}`);
const word = fc.stringMatching(/^[A-Z]{1,7}$/);
const anyone: fc.Arbitrary<MrzPerson> = fc.record({
  number: fc.stringMatching(/^0\d{11}$/),
  name: fc.tuple(word, word, word),
  birth: anyDay,
  sex: fc.constantFrom("M" as const, "F" as const),
  expires: anyDay,
});

/** What an eye of glass takes digits for. */
const LOOKS: Record<string, string> = { "0": "O", "1": "I", "2": "Z", "5": "S", "6": "G", "8": "B" };
const misread = (line: string, from: number, to: number) =>
  [...line].map((sign, at) => (at >= from && at < to ? (LOOKS[sign] ?? sign) : sign)).join("");

describe("the lines on the back of an ID card", () => {
  it("give number, name, birth and sex of anybody, and say that marks are missing", () => {
    fc.assert(
      fc.property(anyone, (person) => {
        const found = read(td1(person));
        expect(found).toMatchObject({
          kind: "cccd",
          number: person.number,
          name: person.name.join(" "),
          hasMarks: false,
        });
        expect(found?.sex).toBe(person.sex === "M" ? 1 : 2);
        expect(Number(found?.birth.year) % 100).toBe(Number(person.birth.slice(0, 2)));
        expect(Number(found?.birth.year)).toBeLessThanOrEqual(YEAR);
        expect([Number(found?.birth.month), Number(found?.birth.day)]).toEqual([
          Number(person.birth.slice(2, 4)),
          Number(person.birth.slice(4)),
        ]);
      }),
    );
  });

  it("I5: are read the same when every digit was taken for the letter it looks like", () => {
    fc.assert(
      fc.property(anyone, (person) => {
        const [one = "", second = "", three = ""] = td1(person);
        const blurred = [misread(one, 5, 30), misread(misread(second, 0, 7), 8, 15), three];
        expect(read(blurred)).toEqual(read(td1(person)));
      }),
    );
  });

  it("are refused when any one digit of number, birth or last day is another", () => {
    const places: [line: number, at: number][] = [
      ...Array.from({ length: 22 }, (_, at): [number, number] => [0, 5 + at]),
      ...Array.from({ length: 6 }, (_, at): [number, number] => [1, at]),
      ...Array.from({ length: 6 }, (_, at): [number, number] => [1, 8 + at]),
    ];
    fc.assert(
      fc.property(anyone, fc.constantFrom(...places), fc.integer({ min: 1, max: 9 }), (person, [line, at], by) => {
        const wrong = td1(person).map((text, index) => {
          if (index !== line) return text;
          return `${text.slice(0, at)}${(Number(text[at]) + by) % 10}${text.slice(at + 1)}`;
        });
        expect(read(wrong)).toBeUndefined();
      }),
    );
  });

  it("are found among other text, with spaces, lost and doubled fillers", () => {
    const [one = "", second = "", three = ""] = td1(mau);
    const noisy = [
      "Đặc điểm nhận dạng / Personal identification",
      `${one.slice(0, 15)} ${one.slice(15)}`.replace("<<", "«"),
      second.replace("<<<<<<<<<<<", "<<<<<<<<"),
      three.replace(/<+$/, "<<<<<<K<<C<"),
      "",
    ];
    expect(read(noisy)).toEqual(read(td1(mau)));
  });

  it("are read although the last check was cut off, and not when another one fails", () => {
    const [one = "", second = "", three = ""] = td1(mau);
    expect(read([one, second.slice(0, -1), three])).toEqual(read(td1(mau)));
    expect(read([one, `1${second.slice(1, -1)}`, three])).toBeUndefined();
  });

  it("T10: tell the paper's last day, and none where the lines give no real one", () => {
    expect(read(td1(mau))?.lastDay).toBe("2030-01-15");
    expect(read(td1({ ...mau, expires: "991231" }))?.lastDay).toBe("2099-12-31");
    expect(read(td1({ ...mau, expires: "300230" }))?.lastDay).toBeUndefined();
  });

  it("T11: give the year alone where the card knows no day, and nothing for a day that does not exist", () => {
    expect(read(td1({ ...mau, birth: "550000" }))?.birth).toEqual({ day: "", month: "", year: "1955" });
    expect(read(td1({ ...mau, birth: "550229" }))).toBeUndefined();
    expect(read(td1({ ...mau, birth: "560229" }))?.birth).toEqual({ day: "29", month: "2", year: "1956" });
  });
});

describe("the lines of a passport", () => {
  it("give the number with its letter, also when it was read as digits", () => {
    const lines = td3({ ...mau, number: "B8012508", sex: "F" }, "VNM", "099090000123");
    expect(read(lines)).toMatchObject({ kind: "passport", number: "B8012508", name: "NGUYEN VAN MAU", sex: 2 });
    expect(read([lines[0] ?? "", misread(`8${lines[1]?.slice(1)}`, 1, 10)])).toEqual(read(lines));
  });

  it("of another country are read as they stand", () => {
    const lines = td3({ ...mau, number: "L898902C3", name: ["ERIKSSON", "ANNA", "MARIA"] }, "UTO");
    expect(read(lines)).toMatchObject({ kind: "passport", number: "L898902C3", name: "ERIKSSON ANNA MARIA" });
  });
});

it("nothing else is taken for a paper, and nothing makes it stumble", () => {
  fc.assert(fc.property(fc.string({ maxLength: 400 }), (text) => void expect(readMrz(text, YEAR)).toBeUndefined()));
  const line = fc.stringMatching(/^[A-Z0-9<]{28,46}$/);
  fc.assert(fc.property(fc.array(line, { maxLength: 5 }), (lines) => void expect(read(lines)).toBeUndefined()));
});
