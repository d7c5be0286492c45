import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { projectRoot } from "../../src/db/root.ts";

/**
 * ASVS 5.0, 1.3.12: no expression takes more than a moment for text that somebody made for it. Every expression of src is
 * tried with its own pieces, repeated: what looks anew from each place, or tries every way to part a run, takes a
 * thousand times as long as one that reads on. (The analyser recheck, 4.5.0, knew none that explodes, and of those that grow
 * with the square none more that strangers reach.)
 */
interface Expression {
  where: string;
  source: string;
  flags: string;
}

function expressionsOf(path: string): Expression[] {
  const file = ts.createSourceFile(path, readFileSync(join(projectRoot, path), "utf8"), ts.ScriptTarget.Latest, true);
  const found: Expression[] = [];
  const look = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf("/");
      found.push({ where: path, source: node.text.slice(1, end), flags: node.text.slice(end + 1) });
    }
    ts.forEachChild(node, look);
  };
  look(file);
  return found;
}

const expressions = globSync("src/**/*.{ts,tsx,js,mjs}", { cwd: projectRoot })
  .filter((path) => !/\.(test|fixture)\.|\.d\.ts$/.test(path))
  .flatMap(expressionsOf);
const byText = [...Map.groupBy(expressions, ({ source, flags }) => `/${source}/${flags}`)];

/** What repeats nothing without end reads each place so many times at most, whatever comes. */
const repeats = ({ source }: Expression) =>
  /[*+]|\{\d*,\}|\{\d{3,}/.test(source.replace(/\\.|\[(?:\\.|[^\]])*\]/g, "_"));

/** The longest field of a form, and the longest cell of a table that is read. */
const LONGEST = 64 * 1024;
/** A text that is read on takes one; a machine that is busy is given some more. */
const MOST_MS = 60;
const TRIES = 3;

/**
 * The longest text that these are ever given, and why. Measured at that length; undefined: text of ours alone, never
 * anybody else's.
 */
const BOUNDED: Record<string, { most: number | undefined; why: string }> = {
  "/\\/+$/": { most: 2048, why: "addresses in settings, of whoever runs the system" },
  "/\\0.*$/": { most: 256, why: "a field of a head in an archive of ours: 155 bytes" },
  "/\\s*[–-]\\s*/g": { most: 256, why: "opening hours of a window of time, a line of staff" },
  "/\\s*\\(mẫu\\)/u": { most: 256, why: "names of units and offices, lines of staff" },
  "/^(\\d)?\\s*[-–.:]?\\s*(nam|nu|khac)?$/": { most: 100, why: "cut to it where it is asked" },
  "/\\s*\\/\\s*(\\d{1,3})\\s*$/u": { most: 100, why: "cut to it where it is asked" },
  "/\\([^)]*\\)/g": { most: 500, why: "cut to it where it is asked" },
  '/"[^"]*"|\\\\.|\\[[^\\]]*\\]|[_*]./g': { most: 255, why: "cut to it where it is asked" },
  "/\\B(?=(\\d{3})+$)/g": { most: 40, why: "digits of an amount that was read as one" },
  "/0+$/": { most: 40, why: "digits of an amount that was read as one" },
  "/\\0+$/": { most: 255, why: "the name that a network gives a message: 64 signs by its protocol" },
  "/<+$/": { most: 1000, why: "a line that this telephone read from its own picture" },
  "/<<<.*$/": { most: 1000, why: "a line that this telephone read from its own picture" },
  "/^(.*)\\/(.*)\\.traineddata\\.gz$/": { most: undefined, why: "the address of a file of ours" },
  "/<rect[^>]*>/": { most: undefined, why: "a picture of ours, when icons are made" },
  "/<style>([\\s\\S]*?)<\\/style>/": { most: undefined, why: "pages of ours: what was typed stands there escaped" },
  "/:root\\s*\\{([^}]*)\\}/g": { most: undefined, why: "styles of ours" },
  "/--([\\w-]+)\\s*:\\s*(#[0-9a-f]{3,6})\\b/gi": { most: undefined, why: "styles of ours" },
  "/(?:margin|padding|gap)[\\w-]*:([^;}]+)/g": { most: undefined, why: "styles of ours" },
  "/(?<![\\w.-])(\\d*\\.?\\d+)rem/g": { most: undefined, why: "styles of ours" },
};

