/** How soon a card that was kept can be read out where there is no network, on a processor four times slower. */
import { type Browser, devices } from "@playwright/test";
import { slowPage } from "./pages-browser.ts";

const PIN = "480913";

/** ms until the box waits for the PIN, and from its last digit until the number can be read. */
export interface Opening {
  toBox: number;
  toCard: number;
}

/**
 * The second opening without a network on a telephone of its own; the hand that types the PIN is not counted. `root`
 * is where the server is, `cookie` whose card it is.
 */
export async function offlineOpening(browser: Browser, root: string, cookie: string): Promise<Opening> {
  const context = await browser.newContext({ ...devices["Pixel 5"], locale: "vi-VN" });
  try {
    await context.addCookies([{ name: "vssid_session", value: cookie, url: root }]);
    const keeping = await context.newPage();
    await keeping.goto(`${root}/app/keep`);
    await keeping.locator("[name=pin]").fill(PIN);
    await keeping.locator("[name=again]").fill(PIN);
    await keeping.locator("#keep button.button").first().click();
    await keeping.locator('form[action="/app/keep/removal"]').waitFor();
    await keeping.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await keeping.close();
    const page = await slowPage(context, "offline");
    await page.addInitScript(noteOpening);
    await context.setOffline(true);
    let opening: Opening = { toBox: 0, toCard: 0 };
    for (let time = 0; time < 2; time += 1) {
      const box = page.waitForEvent("console", (said) => said.text() === "box");
      await page.goto(`${root}/app/offline`);
      await box;
      const card = page.waitForEvent("console", (said) => said.text() === "card");
      await page.keyboard.type(PIN);
      await card;
      opening = await page.evaluate(() => (window as unknown as { opening: Opening }).opening);
    }
    return opening;
  } finally {
    await context.close();
  }
}

/**
 * Runs in the page before anything else and notes the moments there: a driver that asks from outside whether the box
 * is there yet puts a large script of its own into the page, on the same slow processor.
 */
function noteOpening(): void {
  const opening = { toBox: 0, toCard: 0 };
  Object.assign(window, { opening });
  let pressedAt = 0;
  const note = { capture: true };
  addEventListener(
    "focusin",
    ({ target }) => {
      if (opening.toBox || !(target as Element).matches("#kept input")) return;
      opening.toBox = performance.now();
      console.debug("box");
    },
    note,
  );
  addEventListener(
    "keydown",
    () => {
      pressedAt = performance.now();
    },
    note,
  );
  new MutationObserver((_, observer) => {
    if (!document.querySelector("#kept article")) return;
    opening.toCard = performance.now() - pressedAt;
    console.debug("card");
    observer.disconnect();
  }).observe(document, { childList: true, subtree: true });
}
