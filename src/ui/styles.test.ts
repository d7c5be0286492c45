import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { collectStyles, type Face } from "./styles.ts";

const faces: Face[] = ["portal", "app", "console"];
const [light, dark] = tokensOf(collectStyles("portal"));

const TEXT_PAIRS: [text: string, ground: string][] = [
  ...["paper", "card", "sunk", "tint", "good-tint", "warn-tint", "danger-tint"].map((g): [string, string] => [
    "ink",
    g,
  ]),
  ...["paper", "card", "sunk", "tint", "warn-tint", "danger-tint"].map((g): [string, string] => ["soft", g]),
  ...["paper", "card", "tint", "good-tint", "warn-tint"].map((g): [string, string] => ["link", g]),
  ["main-ink", "main"],
  ["main-ink", "main-deep"],
  ["brand-ink", "brand"],
  ["danger", "paper"],
  ["danger", "danger-tint"],
  ["card", "danger"],
  ["good", "good-tint"],
  ["warn", "warn-tint"],
  ["gold-ink", "gold"],
];

const EDGE_PAIRS: [edge: string, ground: string][] = [
  ["edge", "paper"],
  ["edge", "card"],
  ["main", "paper"],
  ["main", "card"],
  ["main", "tint"],
  ["danger", "card"],
  ["gold", "brand"],
];

describe("styles", () => {
  it("keep the style of every portal page under 6 KB compressed, and of every face under 8 KB", () => {
    const bytes = faces.map((face) => gzipSync(collectStyles(face)).length);
    expect(bytes[0]).toBeLessThan(6_000);
    expect(Math.max(...bytes)).toBeLessThan(8_000);
  });

  it("ask nothing of the network: no address, no import, no font to load", () => {
    for (const face of faces) expect(collectStyles(face)).not.toMatch(/url\(|@import|@font-face|<\//);
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
      .map((pair) => ({ ...pair, ratio: contrast(colour(tokens, pair.text), colour(tokens, pair.ground)) }))
      .filter((pair) => pair.ratio < pair.least);
    expect(short).toEqual([]);
  });

  it("measure contrast as WCAG does: black on white is 21, equal colours are 1", () => {
    expect(contrast("#000", "#ffffff")).toBeCloseTo(21, 5);
    expect(contrast("#767676", "#fff")).toBeCloseTo(4.54, 2);
    expect(contrast("#0b4a4e", "#0b4a4e")).toBe(1);
  });
});

type Tokens = ReadonlyMap<string, string>;

function tokensOf(css: string): [Tokens, Tokens] {
  const blocks = [...css.matchAll(/:root\s*\{([^}]*)\}/g)].map((found) => readTokens(found[1] ?? ""));
  const [bright = new Map(), darkened = new Map()] = blocks;
  return [bright, new Map([...bright, ...darkened])];
}

function readTokens(block: string): Map<string, string> {
  return new Map(
    [...block.matchAll(/--([\w-]+)\s*:\s*(#[0-9a-f]{3,6})\b/gi)].map(([, name = "", hex = ""]) => [name, hex]),
  );
}

function colour(tokens: Tokens, name: string): string {
  const hex = tokens.get(name);
  if (!hex) throw new Error(`no colour --${name}`);
  return hex;
}

function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(hex: string): number {
  const long = hex.length === 4 ? hex.replace(/[0-9a-f]/gi, "$&$&") : hex;
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(long.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