const PIECES_MOST = 24;
const HEADS_MOST = 4;

/** Signs and pieces that the expression itself speaks of, and what stands between. */
function piecesOf(source: string): string[] {
  const escaped = [...source.matchAll(/\\([^\nA-Za-z0-9])/g)].map(([, sign = ""]) => sign);
  const words = source
    .replace(/\\[pP]\{[^}]*\}|\(\?<?[=!:]|\\[bBdDsSwW]/g, "\n")
    .replace(/\\u([\da-f]{4})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/\\x([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/\\0/g, "\0")
    .replace(/\\([^\n])/g, "$1")
    .split(/[\n[\](){}|*+?^$]/)
    .filter((piece) => piece.length > 0);
  const signs = words.flatMap((word) => [...word]);
  return [...new Set(["\t", "0", "a", ...escaped, ...words, ...signs, "\n", "ệ", "a.", '"a'])].slice(0, PIECES_MOST);
}

/** One piece again and again, alone, behind each beginning, and with an end that spoils it. */
function* attacksOn({ source }: Expression, length: number): Generator<string> {
  const pieces = piecesOf(source);
  for (const piece of pieces) {
    const run = piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
    yield run;
    yield `${run}\u0001`;
    yield `${run}\n${piece}`;
    for (const head of pieces.slice(0, HEADS_MOST)) yield `${head}${run}\u0001`;
  }
}

/** Over the limit, how long it took. What grows too fast is seen at an eighth of the length, so that nobody waits for it. */
function slowMs(expression: Expression, length: number): { ms: number; text: string } | undefined {
  for (const [part, mostMs] of [
    [length / 8, MOST_MS / 4],
    [length, MOST_MS],
  ] as const) {
    for (const text of attacksOn(expression, part)) {
      const ms = quickestMs(expression, text, mostMs);
      if (ms > mostMs) return { ms: Math.round(ms), text: JSON.stringify(text.slice(0, 12)) };
    }
  }
  return undefined;
}

/** What a busy machine made slow is quick the next time. */
function quickestMs({ source, flags }: Expression, text: string, mostMs: number): number {
  const asked = new RegExp(source, flags);
  let ms = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < TRIES && ms > mostMs; tries += 1) {
    const from = performance.now();
    text.replace(asked, "");
    ms = Math.min(ms, performance.now() - from);
  }
  return ms;
}

describe("expressions", () => {
  it("none takes more than a moment for the longest text that it is ever given", { timeout: 300_000 }, () => {
    expect(byText.length).toBeGreaterThan(300);
    const slow = byText.flatMap(([text, [expression]]) => {
      const bound = text in BOUNDED ? BOUNDED[text] : { most: LONGEST };
      if (!expression || !repeats(expression) || bound?.most === undefined) return [];
      const slow = slowMs(expression, bound.most);
      return slow ? [`${expression.where} ${text}: ${slow.ms} ms, ${slow.text}…`] : [];
    });
    expect(slow).toEqual([]);
  });

  it.each([
    ["(a+)+$", 22 * 8],
    ["\\s+$", LONGEST],
    ["^(\\d+)*x", 22 * 8],
    ["<!--[^]*?-->", LONGEST],
    ["\\S*@", LONGEST],
  ])("that explode or grow too fast are found: %s", (source, length) => {
    expect(slowMs({ where: "", source, flags: "g" }, length)).toBeDefined();
  });

  // security-documents.test.ts names the places that build one: the others hold names of tables and words that are escaped.
  it("that is built for a tag of a claim file reads on as well", () => {
    expect(slowMs({ where: "", source: "<MACSKCB>([^<]*)</MACSKCB>", flags: "" }, LONGEST)).toBeUndefined();
    const asBefore = "<MACSKCB>\\s*([^<]*?)\\s*</MACSKCB>";
    expect(slowMs({ where: "", source: asBefore, flags: "" }, 4000)).toBeDefined();
  });

  it("have a bound only where one is needed, each with its reason", () => {
    const known = new Set(byText.map(([text]) => text));
    expect(Object.keys(BOUNDED).filter((text) => !known.has(text))).toEqual([]);
    expect(Object.values(BOUNDED).filter(({ why }) => why.length < 10)).toEqual([]);
  });
});
