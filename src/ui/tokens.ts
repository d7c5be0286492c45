/** Colours and spaces as they stand in the style sheets, and what WCAG says of them: for the gallery and the tests. */
export type Tokens = ReadonlyMap<string, string>;

/** Text on its ground: at least 7:1 in both schemes. */
export const TEXT_PAIRS: readonly [text: string, ground: string][] = [
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

/** Edges and signs on their ground: at least 3:1 in both schemes. */
export const EDGE_PAIRS: readonly [edge: string, ground: string][] = [
  ["edge", "paper"],
  ["edge", "card"],
  ["main", "paper"],
  ["main", "card"],
  ["main", "tint"],
  ["danger", "card"],
  ["gold", "brand"],
];

/** The colours of the light and of the dark scheme, by name without the dashes. */
export function tokensOf(css: string): { light: Tokens; dark: Tokens } {
  const blocks = [...css.matchAll(/:root\s*\{([^}]*)\}/g)].map((found) => readTokens(found[1] ?? ""));
  const [light = new Map(), dark = new Map()] = blocks;
  return { light, dark: new Map([...light, ...dark]) };
}

function readTokens(block: string): Map<string, string> {
  return new Map(
    [...block.matchAll(/--([\w-]+)\s*:\s*(#[0-9a-f]{3,6})\b/gi)].map(([, name = "", hex = ""]) => [name, hex]),
  );
}

/** The sizes of text by name without the dashes, in the order and the words of the style sheet. */
export function textSizesOf(css: string): [name: string, size: string][] {
  return [...css.matchAll(/--(text-\w+)\s*:\s*([^;}]+)/g)].map(([, name = "", size = ""]) => [name, size]);
}

/** Spaces between and inside things, in rem, with how often the style sheets use each. */
export function spacesOf(css: string): [rem: number, times: number][] {
  const times = new Map<number, number>();
  for (const [, values = ""] of css.matchAll(/(?:margin|padding|gap)[\w-]*:([^;}]+)/g)) {
    for (const [, rem = ""] of values.matchAll(/(?<![\w.-])(\d*\.?\d+)rem/g)) {
      times.set(Number(rem), (times.get(Number(rem)) ?? 0) + 1);
    }
  }
  return [...times].sort(([a], [b]) => a - b);
}

export function colourOf(tokens: Tokens, name: string): string {
  const hex = tokens.get(name);
  if (!hex) throw new Error(`no colour --${name}`);
  return hex;
}

/** 1 (equal) to 21 (black on white), as WCAG 2 counts it. */
export function contrast(one: string, other: string): number {
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
