import type { BrowserContext, Page } from "@playwright/test";
import sharp from "sharp";
import { expect, type RunningApp, startOfStory, test } from "../fixtures.ts";
import { signIn } from "../pages/account.ts";
import { answerAll, isAtQuestion } from "../pages/declare.ts";
import type { Declarant } from "../pages/people.ts";

/** The worker of the demo, who reads for his child too. */
test.use({ people: "demo" });
const worker = "0000000012";
const number = /DN\s*4\s*79\s*0000\s*000\s*012/;
const pin = "480913";
const DAY_MS = 86_400_000;

/** Signed in, on a telephone whose clock is right, or off by so much. */
async function enter(app: RunningApp, page: Page, offMs = 0): Promise<void> {
  await page.clock.setSystemTime(new Date(new Date(startOfStory).getTime() + offMs));
  const member = (await app.cast()).find(({ signIn: name }) => name === worker);
  await page.goto("/sign-in");
  await signIn(page, worker, member?.password ?? "");
  await page.waitForURL("**/app");
}

async function keepCard(page: Page): Promise<void> {
  await page.goto("/app/keep");
  await page.getByLabel("Mã PIN 6 số").fill(pin);
  await page.getByLabel("Nhập lại mã PIN").fill(pin);
  await page.getByRole("button", { name: "Giữ thẻ trên máy này" }).click();
  await expect(page.getByText("Máy này đang giữ thẻ.")).toBeVisible();
  await isReady(page);
}

const isReady = (page: Page) => page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));

async function typePin(page: Page, digits: string): Promise<void> {
  await expect(page.getByLabel("Mã PIN 6 số")).toBeFocused();
  for (const digit of digits) await page.getByRole("button", { name: digit, exact: true }).click();
}

/** The code as a camera sees it. */
async function pictureOf(page: Page): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  const svg = await page.locator(".pass svg").evaluate((element) => new XMLSerializer().serializeToString(element));
  const buffer = await sharp(Buffer.from(svg), { density: 72 * 8 })
    .png()
    .toBuffer();
  return { name: "ma.png", mimeType: "image/png", buffer };
}

async function elsewhere(app: RunningApp, context: BrowserContext): Promise<Page> {
  const other = await context.browser()?.newContext({ baseURL: app.baseUrl });
  if (!other) throw new Error("no browser");
  const page = await other.newPage();
  await enter(app, page);
  return page;
}

test("the card opens on a telephone without a network, and is wiped after five wrong tries and when it is lost", async ({
  app,
  page,
  context,
}) => {
  await enter(app, page);
  await keepCard(page);
  await test.step("the network is cut: the card opens with its PIN, the child's beside it", async () => {
    await context.setOffline(true);
    await page.goto("/app");
    await typePin(page, pin);
    await expect(page.getByRole("article", { name: "Nguyễn Văn Mẫu" })).toContainText(number);
    await expect(page.getByText("Thẻ đang dùng được").first()).toBeVisible();
    expect((await page.locator(".kept-row .qr").first().boundingBox())?.width).toBeGreaterThanOrEqual(240);
    await page.getByRole("button", { name: /Bảo Na/ }).click();
    await expect(page.getByRole("article", { name: /Bảo Na/ }).getByRole("img")).toBeInViewport();
  });
  await test.step("another page says plainly that it needs a network, and leads on", async () => {
    await page.goto("/app/visits");
    await expect(page.getByRole("heading", { name: "Máy đang không có mạng" })).toBeVisible();
    // Going back asks the network for the page before: nothing is promised of what was typed there.
    await expect(page.getByText("có thể phải gõ lại")).toBeVisible();
    await page.getByRole("link", { name: "Mở thẻ giữ trên máy" }).click();
    await expect(page.getByLabel("Mã PIN 6 số")).toBeVisible();
  });
  await test.step("four wrong tries are counted also when the page is closed between them; the fifth wipes", async () => {
    await typePin(page, "480914");
    await expect(page.getByRole("alert")).toContainText("Còn 4 lần");
    await page.reload();
    const box = page.getByLabel("Mã PIN 6 số");
    for (const left of [3, 2, 1]) {
      // The box takes the focus by itself, once the card was found.
      await expect(box).toBeFocused();
      await page.keyboard.type("480914");
      await expect(page.getByRole("alert")).toContainText(`Còn ${left} lần`);
    }
    await expect(box).toBeFocused();
    await page.keyboard.type("480914");
    await expect(page.getByText("Nhập sai 5 lần nên thẻ đã được xóa khỏi máy này.")).toBeVisible();
    await page.reload();
    await expect(page.getByText("Máy này không giữ thẻ.")).toBeVisible();
    await context.setOffline(false);
  });
  await test.step("kept again, and given up from another device: wiped at the next contact", async () => {
    await page.goto("/app/keep");
    await expect(page.getByText("Thẻ không còn trên máy này.")).toBeVisible();
    await keepCard(page);
    await page.getByRole("button", { name: "Thôi giữ, xóa thẻ khỏi máy này" }).click();
    await keepCard(page);
    const other = await elsewhere(app, context);
    await other.goto("/account/devices");
    await other
      .getByRole("button", { name: /Xóa thẻ trên/ })
      .first()
      .click();
    await expect(other.getByRole("status")).toContainText("Máy đó sẽ xóa thẻ ngay khi có mạng.");
    await other.context().close();
    await page.goto("/app/offline");
    // The page says it, or the service worker was quicker and there is nothing any more.
    await expect(page.getByText(/Thẻ đã được xóa khỏi máy này|Máy này không giữ thẻ/)).toBeVisible();
  });
});

