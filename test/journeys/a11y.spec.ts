import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "./fixtures.ts";
import { missingPage, openPages } from "./open-pages.ts";

for (const lang of ["vi", "en"]) {
  for (const path of [...openPages, "/dev/ui"]) {
    test(`axe finds nothing to object on ${path} in ${lang}`, async ({ page }) => {
      const answer = await page.goto(`${path}?lang=${lang}`);
      expect(answer?.status()).toBe(path === missingPage ? 404 : 200);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`)).toEqual([]);
    });
  }
}

for (const path of openPages) {
  test(`${path} loses nothing on a screen 320 px wide`, async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    await page.goto(path);
    const tooWidePx = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(tooWidePx).toBeLessThanOrEqual(0);
  });
}
