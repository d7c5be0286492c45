import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

/**
 * Whoever is signed in may be sixteen or ninety: there nobody is called by a word of age, and no sentence needs one.
 * Where age is unknown and form 01 asks, and in letters, the polite word stays (docs/decisions/0046).
 */
const src = join(import.meta.dirname, "..");
const own =
  "account,card,card-pass,participation,benefits,visits,inbox,dispute,statement,kept-card,push,factor,contact,rights,me";
const ofStaff = /words-(staff|desk|officer|counter)/;

describe("the pages of one's own account", () => {
  it("call nobody by a word of age", () => {
    const files = globSync(`{${own}}/words*.ts`, { cwd: src }).filter((path) => !ofStaff.test(path));
    expect(files.length).toBeGreaterThan(15);
    const calls = files.flatMap((path) =>
      readFileSync(join(src, path), "utf8")
        .split("\n")
        .filter((line) => /ông\/bà|(?<!\p{L})(bạn|quý vị)(?!\p{L})/iu.test(line))
        .map((line) => `${path}: ${line.trim()}`),
    );
    expect(calls).toEqual([]);
  });
});
