import type { Page } from "@playwright/test";

/** How one opened page is heard by a screen reader and hit by a thumb. Needs no load of its own. */

/** Things that are pressed, chosen or filled in, as the accessibility tree calls them. */
const controls = new Set(
  "button link textbox searchbox combobox listbox checkbox radio spinbutton slider switch DisclosureTriangle".split(
    " ",
  ),
);

interface Heard {
  role: string;
  name: string;
  level: number;
}

/** The outline in the tree that screen readers get: one title, no level left out, one main part, names on the rest. */
export async function faultsOfOutline(page: Page): Promise<string[]> {
  const heard = await hear(page);
  const of = (...roles: string[]) => heard.filter(({ role }) => roles.includes(role));
  const headings = of("heading");
  const navigations = of("navigation").map(({ name }) => name);
  return [
    ...(headings.filter(({ level }) => level === 1).length === 1 ? [] : ["not one heading of the first level"]),
    ...headings
      .filter(({ level }, at) => level > (headings[at - 1]?.level ?? 0) + 1 && at > 0)
      .map(({ name, level }) => `level ${level} comes too early: ${name}`),
    ...headings.filter(({ name }) => !name).map(({ level }) => `a heading of level ${level} says nothing`),
    ...(of("main").length === 1 ? [] : ["not one main part"]),
    ...(of("banner").length > 1 || of("contentinfo").length > 1 ? ["more than one head or foot"] : []),
    ...(navigations.length === new Set(navigations.filter(Boolean)).size ? [] : ["navigations are not told apart"]),
    ...heard.filter(({ role, name }) => controls.has(role) && !name).map(({ role }) => `a ${role} without a name`),
  ];
}

async function hear(page: Page): Promise<Heard[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  await session.detach();
  return nodes
    .filter(({ ignored }) => !ignored)
    .map(({ role, name, properties }) => ({
      role: String(role?.value ?? ""),
      name: String(name?.value ?? "").trim(),
      level: Number(properties?.find((one) => one.name === "level")?.value.value ?? 0),
    }));
}

const thumbPx = 48;

/** What is smaller than a thumb on a citizen's page; words that lead on within a sentence are as high as their line. */
export async function smallerThanThumb(page: Page): Promise<string[]> {
  return page.evaluate((least) => {
    if (document.documentElement.classList.contains("console")) return [];
    const isShown = (element: Element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    const isInLine = (element: Element) => element.matches("a") && getComputedStyle(element).display === "inline";
    // The label of an answer covers its whole row.
    const targetOf = (element: Element) => element.closest(".choice") ?? element;
    return [...document.querySelectorAll("a[href]:not(.skip), button, input, select, textarea, summary")]
      .filter((element) => isShown(element) && !isInLine(element))
      .map((element) => ({ element, box: targetOf(element).getBoundingClientRect() }))
      .filter(({ box }) => box.height > 0 && (box.height < least - 0.5 || box.width < least - 0.5))
      .map(({ element, box }) => `${box.width} × ${box.height}: ${element.outerHTML.slice(0, 120)}`);
  }, thumbPx);
}
