import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { projectRoot } from "../../src/db/root.ts";
import { plain } from "./law-plain.ts";
import { plays } from "./law-plays.ts";
import { exportedRules, lawDocs, taggedRules } from "./law-tables.ts";

const docs = lawDocs();
const tables = docs.flatMap((doc) => doc.tables);
const rules = taggedRules();
const nameOf = ({ doc, rule }: { doc: string; rule: string }) => `${doc}: ${rule}`;
const OURS = ["ours", "unsourced"];
const keysOf = (source: string) => source.split(";").map((part) => part.trim().split(/[,:]| with /)[0] ?? "");

test("the page of clauses names only files that are there, each in a row of its table", () => {
  const page = readFileSync(join(projectRoot, "docs/laws/README.md"), "utf8");
  const paths = [...page.matchAll(/`((?:[\w-]+\/)+[\w.-]+\.(?:tsx?|csv))`/g)].map(([, path = ""]) => path);
  expect(paths.length).toBeGreaterThan(60);
  expect(paths.filter((path) => !["", "src"].some((from) => existsSync(join(projectRoot, from, path))))).toEqual([]);
  expect(page.match(/(?:^|\n\n)(?:\|.*\n?)+/g)?.length).toBe(1);
});

describe("every rule of the law and its table of cases", () => {
  test("a rule in the code has a table in docs/laws, and a table has its rule", () => {
    expect(rules.length).toBeGreaterThan(15);
    expect(rules.map(nameOf).toSorted()).toEqual(tables.map(nameOf).toSorted());
  });

  test("what is played here is what the documents describe", () => {
    expect(Object.keys(plays).toSorted()).toEqual(tables.map(({ rule }) => rule).toSorted());
  });

  test("every exported rule beside them has a table, or is listed as plain with the reason", () => {
    const tagged = rules.map(({ path, rule }) => `${path}#${rule}`);
    expect(exportedRules().filter((rule) => !tagged.includes(rule))).toEqual(Object.keys(plain).toSorted());
  });

  test.each(docs.map((doc) => [doc.name, doc] as const))(
    "%s: each source has an address or names an act, and is cited",
    (_, { text, sources }) => {
      for (const [key, at] of sources) {
        expect(at, key).toMatch(/https?:\/\/|Luật|NĐ|QĐ/);
        expect(text, key).toContain(key);
      }
    },
  );

  test.each(tables.map((table) => [nameOf(table), table] as const))(
    "%s has a case from the law or a public source, and each case names its source",
    (_, { doc, cases }) => {
      const listed = docs.find(({ name }) => name === doc)?.sources ?? [];
      const known = [...listed.map(([key]) => key), ...OURS, "the letter 330/UBND-VX"];
      for (const { source } of cases) for (const key of keysOf(source)) expect(known, source).toContain(key);
      expect(cases.some(({ source }) => !OURS.includes(keysOf(source)[0] ?? ""))).toBe(true);
    },
  );
});

describe.each(tables.map((table) => [nameOf(table), table] as const))("%s", (_, { rule, cases }) => {
  test.each(cases.map((one) => [Object.values(one.given).join(" | "), one] as const))("%s", (_given, one) => {
    expect(plays[rule]?.({ on: "", ...one.given })).toEqual(one.answer);
  });
});
