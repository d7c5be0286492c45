import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { CDPSession, Page } from "@playwright/test";
import type axe from "axe-core";

/** What one opened page is asked: what axe objects to, in both schemes, and whether words fit into little room. */

const narrow = { width: 320, height: 640 };
const usualTextPx = 16;

/**
 * Letters stand off their ground by 7 to 1, large ones by 4.5: what is asked of WCAG's third level, and of ours. The
 * stricter rule is silent about what the usual one objects to: both are asked.
 */
const contrasts = ["color-contrast", "color-contrast-enhanced"];

/** All rules that axe has on by itself, best practice included, and the stricter ones that were promised. */
export async function objections(page: Page): Promise<string[]> {
  const stricter = { "target-size": { enabled: true }, "color-contrast-enhanced": { enabled: true } };
  return ask(page, { rules: stricter });
}

/** What is asked only of the main screens: rules that axe calls experimental and leaves off. */
export const objectionsOfNames = (page: Page): Promise<string[]> =>
  ask(page, { runOnly: ["label-content-name-mismatch", "css-orientation-lock", "autocomplete-valid"] });

export async function objectionsInTheDark(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: "dark" });
  const found = await ask(page, { runOnly: contrasts });
  await page.emulateMedia({ colorScheme: "light" });
  return found;
}

const axeText = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Handed to the browser itself, the short text of axe takes half the work of handing it through the page's helpers. */
async function bringAxe(page: Page): Promise<void> {
  if (await page.evaluate(() => "axe" in window)) return;
  const session = await sessionOf(page);
  const { exceptionDetails } = await session.send("Runtime.evaluate", { expression: axeText });
  if (exceptionDetails) throw new Error(`axe: ${exceptionDetails.text}`);
}

const sessions = new WeakMap<Page, Promise<CDPSession>>();

function sessionOf(page: Page): Promise<CDPSession> {
  const session = sessions.get(page) ?? page.context().newCDPSession(page);
  sessions.set(page, session);
  return session;
}

/** Only objections are told: naming every element that passes takes longer than judging it. */
async function ask(page: Page, options: axe.RunOptions): Promise<string[]> {
  await bringAxe(page);
  return page.evaluate(async (asked) => {
    const judge = (window as unknown as { axe: typeof axe }).axe;
    const { violations, passes } = await judge.run(document, { ...asked, resultTypes: ["violations"] });
    if (violations.length + passes.length === 0) return ["axe judged nothing"];
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
  }, options);
}

/** Boxes that stand beside each other and whose labels do not. */
export async function askewLabels(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const asksForText = "input:not([type=hidden], [type=radio], [type=checkbox]), select, textarea";
    const boxes = [...document.querySelectorAll<HTMLInputElement>(asksForText)].flatMap((box) => {
      const [label] = box.labels ?? [];
      const [boxTop, labelTop] = [box.getBoundingClientRect().top, label?.getBoundingClientRect().top ?? 0];
      return label && box.getClientRects().length > 0 ? [{ name: box.name, form: box.form, boxTop, labelTop }] : [];
    });
    return boxes.flatMap((one, at) =>
      boxes
        .slice(at + 1)
        .filter((other) => other.form === one.form && Math.abs(other.boxTop - one.boxTop) < 3)
        .filter((other) => Math.abs(other.labelTop - one.labelTop) > 4)
        .map((other) => `${one.name} and ${other.name}`),
    );
  });
}

export async function tooWideWhenNarrow(page: Page): Promise<string[]> {
  return whenNarrow(page, () => tooWide(page, narrow.width));
}

async function whenNarrow<T>(page: Page, measure: () => Promise<T>): Promise<T> {
  const usual = page.viewportSize();
  await page.setViewportSize(narrow);
  const measured = await measure();
  if (usual) await page.setViewportSize(usual);
  return measured;
}

