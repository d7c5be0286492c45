import { describe, expect, test } from "vitest";
import { illnessesInWords, illnessInWords } from "./illness.ts";
import { blocks } from "./illness-blocks.ts";
import { common } from "./illness-names.ts";

describe("an illness in plain words", () => {
  test.each([
    ["E11.9", "Tiểu đường típ 2", "Diabetes, type 2"],
    ["i10", "Tăng huyết áp", "High blood pressure"],
    ["J15.2", "Viêm phổi do vi khuẩn", "Bacterial pneumonia"],
    ["U07.1", "Covid-19", "Covid-19"],
    ["U07.0", "Bệnh có mã riêng", "Condition with a special code"],
    ["D61", "Thiếu máu", "Anaemia"],
    ["N85", "Bệnh phụ khoa", "Trouble of the female organs"],
    ["B24", "Nhiễm HIV", "HIV infection"],
    ["Z52", "Điều trị theo đợt, hồi phục", "Course of treatment or recovery"],
    ["J80", "Bệnh hô hấp", "Disease of the airways"],
    ["H93", "Bệnh về tai", "Disease of the ear"],
  ])("%s is told as %s", (code, vi, en) => {
    expect(illnessInWords(code, "vi")).toBe(vi);
    expect(illnessInWords(code, "en")).toBe(en);
  });

  test.each(["", "123", "E1", "khong ro"])("what is no code (%s) is not named", (code) => {
    expect(illnessInWords(code, "vi")).toBeUndefined();
  });

  test("every letter of the classification is told in words, whatever its number", () => {
    for (const letter of "ABCDEFGHIJKLMNOPQRSTUVWXYZ") {
      for (const number of ["00", "49", "80"]) {
        expect(illnessInWords(letter + number, "vi"), letter + number).toBeTruthy();
      }
    }
  });

  test("the short list and the blocks are in order, do not overlap and are written in both languages", () => {
    expect(Object.keys(common)).toEqual(Object.keys(common).toSorted());
    for (const [at, [first, last]] of blocks.entries()) {
      expect(first <= last && (blocks[at - 1]?.[1] ?? "") < first, first).toBe(true);
    }
    for (const words of [...Object.values(common), ...blocks.map(([, , ...twin]) => twin)]) {
      for (const text of words) expect(text, text).toMatch(/^\p{Lu}/u);
    }
  });

  test("accompanying illnesses are told once each, in their order", () => {
    expect(illnessesInWords("E78.2; I10;E11,E78.5;??", "vi")).toEqual([
      "Mỡ máu cao",
      "Tăng huyết áp",
      "Tiểu đường típ 2",
    ]);
  });
});
