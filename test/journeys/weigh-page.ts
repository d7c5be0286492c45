import { gzipSync } from "node:zlib";
import type { Page, Response } from "@playwright/test";
import type { PageState } from "./open-pages.ts";
import { expect } from "./signed-in.ts";

type Face = "portal" | "app" | "console";

/**
 * Text and styles, compressed as they travel. The portal comes in one first flight of a connection. For the record
 * and the desk nothing was promised: they get what their fullest page weighs, and little more.
 */
const pageBytes: Record<Face, number> = { portal: 14 * 1024, app: 10.25 * 1024, console: 10.25 * 1024 };

/** Optional script of one page: Login.gov's figure. What a camera needs is loaded when somebody asks for it. */
export const optionalScriptBytes = 5000;

/** The button that shows a password and, at the counter, the keys: nothing else is made by script. */
const passwordScriptBytes = 1000;
/** Keeps what is typed while there is no network. */
const holdScriptBytes = 1900;
const consoleScriptBytes = 5000;
/** Warns before a session ends, and empties the page once it has. */
const awayScriptBytes = 3600;
/** Keeps what stands on a page through a reload and another size of the text. */
const stayScriptBytes = 1500;

/** Within the weight of its face, in at most two requests, with no font. */
export async function weigh(page: Page, state: PageState, answers: readonly Response[]): Promise<void> {
  const face = await faceOf(page);
  const painted = await bytesOf(answers, "document", "stylesheet");
  expect.soft(painted.length, "requests before the first paint").toBeLessThanOrEqual(2);
  const sent = painted.reduce((sum, bytes) => sum + gzipSync(bytes).length, 0);
  expect.soft(sent, "bytes of text and styles, compressed").toBeLessThanOrEqual(pageBytes[face]);
  if (state.isOffline) return weighOffline(answers);
  const hasPassword = (await page.locator("[type=password]").count()) > 0;
  const script = (await bytesOf(answers, "script")).reduce((sum, bytes) => sum + bytes.length, 0);
  const holds = (await page.locator("form[data-held]").count()) > 0;
  const allowed = (face === "console" ? consoleScriptBytes : 0) + (holds ? holdScriptBytes : 0);
  const away = (await page.locator("#away").count()) > 0 ? awayScriptBytes : 0;
  const stay = (await page.locator("#stay").count()) > 0 ? stayScriptBytes : 0;
  const optional = Math.min(state.scriptBytes ?? 0, optionalScriptBytes) + away + stay;
  expect.soft(script, "bytes of script").toBeLessThanOrEqual(optional + (hasPassword ? passwordScriptBytes : allowed));
  expect.soft(await bytesOf(answers, "font"), "fonts").toEqual([]);
}

/** Script of the page that opens the card without a network, compressed: the figure for the first open of an app. */
const offlineScriptBytes = 30 * 1024;

async function weighOffline(answers: readonly Response[]): Promise<void> {
  const sent = (await bytesOf(answers, "script")).reduce((sum, bytes) => sum + gzipSync(bytes).length, 0);
  expect.soft(sent, "bytes of script, compressed").toBeLessThanOrEqual(offlineScriptBytes);
}

/** Everything but redirects that comes from now on, until it is told to stop. */
export function listen(page: Page): { answers: Response[]; stop(): void } {
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