/** Of the lists of db/reference, and longer than any name of the demo; nobody bears the person's. */
const longest = {
  commune: "Phường Văn Miếu - Quốc Tử Giám",
  province: "Tỉnh Bà Rịa - Vũng Tàu",
  facility: "Trung tâm Y tế Phường Văn Miếu - Quốc Tử Giám, Thành phố Phan Rang-Tháp Chàm",
  company: "Công ty Trách nhiệm hữu hạn một thành viên Thị trấn Nông Trường Việt Lâm",
  person: "Công Tằng Tôn Nữ Hoàng Phương Nguyễn Thị Diễm Hương",
};

export interface Narrowed {
  /** What 320 px lose. */
  wide: string[];
  /** What they lose or cut off when units, offices, places and people bear the longest names. */
  lost: string[];
  /** How many pieces of text held a name. */
  lengthened: number;
}

/** The page made narrow once: as it is, and with the longest names. It is used up. */
export async function lostWhenNarrow(page: Page): Promise<Narrowed> {
  return whenNarrow(page, async () => {
    const wide = await tooWide(page, narrow.width);
    const lengthened = await page.evaluate(giveLongNames, longest);
    return { wide, lost: [...(await tooWide(page, narrow.width)), ...(await cutOff(page))], lengthened };
  });
}

/** Runs in the page: wherever a name of that kind stands, the longest of its kind is put. */
function giveLongNames(names: typeof longest): number {
  const word = "\\p{Lu}[\\p{L}'’-]*";
  const surname = "(?:Nguyễn|Trần|Lê|Phạm|Võ|Vũ|Huỳnh|Bùi|Đinh|Cao|Đoàn|Ngô|Lý|Hồ|Đặng|Phan|Dương|Hoàng)";
  const kinds: [RegExp, string][] = [
    [new RegExp(`(?:Bệnh viện|Trung tâm Y tế|Trạm Y tế|Phòng khám)(?: Đa khoa)?(?: ${word})+`, "gu"), names.facility],
    [new RegExp(`Công ty (?:TNHH|Cổ phần)(?: ${word})+`, "gu"), names.company],
    [new RegExp(`(?<=Bảo hiểm xã hội cơ sở |BHXH cơ sở )${word}(?: ${word})*`, "gu"), names.commune],
    [new RegExp(`(?:Xã|Phường|Thị trấn)(?: ${word})+`, "gu"), names.commune],
    [new RegExp(`(?:Tỉnh|Thành phố)(?: ${word})+`, "gu"), names.province],
    [new RegExp(`(?<!\\p{L} )${surname}(?: ${word}){1,4}`, "gu"), names.person],
  ];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let lengthened = 0;
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const before = node.nodeValue ?? "";
    const after = kinds.find(([kind]) => before.search(kind) >= 0);
    if (!after) continue;
    node.nodeValue = before.replace(after[0], after[1]);
    lengthened += 1;
  }
  return lengthened;
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
  await (await sessionOf(page)).send("Page.setFontSizes", { fontSizes: { standard } });
}

/** What a window of this size loses: it stands out on the right, or is cut off. */
export async function lostAt(page: Page, size: { width: number; height: number }): Promise<string[]> {
  await page.setViewportSize(size);
  return [...(await tooWide(page, size.width)), ...(await cutOff(page))];
}

/** What is lost when somebody sets lines, paragraphs, letters and words apart (WCAG 1.4.12). */
export async function lostWhenSpaced(page: Page): Promise<string[]> {
  await page.evaluate(() => {
    const spaced = new CSSStyleSheet();
    spaced.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
      p { margin-bottom: 2em !important }`);
    document.adoptedStyleSheets = [spaced];
  });
  const lost = [...(await tooWide(page, page.viewportSize()?.width ?? 0)), ...(await cutOff(page))];
  await page.evaluate(() => {
    document.adoptedStyleSheets = [];
  });
  return lost;
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

/** Words in a box that is too small for them and does not scroll; what is typed scrolls in its box. */
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
    return [...document.querySelectorAll("body :not(input)")]
      .filter(isCut)
      .map((element) => element.outerHTML.slice(0, 120));
  });
}
