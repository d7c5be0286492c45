import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Random } from "../generate/random.ts";
import { makeCheckCode, parseCheckCode } from "./check-code.ts";

const random = new Random(7);
const draw = (below: number) => random.int(0, below - 1);

describe("the check code of a paper", () => {
  it("is four groups of four, and reads back as written, as read aloud and as typed in small letters", () => {
    for (let n = 0; n < 200; n += 1) {
      const code = makeCheckCode(draw);
      expect(code).toMatch(/^BK(-[2-9A-HJKMNP-Z]{4}){4}$/);
      for (const typed of [
        code,
        code.toLowerCase(),
        code.slice(3).replaceAll("-", " "),
        ` ${code.replaceAll("-", "")}`,
      ]) {
        expect(parseCheckCode(typed)).toBe(code);
      }
    }
  });

  it("is refused with any one sign wrong, or two neighbours swapped", () => {
    const code = makeCheckCode(draw).replace("BK-", "").replaceAll("-", "");
    for (let at = 0; at < code.length; at += 1) {
      for (const sign of "23456789ABCDEFGHJKMNPQRSTUVWXYZ") {
        if (sign === code[at]) continue;
        expect(parseCheckCode(code.slice(0, at) + sign + code.slice(at + 1))).toBeUndefined();
      }
      const next = code[at + 1];
      if (!next || next === code[at]) continue;
      expect(parseCheckCode(code.slice(0, at) + next + code[at] + code.slice(at + 2))).toBeUndefined();
    }
  });

  it("is not made of whatever else is typed", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const parsed = parseCheckCode(text);
        expect(parsed === undefined || parseCheckCode(parsed) === parsed).toBe(true);
      }),
    );
    for (const text of ["", "BK", "BD-4F7K-92QX", "0".repeat(16)]) expect(parseCheckCode(text)).toBeUndefined();
  });

  it("is met by guessing once in fifty times at most, by ten thousand networks in ten years at full speed", () => {
    const tries = 60 * 60 * 24 * 365 * 10 * 10_000;
    const livePapers = 100_000_000;
    expect((tries * livePapers) / 31 ** 15).toBeLessThan(0.02);
  });
});