test("a new version of the app comes while something is being typed: nothing is lost and nothing reloads", async ({
  app,
  page,
}) => {
  await enter(app, page);
  await keepCard(page);
  await page.goto("/account/contact/address");
  const box = page.getByRole("main").getByRole("textbox").first();
  await box.fill("Thôn đang gõ dở");
  // The same scope under another address: to the browser that is a newer version.
  await page.evaluate(() => navigator.serviceWorker.register("/sw.js?newer").then(() => undefined));
  await expect
    .poll(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.waiting?.state))
    .toBe("installed");
  await expect(box).toHaveValue("Thôn đang gõ dở");
});

/** Declares on a bus. */
const xe: Declarant = {
  name: "Tống Văn Xe",
  sex: "Nam",
  birth: ["7", "7", "1987"],
  idNumber: "052087000426",
  insuranceNumber: "0000000426",
  phone: "0999900426",
};

test("the network goes in the middle of typing: nothing is lost, the page says so, and it goes when there is one again", async ({
  page,
  context,
}) => {
  await answerAll(page, xe, "name");
  await isAtQuestion(page, 3, "Họ tên và giới tính");
  const name = page.getByLabel("Họ và tên");
  await name.pressSequentially("Tống Văn ");
  await context.setOffline(true);
  const said = page.getByRole("main").getByRole("status");
  await expect(said).toHaveText("Đang không có mạng. Những gì đã gõ vẫn ở đây.");
  await name.pressSequentially("Xe");
  await page.getByText("Nam", { exact: true }).click();
  await page.getByRole("link", { name: "Quay lại" }).click();
  await expect(name).toHaveValue(xe.name);
  await page.getByRole("button", { name: "Tiếp tục", exact: true }).click();
  await expect(said).toContainText("có mạng lại là tự gửi");
  await expect(name).toHaveValue(xe.name);
  await context.setOffline(false);
  await isAtQuestion(page, 4, "Ngày sinh");
  await page.goBack();
  await expect(name).toHaveValue(xe.name);
  await test.step("a network that the browser believes in and that answers nobody holds it, too", async () => {
    await page.route("**/robots.txt", (route) => route.abort());
    await page.getByRole("button", { name: "Tiếp tục", exact: true }).click();
    await expect(said).toContainText("có mạng lại là tự gửi");
    await page.unroute("**/robots.txt");
    await page.evaluate(() => dispatchEvent(new Event("online")));
    await isAtQuestion(page, 4, "Ngày sinh");
  });
});

test("where nothing may be stored the page says so, and the card with a network still opens", async ({ app, page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(globalThis, "indexedDB", {
      value: {
        open() {
          throw new DOMException("", "SecurityError");
        },
      },
    });
  });
  await enter(app, page);
  await page.goto("/app/keep");
  await page.getByLabel("Mã PIN 6 số").fill(pin);
  await page.getByLabel("Nhập lại mã PIN").fill(pin);
  await page.getByRole("button", { name: "Giữ thẻ trên máy này" }).click();
  await expect(page.getByRole("alert")).toContainText("Trình duyệt không cho ghi vào máy");
  await page.goto("/account/devices");
  await expect(page.getByRole("heading", { name: "Thiết bị đang đăng nhập" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Xóa thẻ trên thiết bị này" })).toHaveCount(0);
  await page.goto("/app");
  await expect(page.getByText(number)).toBeVisible();
});

test("a clerk's phone verifies the signed code, says when its own clock is a day off, and refuses it when it has ended", async ({
  app,
  page,
  context,
}) => {
  await enter(app, page);
  await page.goto("/app/card/pass");
  const picture = await pictureOf(page);
  const clerk = await context.newPage();
  const verdict = clerk.locator("#verdict");
  const show = async (offMs: number) => {
    await clerk.clock.setSystemTime(new Date(new Date(startOfStory).getTime() + offMs));
    await clerk.locator("#picture").setInputFiles(picture);
  };
  await clerk.goto("/verify");
  await show(0);
  await expect(verdict).toContainText("Mã thật, còn hạn");
  await expect(verdict).toContainText("Nguyễn Văn Mẫu");
  await show(DAY_MS);
  await expect(verdict).toContainText("Đồng hồ của máy này lệch khoảng 24 giờ. Đã dùng giờ của máy chủ");
  await expect(verdict).toContainText("Mã thật, còn hạn");
  await isReady(clerk);
  await clerk.reload();
  await context.setOffline(true);
  await clerk.reload();
  await show(60_000);
  await expect(verdict).toContainText("Mã thật, còn hạn");
  await expect(verdict).toContainText("Tính theo giờ của máy này");
  await show(-DAY_MS);
  await expect(verdict).toContainText("Đồng hồ không khớp");
  await show(DAY_MS);
  await expect(verdict).toContainText("Mã đã hết hạn");
  await context.setOffline(false);
});
