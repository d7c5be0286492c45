import type { Page } from "@playwright/test";
import { mainScreens } from "./main-screens.ts";
import { lostAt, lostWhenEnlarged, lostWhenSpaced, objectionsOfNames } from "./measure-page.ts";
import { tabThrough } from "./pages/keyboard.ts";
import { smallerThanThumb } from "./reach-page.ts";
import { expect, isStaff, test } from "./signed-in.ts";

/** R38: what WCAG 2.2 asks of the twelve main screens beyond what the other walks ask of every page. */
test.use({ people: "demo" });

/** 1,280 × 1,024 enlarged to 400 %. */
const enlargedWindow = { width: 320, height: 256 };

for (const state of mainScreens) {
  test(`R38, ${state.says}: at 400 %, turned, set apart and by keyboard nothing is lost, and nothing happens unasked`, async ({
    walk,
  }) => {
    const page = await walk.open(state, "vi");
    const usual = page.viewportSize() ?? enlargedWindow;
    expect.soft(await objectionsOfNames(page), "names that differ from what is seen, and locks").toEqual([]);
    expect.soft(await page.evaluate(() => document.getAnimations().length), "what moves").toBe(0);
    const pictures = page.locator("img:not([src*='/photos/'], [src*='/papers/'])");
    expect.soft(await pictures.count(), "pictures that could hold words").toBe(0);
    expect.soft(await lostWhenSpaced(page), "lines, letters and words set apart").toEqual([]);
    if (isStaff(state.who)) expect.soft(await lostWhenEnlarged(page), "text twice as large").toEqual([]);
    expect.soft(await lostAt(page, { width: usual.height, height: usual.width }), "turned").toEqual([]);
    expect.soft(await lostAt(page, enlargedWindow), "at 400 %").toEqual([]);
    const before = await wordsOf(page);
    const { stops, unseen, unreached } = await tabThrough(page);
    expect.soft(stops, "stops of the focus").toBeGreaterThan(5);
    expect.soft(unseen, "the focus is not seen").toEqual([]);
    expect.soft(unreached, "never reached by Tab").toEqual([]);
    expect.soft(await wordsOf(page), "what the focus brought or took").toBe(before);
    await page.setViewportSize(usual);
    await answerEverything(page);
    expect.soft(await page.evaluate(() => "isSamePage" in globalThis), "an answer led elsewhere").toBe(true);
  });
}

/** What far below is not drawn yet counts as shown. */
const wordsOf = (page: Page) =>
  page.evaluate(() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const words = [location.href];
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      if (node.parentElement?.checkVisibility({ visibilityProperty: true })) words.push(node.nodeValue ?? "");
    }
    return words.join("\n");
  });

/** Every answer that can be chosen is chosen, every box typed in; nothing is sent. */
async function answerEverything(page: Page): Promise<void> {
  await page.evaluate(() => {
    Object.assign(globalThis, { isSamePage: true });
    for (const box of document.querySelectorAll<HTMLInputElement>("input:not([type=file]), select, textarea")) {
      if (box.type === "radio" || box.type === "checkbox") box.click();
      else if (box.type !== "hidden") {
        box.value = box instanceof HTMLSelectElement ? box.value : "1";
        for (const kind of ["input", "change", "blur"]) box.dispatchEvent(new Event(kind, { bubbles: true }));
      }
    }
  });
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

test("R38: help, the hotline and the parts of the account stand in one order under one name on the main screens", async ({
  walk,
}) => {
  const parts = new Map<string, Set<string>>();
  for (const state of mainScreens) {
    const page = await walk.open(state, "vi");
    const shown = await page.evaluate(() => {
      const linksOf = (selector: string) =>
        [...document.querySelectorAll(`${selector} a[href]`)].map(
          (link) => `${link.textContent?.trim()} ${link.getAttribute("href")?.split("?")[0]}`,
        );
      return { help: linksOf("footer"), places: linksOf(":is(.places, .desk-places)") };
    });
    const face = isStaff(state.who) ? "console" : state.who === "worker" ? "account" : "portal";
    const note = (what: string, links: string[]) =>
      parts.set(what, (parts.get(what) ?? new Set()).add(links.join("\n")));
    if (face !== "console") note("help", shown.help);
    if (face !== "portal") note(face, shown.places);
  }
  for (const [what, orders] of parts) expect.soft([...orders], what).toHaveLength(1);
  expect([...parts.keys()].sort()).toEqual(["account", "console", "help"]);
  expect([...(parts.get("help") ?? [])].join()).toMatch(/tel:19009068[\s\S]*\/help/);
});

/** Names of people, places, houses and laws are not of a language, nor is a word that stands as a gloss in brackets. */
const names = [
  /(Bảo hiểm xã hội cơ sở|Bệnh viện|Công ty|Cục Cảnh sát|Thôn|Xã|Tỉnh|Số \d+ đường)[^,:;·]*/gu,
  /\([^)]*\)/gu,
  /\p{Lu}[\p{L}'’/.-]*/gu,
];

test("R38: what stands in Vietnamese on an English page says so", async ({ walk }) => {
  let marked = 0;
  for (const state of mainScreens) {
    const page = await walk.open(state, "en");
    const { texts, vietnamese } = await page.evaluate(() => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const found: string[] = [];
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (!node.parentElement?.closest("[lang=vi]")) found.push(node.nodeValue ?? "");
      }
      return { texts: found, vietnamese: document.querySelectorAll("main [lang=vi]").length };
    });
    marked += vietnamese;
    const unnamed = texts.map((text) => names.reduce((left, name) => left.replaceAll(name, ""), text));
    const isMarked = (text: string) => /[\u0300-\u036fđ]/u.test(text.normalize("NFD"));
    expect
      .soft(
        texts.filter((_, at) => isMarked(unnamed[at] ?? "")),
        state.says,
      )
      .toEqual([]);
  }
  expect(marked, "passages that say so").toBeGreaterThan(5);
});

