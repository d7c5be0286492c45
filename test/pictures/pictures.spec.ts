import { join } from "node:path";
import type { Page } from "@playwright/test";
import { test } from "../journeys/signed-in.ts";
import { states } from "../journeys/walk-pages.ts";
import { folder, names, pictureOf, schemes, widths } from "./pictures.ts";

test.use({ people: "demo", trace: "off" });

for (const [at, state] of states.entries()) {
  test(`${state.says} ${state.route}`, async ({ walk }) => {
    const page = await walk.open(state, "vi");
    const usual = page.viewportSize();
    for (const width of widths) {
      await page.setViewportSize({ width, height: width === 360 ? 740 : 900 });
      await stretch(page, width);
      for (const scheme of schemes) {
        await page.emulateMedia({ colorScheme: scheme });
        const path = join(folder, pictureOf({ name: names[at] ?? "", width, scheme }));
        // The longest page is drawn for half a minute where the machine is slow.
        await page.screenshot({ path, fullPage: true, timeout: 60_000 });
      }
    }
    await page.emulateMedia({ colorScheme: "light" });
    if (usual) await page.setViewportSize(usual);
  });
}

/**
 * A window as tall as the page: what is laid out only when it is scrolled to is laid out, twice because it may then be
 * taller than it was taken to be; the places stand at the foot. Pictures that would come when scrolled to come now.
 */
async function stretch(page: Page, width: number): Promise<void> {
  for (const _ of ["as taken", "as laid out"]) {
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewportSize({ width, height });
  }
  await page.evaluate(() => {
    for (const image of document.images) image.loading = "eager";
    return Promise.all([...document.images].map((image) => image.decode()));
  });
}
