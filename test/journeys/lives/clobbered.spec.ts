import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { qrPicture } from "../pages/cards.ts";
import { answer } from "../pages/declare.ts";

/**
 * ASVS 5.0, 3.2.3: pages in which elements have every name that documents, forms and windows have. Scripts do their work
 * as ever. What looks here asks the prototypes as they do: Playwright's own locators lean on names.
 */
const card = "099090000777|012345678|Đặng Thị Ẵng Ừ|15031990|Nữ|Thôn Mẫu 3, Xã Tuy Phước, Gia Lai|20082021";

async function plant(page: Page): Promise<void> {
  await page.goto("/robots.txt");
  const { names, globals } = await page.evaluate(() => {
    const kinds = [Document, Node, EventTarget, Element, HTMLElement, HTMLFormElement];
    return {
      names: [...new Set(kinds.flatMap(({ prototype }) => Object.getOwnPropertyNames(prototype)))],
      globals: [...Object.getOwnPropertyNames(globalThis), "BarcodeDetector", "PushManager", "Notification"],
    };
  });
  expect(names).toEqual(expect.arrayContaining(["querySelector", "body", "elements", "submit", "dataset"]));
  const onPage = [
    ...names.map((name) => `<img hidden name="${name}" id="${name}">`),
    ...globals.map((name) => `<a hidden id="${name}"></a><a hidden id="${name}" name="x"></a>`),
  ].join("");
  const inForm = names.map((name) => `<output hidden name="${name}"></output>`).join("");
  await page.route("**/*", async (route) => {
    if (route.request().resourceType() !== "document") return route.fallback();
    const response = await route.fetch();
    const html = await response.text();
    const body = html.replace(/<body[^>]*>/, (tag) => tag + onPage).replaceAll(/<form[^>]*>/g, (tag) => tag + inForm);
    return route.fulfill({ response, body });
  });
}

const isClobbered = (page: Page) =>
  page.evaluate(() => typeof document.querySelector !== "function" && typeof document.body !== "function");
const has = (page: Page, selector: string) =>
  page.evaluate((wanted) => Document.prototype.querySelector.call(document, wanted) !== null, selector);
const textOf = (page: Page, selector: string) =>
  page.evaluate((wanted) => Document.prototype.querySelector.call(document, wanted)?.textContent ?? "", selector);
const press = (page: Page, selector: string) =>
  page.evaluate((wanted) => {
    const found = Document.prototype.querySelector.call(document, wanted);
    if (found instanceof HTMLElement) found.click();
  }, selector);

test("passwords are shown and hidden", async ({ page }) => {
  await plant(page);
  await page.goto("/sign-in");
  expect(await isClobbered(page)).toBe(true);
  await expect.poll(() => has(page, ".password button")).toBe(true);
  await press(page, ".password button");
  expect(await has(page, ".password input[type=text]")).toBe(true);
});

test("a form waits for the network", async ({ page, context }) => {
  await answer.who(page);
  await plant(page);
  await page.goto("/register/paper");
  expect(await isClobbered(page)).toBe(true);
  await expect.poll(() => has(page, "form[data-held] .held")).toBe(true);
  await context.setOffline(true);
  await press(page, "form[data-held] button:not([type=button])");
  await expect.poll(() => textOf(page, ".held"), { timeout: 10_000 }).not.toBe("");
});

test("a code of a card is judged on the telephone", async ({ page }) => {
  await plant(page);
  await page.goto("/verify");
  expect(await isClobbered(page)).toBe(true);
  await expect.poll(() => has(page, "#verify:not([hidden])")).toBe(true);
  await page.evaluate(() => {
    const box = Document.prototype.querySelector.call(document, "[name=code]");
    if (box instanceof HTMLTextAreaElement) box.value = "a.b.c";
  });
  await press(page, 'form[action="/verify"] button:not([type=button])');
  await expect.poll(() => textOf(page, "#verdict"), { timeout: 10_000 }).not.toBe("");
  expect(await isClobbered(page)).toBe(true);
});

test("a card is read from a picture, into the right boxes", async ({ page }) => {
  await answer.who(page);
  await plant(page);
  await page.goto("/register/scan");
  expect(await isClobbered(page)).toBe(true);
  await expect.poll(() => has(page, "#scan:not([hidden])")).toBe(true);
  const { buffer } = await qrPicture(card);
  await page.evaluate((picture) => {
    const bytes = Uint8Array.from(atob(picture), (sign) => sign.charCodeAt(0));
    const chosen = new DataTransfer();
    chosen.items.add(new File([bytes], "ma-qr.png", { type: "image/png" }));
    const box = Document.prototype.querySelector.call(document, "input[type=file][data-way=qr]");
    if (!(box instanceof HTMLInputElement)) return;
    box.files = chosen.files;
    box.dispatchEvent(new Event("change"));
  }, buffer.toString("base64"));
  const number = () =>
    page.evaluate(() => {
      const box = Document.prototype.querySelector.call(document, "#scan-result [name=paper_number]");
      return box instanceof HTMLInputElement ? box.value : "";
    });
  await expect.poll(number, { timeout: 20_000 }).toBe("099090000777");
});
