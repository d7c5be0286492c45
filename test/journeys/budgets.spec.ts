import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Page, Response } from "@playwright/test";
import { projectRoot } from "../../src/db/root.ts";
import { openPages } from "./open-pages.ts";
import { expect, test } from "./signed-in.ts";
import { signedInPages } from "./signed-in-pages.ts";

test.use({ people: "demo", trace: "off" });

type Face = "portal" | "app" | "console";

/**
 * Text and styles, compressed as they travel. The portal comes in one first flight of a connection. For the record
 * and the desk nothing was promised: they get what their fullest page weighs, and a fifth for longer lives and files.
 */
const pageBytes: Record<Face, number> = { portal: 14 * 1024, app: 10 * 1024, console: 10 * 1024 };

/** Optional script of one page: Login.gov's figure. What a camera needs is loaded when somebody asks for it. */
const optionalScriptBytes = 5000;

/** The button that shows a password and, at the counter, the keys: nothing else is made by script. */
const passwordScriptBytes = 1000;
const consoleScriptBytes = 5000;

for (const state of [...openPages, ...signedInPages].filter(({ post }) => !post)) {
  test(`${state.says}: within the weight of its face, in at most two requests, with no font`, async ({ walk }) => {
    const page = await walk.pageOf(state.who);
    // What leads to the address may open pages of its own: they are weighed by themselves.
    const at = typeof state.at === "function" ? { at: await state.at(walk) } : {};
    const { answers, stop } = listen(page);
    await walk.open({ ...state, ...at }, "vi");
    stop();
    const painted = await bytesOf(answers, "document", "stylesheet");
    expect(painted.length, "requests before the first paint").toBeLessThanOrEqual(2);
    const sent = painted.reduce((sum, bytes) => sum + gzipSync(bytes).length, 0);
    expect(sent, "bytes of text and styles, compressed").toBeLessThanOrEqual(pageBytes[await faceOf(page)]);
    const hasPassword = (await page.locator("[type=password]").count()) > 0;
    const script = (await bytesOf(answers, "script")).reduce((sum, bytes) => sum + bytes.length, 0);
    const allowed = (await faceOf(page)) === "console" ? consoleScriptBytes : 0;
    const optional = Math.min(state.scriptBytes ?? 0, optionalScriptBytes);
    expect(script, "bytes of script").toBeLessThanOrEqual(optional + (hasPassword ? passwordScriptBytes : allowed));
    expect(await bytesOf(answers, "font")).toEqual([]);
  });
}

test("every script that a page loads by itself is at most 5,000 bytes", () => {
  const dist = join(projectRoot, "dist");
  const islands: Record<string, string> = JSON.parse(readFileSync(join(dist, "islands.json"), "utf8"));
  expect(Object.keys(islands)).toEqual(expect.arrayContaining(["card", "photos"]));
  for (const [name, file] of Object.entries(islands)) {
    const path = join(dist, "assets", file);
    expect(statSync(path).size, name).toBeLessThanOrEqual(optionalScriptBytes);
    // Nothing is drawn in behind its back: what is imported at once counts, and would stand here.
    expect(readFileSync(path, "utf8"), name).not.toMatch(/(^|;)import\s*["{*\w]/);
  }
});

function listen(page: Page): { answers: Response[]; stop(): void } {
  const answers: Response[] = [];
  const keep = (answer: Response): void => {
    if (answer.status() !== 303) answers.push(answer);
  };
  page.on("response", keep);
  return { answers, stop: () => page.off("response", keep) };
}

async function bytesOf(answers: readonly Response[], ...types: string[]): Promise<Buffer[]> {
  return Promise.all(answers.filter((one) => types.includes(one.request().resourceType())).map((one) => one.body()));
}

async function faceOf(page: Page): Promise<Face> {
  const classes = (await page.locator("html").getAttribute("class")) ?? "";
  const face = (["portal", "app", "console"] as const).find((one) => classes.split(" ").includes(one));
  if (!face) throw new Error(`no face: ${classes}`);
  return face;
}
