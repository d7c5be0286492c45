/** How soon a card that was kept can be read out where there is no network, on a processor four times slower. */
import { type Browser, devices } from "@playwright/test";
import { slowPage } from "./pages-browser.ts";

const PIN = "480913";
const IS_SHOWN = "article";

/**
 * ms of the second opening without a network: from the address to the box for the PIN, and from its last digit to the
 * number; the hand that types it is not counted. `root` is where the server is, `cookie` whose card it is.
 */
export async function offlineOpening(browser: Browser, root: string, cookie: string): Promise<number> {
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
    const page = await slowPage(context);
    await context.setOffline(true);
    let opening = 0;
    for (let time = 0; time < 2; time += 1) {
      await page.goto(`${root}/app/offline`);
      await page.waitForFunction(() => document.activeElement?.matches("#kept input"), undefined, { polling: "raf" });
      const untilBox = await page.evaluate(() => performance.now());
      await page.evaluate(() =>
        addEventListener("keydown", () => Object.assign(window, { pressedAt: performance.now() }), { capture: true }),
      );
      await page.keyboard.type(PIN);
      const shown = await page.waitForFunction(
        (selector) => document.querySelector(selector) && performance.now(),
        IS_SHOWN,
        { polling: "raf" },
      );
      const pressedAt = await page.evaluate(() => (window as unknown as { pressedAt: number }).pressedAt);
      opening = untilBox + Number(await shown.jsonValue()) - pressedAt;
    }
    return Math.round(opening);
  } finally {
    await context.close();
  }
}
