import { globSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { projectRoot } from "../../src/db/root.ts";
import { readCodePoints } from "../../src/typeset/true-type.ts";

const require = createRequire(import.meta.url);
const fonts = ["400Regular/Tinos_400Regular.ttf", "700Bold/Tinos_700Bold.ttf"];
const drawable = fonts.map((font) => readCodePoints(require.resolve(`@expo-google-fonts/tinos/${font}`)));

/** Every letter of Vietnamese, upper and lower: what a name or a place may hold. */
const bases = [..."aăâeêioôơuưy"];
const tones = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"];
const letters = [...bases.flatMap((base) => tones.map((tone) => (base + tone).normalize("NFC"))), "đ"];
const alphabet = [...letters, ...letters.map((letter) => letter.toUpperCase())];

/** Signs that every system's own letters hold; arrows and the cross are for the screen alone. */
const signs = [..."–—“”‘’…·•\u00a0"];
const onScreenAlone = [..."×↑↓"];
const allowed = new Set([...alphabet, ...signs, ...onScreenAlone]);

const spoken = globSync(["src/**/words*.ts", "src/**/*.typ"], { cwd: projectRoot }).map((path) => ({
  path,
  text: readFileSync(join(projectRoot, path), "utf8"),
}));
const names = ["admin-units.csv", "code-lists.csv", "document-kinds.csv", "public-holidays.csv"].map((path) => ({
  path,
  text: namesIn(path),
}));

describe("letters", () => {
  it("are composed (NFC), with no mark standing alone, in all words and names", () => {
    expect(spoken.length).toBeGreaterThan(60);
    const wrong = [...spoken, ...names].filter(({ text }) => text !== text.normalize("NFC") || /\p{M}/u.test(text));
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  it("are those of Vietnamese and a few signs, nothing that a telephone may lack", () => {
    const isUsual = (sign: string) => sign < "\u007f" || allowed.has(sign);
    const strange = [...spoken, ...names].flatMap(({ path, text }) =>
      [...new Set(text)].filter((sign) => !isUsual(sign)).map((sign) => `${path}: ${sign}`),
    );
    expect(strange).toEqual([]);
  });

  it("are all in the fonts of printed papers, and so are the letters of any name", () => {
    const printed = new Set([...alphabet, ...signs, ...[...spoken, ...names].flatMap(({ text }) => [...text])]);
    for (const sign of onScreenAlone) printed.delete(sign);
    printed.delete("\n");
    const missing = drawable.map((font) => [...printed].filter((sign) => !font.has(sign.codePointAt(0) ?? 0)));
    expect(missing).toEqual([[], []]);
  });
});

function namesIn(path: string): string {
  const rows: Record<string, string>[] = parse(readFileSync(join(projectRoot, "db/reference", path)), {
    columns: true,
  });
  return rows.map((row) => [row.name, row.name_vi, row.name_en].join(" ")).join("\n");
}
