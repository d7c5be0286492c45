import { describe, expect, test } from "vitest";
import { matchPerson } from "./rules-match.ts";

const an = { personId: "1", foldedName: "mai an", birthYear: 1990 };
const binh = { personId: "2", foldedName: "le binh", birthYear: 1980 };
const known = new Map([
  ["bhxh 9900000001", an],
  ["personal_id 099190000001", an],
  ["card 9900000002", binh],
]);
const claim = (...keys: string[]) => ({
  keys,
  foldedName: "mai an",
  birthYear: 1990,
});

describe("whose claim it is", () => {
  test("one known number is enough when name and year agree", () => {
    expect(matchPerson(claim("card 123", "bhxh 9900000001"), known)).toEqual({ ok: true, value: "1" });
  });
  test("two numbers of one person agree", () => {
    expect(matchPerson(claim("personal_id 099190000001", "bhxh 9900000001"), known)).toEqual({ ok: true, value: "1" });
  });
  test.each([
    ["person_unknown", claim("bhxh 1")],
    ["person_conflict", claim("bhxh 9900000001", "card 9900000002")],
    ["person_mismatch", claim("card 9900000002")],
    ["person_mismatch", { ...claim("bhxh 9900000001"), birthYear: 1991 }],
    ["person_mismatch", { ...claim("bhxh 9900000001"), foldedName: "mai anh" }],
  ])("%s", (faults, named) => {
    expect(matchPerson(named, known)).toEqual({ ok: false, faults });
  });
});
