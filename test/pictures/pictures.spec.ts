import { join } from "node:path";
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
      for (const scheme of schemes) {
        await page.emulateMedia({ colorScheme: scheme });
        const path = join(folder, pictureOf({ name: names[at] ?? "", width, scheme }));
        await page.screenshot({ path, fullPage: true });
      }
    }
    await page.emulateMedia({ colorScheme: "light" });
    if (usual) await page.setViewportSize(usual);
  });
}
