import { expect, it } from "vitest";
import { apply, mutantsOf } from "../../scripts/mutate.mjs";

/** R49: what is put wrong, and that each stands alone. */
const madeOf = (text: string) => mutantsOf(text, "a.ts").map((mutant) => apply(text, mutant));

it.each([
  ["a < b", ["a <= b"]],
  ["a && !b", ["a || !b", "a && b"]],
  ["x ? 1 : y", ["!(x) ? 1 : y", "x ? (1 + 1) : y"]],
  ["all.some(f)", [";", "all.every(f)"]],
  ["const a = b ?? c;", ["const a = (c);"]],
  ["if (a) b = true;", ["if (!(a)) b = true;", "if (a) b = false;"]],
  ['const a = "x" + b;', []],
  ["type A = 1 | 2; interface B { c: 3 }", []],
])("%s", (text, made) => {
  expect(madeOf(text)).toEqual(made);
});

it("knows the line of what it changes", () => {
  expect(mutantsOf("a;\nb <= c;", "a.ts")).toMatchObject([{ line: 2, was: "<=", is: "<" }]);
});
