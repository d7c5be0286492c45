import type { Page } from "@playwright/test";
import axe, { type RunOptions } from "axe-core";

/** What one opened page is asked: what axe objects to, in both schemes, and whether words fit into little room. */

const narrow = { width: 320, height: 640 };
const usualTextPx = 16;

/** All rules that axe has on by itself, best practice included, and the stricter ones that were promised. */
export async function objections(page: Page): Promise<string[]> {
  return ask(page, { rules: { "target-size": { enabled: true } } });
}

/** The same page in other words: names, labels and languages are read again; its colours were. */
export async function objectionsToWords(page: Page): Promise<string[]> {
  return ask(page, { rules: { "color-contrast": { enabled: false } } });
}

export async function objectionsInTheDark(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: "dark" });
  const found = await ask(page, { runOnly: ["color-contrast"] });
  await page.emulateMedia({ colorScheme: "light" });
  return found;
}

/** Only objections are told: naming every element that passes takes longer than judging it. */
async function ask(page: Page, options: RunOptions): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  return page.evaluate(async (asked) => {
    const judge = (window as unknown as { axe: typeof axe }).axe;
    const { violations, passes } = await judge.run(document, { ...asked, resultTypes: ["violations"] });
    if (violations.length + passes.length === 0) return ["axe judged nothing"];
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
  }, options);
}

export async function tooWideWhenNarrow(page: Page): Promise<string[]> {
  const usual = page.viewportSize();
  await page.setViewportSize(narrow);
  const wide = await tooWide(page, narrow.width);
  if (usual) await page.setViewportSize(usual);
  return wide;
}

/** What does not fit when text is twice as large, as a person sets it in the browser. */
export async function lostWhenEnlarged(page: Page): Promise<string[]> {
  await setTextSize(page, 2 * usualTextPx);
  const size = await page.evaluate(() => getComputedStyle(document.documentElement).fontSize);
  const lost = [...(await tooWide(page, page.viewportSize()?.width ?? 0)), ...(await cutOff(page))];
  await setTextSize(page, usualTextPx);
  return size === `${2 * usualTextPx}px` ? lost : [`text is ${size}`, ...lost];
}

async function setTextSize(page: Page, standard: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("Page.setFontSizes", { fontSizes: { standard } });
  await session.detach();
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
