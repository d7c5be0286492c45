import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { openPages } from "./open-pages.ts";
import { notPages, pageRows } from "./page-rows.ts";
import { expect, test } from "./signed-in.ts";
import { signedInPages } from "./signed-in-pages.ts";

// Pages are opened by the hundred here: a trace of each would cost more than the reading.
test.use({ people: "demo", trace: "off" });

const states = [...openPages, ...signedInPages];
const narrow = { width: 320, height: 640 };
const usualTextPx = 16;

test("every page of the registry is in this walk, and what is not a page answers with something else", async ({
  walk,
}) => {
  const walked = new Set(states.map(({ route }) => route));
  const rows = await pageRows();
  expect(rows.length).toBeGreaterThan(30);
  expect(rows.filter((path) => !walked.has(path) && !notPages.has(path))).toEqual([]);
  const officer = await walk.pageOf("officer");
  for (const [path, asked = path] of notPages) {
    const answer = await officer.request.get(asked, { maxRedirects: 0 });
    const isPage = answer.status() === 200 && /html/.test(answer.headers()["content-type"] ?? "");
    expect(isPage, path).toBe(false);
  }
});

for (const state of states) {
  test(`${state.says}: axe objects to nothing, and 320 px lose nothing`, async ({ walk }) => {
    const page = await walk.open(state, "vi");
    expect(await objections(page)).toEqual([]);
    expect(await objectionsInTheDark(page), "in the dark").toEqual([]);
    expect(await tooWideWhenNarrow(page)).toEqual([]);
  });
}

// The same components in other words: what can differ is how much room they take.
for (const state of states.filter(({ post }) => !post)) {
  test(`${state.says}, in English: 320 px lose nothing`, async ({ walk }) => {
    expect(await tooWideWhenNarrow(await walk.open(state, "en"))).toEqual([]);
  });
}

const enlarged = ["/", "the check of all answers", "/app of the worker", "one visit", "the file of Trần Thị Thuý Hoà"];

for (const state of states.filter(({ says }) => enlarged.includes(says))) {
  test(`${state.says}: text twice as large loses nothing`, async ({ walk }) => {
    const page = await walk.open(state, "vi");
    await setTextSize(page, 2 * usualTextPx);
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe(`${2 * usualTextPx}px`);
    expect(await tooWide(page, page.viewportSize()?.width ?? 0)).toEqual([]);
    expect(await cutOff(page)).toEqual([]);
    await setTextSize(page, usualTextPx);
  });
}

/** As a person does it in the settings of the browser. */
async function setTextSize(page: Page, standard: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("Page.setFontSizes", { fontSizes: { standard } });
  await session.detach();
}

/** All rules that axe has on by itself, best practice included, and the stricter ones that were promised. */
async function objections(page: Page, only?: string[]): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  if (only) axe.withRules(only);
  else axe.options({ rules: { "target-size": { enabled: true } } });
  const { violations } = await axe.analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
}

async function objectionsInTheDark(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: "dark" });
  const found = await objections(page, ["color-contrast"]);
  await page.emulateMedia({ colorScheme: "light" });
  return found;
}

async function tooWideWhenNarrow(page: Page): Promise<string[]> {
  const usual = page.viewportSize();
  await page.setViewportSize(narrow);
  const wide = await tooWide(page, narrow.width);
  if (usual) await page.setViewportSize(usual);
  return wide;
}

/** What stands out of the window on the right; a table that scrolls in a frame of its own does not. */
async function tooWide(page: Page, width: number): Promise<string[]> {
  return page.evaluate((widthPx) => {
    if (document.documentElement.scrollWidth <= widthPx) return [];
    const wide = [...document.querySelectorAll("body *")].filter(
      (element) => element.getBoundingClientRect().right > widthPx + 1,
    );
    return [`${document.documentElement.scrollWidth} px`, ...wide.map((element) => element.outerHTML.slice(0, 120))];
  }, width);
}

/** Words in a box that is too small for them and does not scroll. */
async function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const isCut = (element: Element): boolean => {
      const { overflowX, overflowY, clipPath, position } = getComputedStyle(element);
      if (clipPath !== "none" || position === "absolute") return false;
      const { scrollWidth, clientWidth, scrollHeight, clientHeight } = element;
      const hides = (overflow: string) => overflow === "hidden" || overflow === "clip";
      return (
        (hides(overflowX) && scrollWidth > clientWidth + 1) || (hides(overflowY) && scrollHeight > clientHeight + 1)
      );
    };
    return [...document.querySelectorAll("body *")].filter(isCut).map((element) => element.outerHTML.slice(0, 120));
  });
}
