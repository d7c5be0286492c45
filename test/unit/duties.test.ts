import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type AssessmentSheet, assessmentPage, type DutySheet, dutiesPage, stateOf } from "../../scripts/sheets.mjs";
import { projectRoot } from "../../src/db/root.ts";

/** The map of duties: what it names is there, and what it calls met is shown by a test. */
const read = (path: string) => readFileSync(join(projectRoot, path), "utf8");
const sheet = JSON.parse(read("docs/laws/duties.json")) as DutySheet;
const assessment = JSON.parse(read("docs/laws/impact-assessment.json")) as AssessmentSheet;
const isThere = (path: string) => existsSync(join(projectRoot, path));

describe("the map of duties", () => {
  it("names only files, symbols and tests that are there", () => {
    const wrong = sheet.duties.flatMap(({ id, code, tests }) => [
      ...code.filter((place) => !isPlace(place)).map((place) => `${id}: ${place}`),
      ...tests.filter((test) => !isTest(test)).map(({ file, title }) => `${id}: ${file}: ${title}`),
    ]);
    expect(wrong).toEqual([]);
  });

  it("has each duty once, with its clause in a known text, in both languages", () => {
    const keys = new Set(sheet.sources.map(({ key }) => key));
    expect(new Set(sheet.duties.map(({ id }) => id)).size).toBe(sheet.duties.length);
    const wrong = sheet.duties.filter((one) => !keys.has(one.source) || !one.clause || !one.duty || !one.dutyVi);
    expect(wrong).toEqual([]);
    for (const key of keys)
      expect(
        sheet.duties.some(({ source }) => source === key),
        key,
      ).toBe(true);
  });

  it("says why of whatever is not shown by code and test", () => {
    const silent = sheet.duties.filter((one) => !one.open && (one.code.length === 0 || one.tests.length === 0));
    expect(silent).toEqual([]);
    expect(sheet.duties.filter((one) => stateOf(one) === "met").length).toBeGreaterThan(40);
  });

  it("stands on its page as in its sheet", () => {
    expect(read("docs/laws/duties.md")).toBe(dutiesPage(sheet));
    expect(read("docs/laws/impact-assessment.md")).toBe(assessmentPage(assessment));
  });
});

describe("the impact assessment", () => {
  it("each purpose of the registry of addresses is assessed, and no other", () => {
    const type = /export type Purpose =([^;]+);/.exec(read("src/web/route.ts"))?.[1] ?? "";
    const registry = [...type.matchAll(/"(\w+)"/g)].map(([, purpose = ""]) => purpose);
    expect(registry.length).toBeGreaterThan(10);
    const known = assessment.purposes.map(({ code }) => code);
    expect(known.toSorted()).toEqual([...registry, ...purposesOfRecord()].toSorted());
  });

  it("names only measures that are there", () => {
    expect(assessment.purposes.flatMap(({ measures }) => measures).filter((path) => !isThere(path))).toEqual([]);
  });
});

/** Purposes that only the record of looks and deeds knows. */
const purposesOfRecord = () => {
  const sources = globSync("src/looks/*.ts", { cwd: projectRoot }).filter((path) => !path.includes(".test."));
  const named = sources.flatMap((path) => [...read(path).matchAll(/\bpurpose: "(\w+)"/g)].map(([, one = ""]) => one));
  return [...new Set(named)].filter((one) => !["looks", "review"].includes(one));
};

function isPlace(place: string): boolean {
  const [path = "", symbol] = place.split("#");
  return isThere(path) && (!symbol || new RegExp(`\\b${symbol}\\b`).test(read(path)));
}

function isTest({ file, title }: { file: string; title: string }): boolean {
  return title.length > 5 && isThere(file) && read(file).includes(title);
}