test("R38: a password may be pasted, and its boxes tell a password manager what they are for", async ({ walk }) => {
  const boxes = async (page: Page) =>
    page
      .locator("main input:not([type=hidden])")
      .evaluateAll((all) => all.map((box) => box.getAttribute("autocomplete")));
  const page = await walk.open({ says: "/sign-in", route: "/sign-in", who: "stranger" }, "vi");
  expect(await boxes(page)).toEqual(["username", "current-password"]);
  await page.locator("[name=login]").fill("chiec non la treo canh cua so");
  await page.locator("[name=login]").press("Control+A");
  await page.keyboard.press("Control+C");
  await page.locator("[name=password]").press("Control+V");
  await expect(page.locator("[name=password]")).toHaveValue("chiec non la treo canh cua so");
  const change = await walk.open({ says: "", route: "/account/password", who: "worker" }, "vi");
  expect(await boxes(change)).toEqual(["current-password", "new-password"]);
  const desk = await walk.open({ says: "", route: "/console/sign-in", who: "stranger" }, "vi");
  expect(await boxes(desk)).toEqual(["username", "current-password", "one-time-code"]);
});

test("R38: two minutes before a session ends a page says so, and one press prolongs it", async ({ walk, browser }) => {
  for (const [who, path] of [
    ["worker", "/app/visits"],
    ["officer", "/console"],
  ] as const) {
    const storageState = await (await walk.pageOf(who)).context().storageState();
    const context = await browser.newContext({ storageState, baseURL: walk.app.baseUrl });
    const page = await context.newPage();
    await page.setViewportSize((await walk.pageOf(who)).viewportSize() ?? enlargedWindow);
    await page.clock.install();
    await page.goto(`${path}?lang=vi`);
    const seconds = Number(await page.locator("#away").getAttribute("data-seconds"));
    const warning = page.getByRole("alert").filter({ hasText: "trang sẽ tự đóng" });
    await page.clock.fastForward((seconds - 130) * 1000);
    await expect(warning).toHaveCount(0);
    await page.clock.fastForward(20_000);
    await expect(warning).toBeInViewport();
    expect.soft(await objectionsOfNames(page), who).toEqual([]);
    expect.soft(await smallerThanThumb(page), who).toEqual([]);
    await warning.getByRole("button", { name: "Ở lại" }).click();
    await expect(warning).toHaveCount(0);
    await page.clock.fastForward(130_000);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await context.close();
  }
});

test("R38: form 01 about oneself names the purpose of its boxes, and a helper's boxes are never filled with their own", async ({
  walk,
}) => {
  const purposes: string[] = [];
  for (const question of ["name", "birth", "phone", "email", "address"]) {
    const page = await walk.open({ says: "", route: "*", who: "drafter", at: `/register/${question}` }, "vi");
    const found = await page
      .locator("main :is(input:not([type=hidden]), select)")
      .evaluateAll((all) => all.map((box) => box.getAttribute("autocomplete") ?? ""));
    purposes.push(...found.filter((one) => one && one !== "off"));
  }
  expect(purposes).toEqual(
    expect.arrayContaining(["name", "bday-day", "bday-month", "bday-year", "tel", "email", "street-address"]),
  );
});
