import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type AsvsRow, asvsPage } from "../../scripts/sheets.mjs";
import { projectRoot } from "../../src/db/root.ts";

/** The sheet of OWASP ASVS 5.0.0: nothing is claimed that does not stand on something in the repository. */
const read = (path: string) => readFileSync(join(projectRoot, path), "utf8");
const sheet = JSON.parse(read("docs/security/asvs.json")) as AsvsRow[];

describe("the sheet of ASVS 5.0.0", () => {
  it("has all 345 requirements once: 70 of level 1, 183 of level 2, 92 of level 3", () => {
    expect(new Set(sheet.map(({ id }) => id)).size).toBe(345);
    expect([1, 2, 3].map((level) => sheet.filter((row) => row.level === level).length)).toEqual([70, 183, 92]);
  });

  it("stands on a file or a test that is there, or gives a reason", () => {
    const wrong = sheet.filter(({ verdict, evidence, test, reason }) => {
      if (verdict !== "met") return !reason || evidence !== undefined;
      if (!evidence || !existsSync(join(projectRoot, evidence))) return true;
      return test !== undefined && !read(evidence).includes(test);
    });
    expect(wrong).toEqual([]);
  });

  it("stands on its page as in its sheet", () => {
    expect(read("docs/security/asvs.md")).toBe(asvsPage(sheet));
  });

  it("leaves none unjudged, and stands on named tests for 85 of a hundred that are met", () => {
    expect(sheet.filter(({ reason = "" }) => /not judged yet/i.test(reason))).toEqual([]);
    const met = sheet.filter(({ verdict }) => verdict === "met");
    expect(met.filter(({ test }) => test).length / met.length).toBeGreaterThanOrEqual(0.85);
  });

  it("R37: has of levels 1 and 2 nothing open but what its page gives the reasons of", () => {
    const open = sheet.filter(({ level, verdict }) => level < 3 && verdict === "open").map(({ id }) => id);
    expect(open.toSorted()).toEqual(["11.2.3", "11.5.1", "15.2.1", "6.2.10"]);
  });
});
