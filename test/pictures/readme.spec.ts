import { join } from "node:path";
import sharp from "sharp";
import { projectRoot } from "../../src/db/root.ts";
import { test } from "../journeys/signed-in.ts";
import { states } from "../journeys/walk-pages.ts";
import { schemes } from "./pictures.ts";

/** The pictures of the README, in both schemes: of the product itself, with its made-up people. */
test.use({ people: "demo", trace: "off" });

const pictures = { start: "/", card: "/app of the worker", years: "/app/participation of the worker" };
const atDesk = { file: "the file of Trần Thị Thuý Hoà", outbox: "the outbox" };
const phone = { width: 360, height: 760 };
const desk = { width: 1280, height: 860 };
const COLOURS = 128;

for (const [name, says] of Object.entries({ ...pictures, ...atDesk })) {
  test(`${name}: ${says}`, async ({ walk }) => {
    const state = states.find((one) => one.says === says);
    if (!state) throw new Error(`no page is called ${says}`);
    const page = await walk.open(state, "vi");
    await page.setViewportSize(name in atDesk ? desk : phone);
    for (const scheme of schemes) {
      await page.emulateMedia({ colorScheme: scheme });
      const file = `${name}${scheme === "dark" ? "-dark" : ""}.png`;
      const shot = await page.screenshot({ animations: "disabled", scale: "css" });
      await sharp(shot)
        .png({ palette: true, colours: COLOURS, effort: 10 })
        .toFile(join(projectRoot, "docs/images", file));
    }
    await page.emulateMedia({ colorScheme: "light" });
  });
}
