import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { MAIN_SCREENS, type WcagRow, wcagFigure, wcagPage } from "../../scripts/sheets.mjs";
import { projectRoot } from "../../src/db/root.ts";

/** The sheet of WCAG 2.2, and what of it can be read in the sources. */
const read = (path: string) => readFileSync(join(projectRoot, path), "utf8");
const filesOf = (...patterns: string[]) =>
  globSync(patterns, { cwd: projectRoot }).filter((path) => !/\.test\./.test(path));
const sheet = JSON.parse(read("docs/security/wcag.json")) as WcagRow[];

/** How many criteria of levels A and AA each guideline has. */
const guidelines: Record<string, number> = {
  ...{ "1.1": 1, "1.2": 5, "1.3": 5, "1.4": 9, "2.1": 3, "2.2": 2, "2.3": 1, "2.4": 8, "2.5": 6 },
  ...{ "3.1": 2, "3.2": 5, "3.3": 6, "4.1": 2 },
};

describe("the sheet of WCAG 2.2", () => {
  it("has all 55 criteria once: 31 of level A, 24 of level AA", () => {
    expect(new Set(sheet.map(({ id }) => id)).size).toBe(55);
    expect(["A", "AA"].map((level) => sheet.filter((row) => row.level === level).length)).toEqual([31, 24]);
    const counted = Object.groupBy(sheet, ({ id }) => id.split(".").slice(0, 2).join("."));
    expect(Object.fromEntries(Object.entries(counted).map(([of, rows = []]) => [of, rows.length]))).toEqual(guidelines);
  });

  it("stands on a test that is there, or gives a reason", () => {
    const wrong = sheet.filter(({ verdict, evidence, test, reason }) => {
      if (verdict !== "met") return !reason || evidence !== undefined;
      return !evidence || !test || !existsSync(join(projectRoot, evidence)) || !read(evidence).includes(test);
    });
    expect(wrong).toEqual([]);
  });

  it("stands on its page as in its sheet", () => {
    expect(read("docs/security/wcag.md")).toBe(wcagPage(sheet));
  });

  it("R38: 55 of 55 are judged on twelve screens: 48 are met, 7 have nothing to be met by, none is open", () => {
    expect(Object.keys(MAIN_SCREENS)).toHaveLength(12);
    expect(wcagFigure(sheet)).toBe("48 of 55 met, 7 not applicable, 0 open");
  });
});

const styles = filesOf("src/**/*.css").map((path) => ({ path, css: read(path).replaceAll(/\/\*[\s\S]*?\*\//g, "") }));
const scripts = filesOf("src/**/*-island.ts", "src/pwa/*.js", "src/kept-card/*.ts", "src/card-pass/*.ts");

describe("pages", () => {
  it("have no sound and no film: what a camera sees is asked for without sound", () => {
    expect(filesOf("src/**/*.tsx").filter((path) => /<audio|<video[^>]*(src|autoplay)/i.test(read(path)))).toEqual([]);
    const cameras = filesOf("src/**/*.ts").filter((path) => /getUserMedia\(/.test(read(path)));
    expect(cameras.length).toBeGreaterThan(0);
    expect(cameras.filter((path) => !/audio: false/.test(read(path)))).toEqual([]);
  });

  it("have styles by which nothing moves by itself but the band of a valid card, slowly and where motion is welcome", () => {
    const moving = styles.filter(({ css }) => /animation:|@keyframes/.test(css));
    expect(moving.map(({ path }) => path)).toEqual(["src/me/card.css"]);
    const [card] = moving;
    expect(card?.css.match(/animation:[^;]+/g)).toEqual(["animation: live 12s linear infinite"]);
    expect(card?.css).toMatch(/no-preference\) \{\s*\.health-card\.valid \.health-card-head \{\s*animation:/);
  });

  it("have styles by which what lies under a pointer changes its colour, and brings nothing new", () => {
    const rules = styles.flatMap(({ css }) => [...css.matchAll(/([^{}]*:hover[^{}]*)\{([^}]*)\}/g)]);
    const set = rules.flatMap(([, , body = ""]) => [...body.matchAll(/([\w-]+):/g)].map(([, name = ""]) => name));
    expect(rules.length).toBeGreaterThan(10);
    expect(
      set.filter(
        (name) =>
          !/^(background(-color)?|(border-)?color|text-decoration.*|stroke.*|fill|outline.*|box-shadow)$/.test(name),
      ),
    ).toEqual([]);
  });

  it("have scripts of which no script follows a pointer but the frame for a signature, and none the device's motion", () => {
    const pressed = /"(pointer|mouse|touch|drag)\w*"|device(motion|orientation)/i;
    expect(scripts.length).toBeGreaterThan(15);
    expect(scripts.filter((path) => pressed.test(read(path)))).toEqual(["src/letters/sign-island.ts"]);
  });

  it("have words of which no sentence leads by side or colour alone", () => {
    const bySense =
      /bên (phải|trái)(?= (màn|trang|nút|của trang))|nút (màu|tròn|vuông)|on the (right|left)\b|(red|green|blue|round) button/i;
    const words = filesOf("src/**/words*.ts");
    expect(words.length).toBeGreaterThan(50);
    expect(words.filter((path) => bySense.test(read(path)))).toEqual([]);
  });
});
