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

/** Runs in the page. `unseen` names the element that has the focus and does not show it. */
function lookAtFocus(target: Element): { isThere: boolean; unseen?: string } {
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
  const { left, right, top, bottom } = focused.getBoundingClientRect();
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
