import type { Locator, Page } from "@playwright/test";

const farthest = 60;

/**
 * Presses Tab until the focus is on the thing that is looked for, as somebody without a mouse does. At each stop the
 * focus must be seen: a line around it, in the window, under nothing else (WCAG 2.4.7, 2.4.11, 2.4.13).
 */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < farthest; presses += 1) {
    await page.keyboard.press("Tab");
    const { isThere, unseen } = await target.evaluate(lookAtFocus);
    if (unseen) throw new Error(`the focus is not seen on ${unseen}`);
    if (isThere) return;
  }
  throw new Error(`${farthest} presses of Tab did not lead to ${target}`);
}

/**
 * Presses Tab from the top of the page to its end: what did not show its focus, and what can be pressed, chosen or
 * filled in and was never reached.
 */
export async function tabThrough(page: Page): Promise<{ stops: number; unseen: string[]; unreached: string[] }> {
  const unseen: string[] = [];
  await page.evaluate(() => getSelection()?.setPosition(document.body, 0));
  for (let stops = 0; stops < fullest; stops += 1) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(lookAtFocus, null);
    if (stop.unseen) unseen.push(stop.unseen);
    if (await page.evaluate(isThroughAll)) return { stops, unseen, unreached: await page.evaluate(neverReached) };
  }
  throw new Error(`${fullest} presses of Tab did not lead through the page`);
}

const fullest = 200;

/** Runs in the page: the focus has left it, or is back where it was. */
function isThroughAll(): boolean {
  const reached = (globalThis as { reached?: Set<Element> }).reached ?? new Set();
  const focused = document.activeElement;
  if (!focused || focused === document.body || reached.has(focused)) return true;
  Object.assign(globalThis, { reached: reached.add(focused) });
  return false;
}

/** Runs in the page. Of a group of answers one is reached, and arrows lead to the others. */
function neverReached(): string[] {
  const reached = (globalThis as { reached?: Set<Element> }).reached ?? new Set();
  const groups = [...reached].flatMap((one) =>
    one instanceof HTMLInputElement && one.type === "radio" ? [one.name] : [],
  );
  const all = document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary");
  return [...all]
    .filter(
      (one) => !reached.has(one) && !one.matches(":disabled") && one.checkVisibility({ visibilityProperty: true }),
    )
    .filter((one) => !(one instanceof HTMLInputElement && groups.includes(one.name)))
    .map((one) => one.outerHTML.slice(0, 120));
}

/** Runs in the page. `unseen` names the element that has the focus and does not show it. */
function lookAtFocus(target: Element | null): { isThere: boolean; unseen?: string } {
  const focused = document.activeElement;
  const isThere = focused === target;
  if (!focused || focused === document.body) return { isThere };
  // A choice shows the focus on the row around its small box.
  const bearers = [focused, focused.nextElementSibling, focused.parentElement];
  const hasLine = bearers.some((bearer) => {
    if (!bearer) return false;
    const { outlineStyle, outlineWidth } = getComputedStyle(bearer);
    return outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2;
  });
  // A link that runs over two lines has nothing in the middle of its box.
  const { left, right, top, bottom } = focused.getClientRects()[0] ?? focused.getBoundingClientRect();
  const middle = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  const isOnTop = bearers.some((bearer) => bearer?.contains(middle) || (middle?.contains(focused) ?? false));
  return hasLine && isOnTop ? { isThere } : { isThere, unseen: focused.outerHTML.slice(0, 120) };
}

export async function typeInto(page: Page, box: Locator, text: string): Promise<void> {
  await tabTo(page, box);
  await page.keyboard.type(text);
}

export async function press(page: Page, target: Locator, key: "Enter" | "Space" = "Enter"): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press(key);
}
