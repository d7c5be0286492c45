import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { projectRoot } from "../db/root.ts";
import { collectStyles, type Face } from "./styles.ts";
import { colourOf, contrast, EDGE_PAIRS, TEXT_PAIRS, tokensOf } from "./tokens.ts";

const faces: Face[] = ["portal", "app", "console"];
const { light, dark } = tokensOf(collectStyles("portal"));

describe("styles", () => {
  it("keep the style of every portal page under 6 KB compressed, and of every face under 8 KB", () => {
    const bytes = faces.map((face) => gzipSync(collectStyles(face)).length);
    expect(bytes[0]).toBeLessThan(6_000);
    expect(Math.max(...bytes)).toBeLessThan(8_000);
  });

  it("ask nothing of the network: no address, no import, no font to load", () => {
    for (const face of faces) expect(collectStyles(face)).not.toMatch(/url\(|@import|@font-face|<\//);
  });

  it("name no token that is nowhere given a value", () => {
    const texts = globSync("src/**/*.css", { cwd: projectRoot }).map((path) =>
      readFileSync(join(projectRoot, path), "utf8"),
    );
    const given = new Set(texts.flatMap((text) => [...text.matchAll(/(--[\w-]+)\s*:/g)].map(([, name]) => name)));
    const asked = texts.flatMap((text) => [...text.matchAll(/var\((--[\w-]+)/g)].map(([, name]) => name));
    expect(asked.length).toBeGreaterThan(300);
    expect(asked.filter((name) => !given.has(name))).toEqual([]);
  });

  it("give the same text for the same page, the feature's own after the face's", () => {
    expect(collectStyles("app", [".a{}", ".b{}"])).toBe(`${collectStyles("app")}.a{}.b{}`);
  });

  it.each([
    ["light", light],
    ["dark", dark],
  ] as const)("hold text at 7:1 and edges at 3:1 in the %s colours", (_, tokens) => {
    const short = [
      ...TEXT_PAIRS.map(([text, ground]) => ({ text, ground, least: 7 })),
      ...EDGE_PAIRS.map(([text, ground]) => ({ text, ground, least: 3 })),
    ]
      .map((pair) => ({ ...pair, ratio: contrast(colourOf(tokens, pair.text), colourOf(tokens, pair.ground)) }))
      .filter((pair) => pair.ratio < pair.least);
    expect(short).toEqual([]);
  });

  it("measure contrast as WCAG does: black on white is 21, equal colours are 1", () => {
    expect(contrast("#000", "#ffffff")).toBeCloseTo(21, 5);
    expect(contrast("#767676", "#fff")).toBeCloseTo(4.54, 2);
    expect(contrast("#0b4a4e", "#0b4a4e")).toBe(1);
  });
});
