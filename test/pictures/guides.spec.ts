import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import sharp from "sharp";
import { projectRoot } from "../../src/db/root.ts";
import { GUIDES, PICTURE, pictureName, ROLES } from "../../src/guides/rules.ts";
import { expect, test } from "../journeys/signed-in.ts";
import { states } from "../journeys/walk-pages.ts";
import { guidePictures } from "./guide-pictures.ts";

/** The pictures of the guides: what a telephone shows of each page, with the place to press ringed. */
test.use({ people: "demo", trace: "off" });

const { width, height, largestBytes } = PICTURE;
const folder = join(projectRoot, "src/guides/pictures");
const SHARPNESS = 1.5;
const qualities = [72, 60, 48, 36];

const wanted = ROLES.flatMap((role) =>
  GUIDES[role].flatMap(({ key }) =>
    (["vi", "en"] as const).map((lang) => ({ ...guidePictures[key], lang, name: pictureName(role, key, lang) })),
  ),
);
/** The first of a name: the pictures of a desk are one for both languages. */
const each = [...new Map(wanted.toReversed().map((picture) => [picture.name, picture])).values()].toReversed();

for (const { name, lang, says, press, isUnsent } of each) {
  test(`${name}: ${says}`, async ({ walk }) => {
    const state = states.find((one) => one.says === says);
    if (!state) throw new Error(`no page is called ${says}`);
    const { post, status, ...unsent } = state;
    const page = await walk.open(isUnsent ? unsent : state, lang);
    const usual = page.viewportSize();
    await page.setViewportSize({ width, height });
    await page.evaluate(() => document.querySelector(".demo")?.remove());
    if (press) await ring(page, press);
    await writeFile(join(folder, `${name}.webp`), await squeeze(await photograph(page)));
    if (usual) await page.setViewportSize(usual);
  });
}

/** The place is drawn a line around, in a colour that the pages have not, and comes to the middle. */
async function ring(page: Page, press: string): Promise<void> {
  expect(await page.locator(press).count(), press).toBeGreaterThan(0);
  await page
    .locator(press)
    .first()
    .evaluate((element) => {
      const seen = element.matches("input[type=radio], input[type=checkbox]") ? element.closest("div") : element;
      if (!(seen instanceof HTMLElement)) return;
      Object.assign(seen.style, { outline: "4px solid #c2410c", outlineOffset: "4px", borderRadius: "8px" });
      seen.scrollIntoView({ block: "center", behavior: "instant" });
    });
}

/** Sharper than the page's own pixels: on paper, and on telephones, lines stay lines. */
async function photograph(page: Page): Promise<Buffer> {
  const session = await page.context().newCDPSession(page);
  const metrics = { width, height, deviceScaleFactor: SHARPNESS, mobile: false };
  await session.send("Emulation.setDeviceMetricsOverride", metrics);
  const { data } = await session.send("Page.captureScreenshot", { format: "png" });
  await session.send("Emulation.clearDeviceMetricsOverride");
  await session.detach();
  return Buffer.from(data, "base64");
}

/** As fine as the bytes allow. */
async function squeeze(shot: Buffer): Promise<Buffer> {
  for (const quality of qualities) {
    const picture = await sharp(shot).webp({ quality, effort: 6, smartSubsample: true }).toBuffer();
    if (picture.length <= largestBytes) return picture;
  }
  throw new Error(`no quality makes ${largestBytes} bytes of it`);
}
