import { expect, type RunningApp, startOfStory, test } from "../fixtures.ts";
import { signIn } from "../pages/account.ts";
import { withScreenLock } from "../pages/factors.ts";

/** Passkeys belong to names; this machine's name is localhost. */
test.use({
  people: "demo",
  baseURL: async ({ app }, use) => use(app.baseUrl.replace("127.0.0.1", "localhost")),
});
const DAY_MS = 86_400_000;
const worker = "0000000012";
const number = /DN\s*4\s*79\s*0000\s*000\s*012/;

const passwordOf = async (app: RunningApp): Promise<string> =>
  (await app.cast()).find(({ signIn: name }) => name === worker)?.password ?? "";

test("the kept card opens without a network by the screen lock it was kept with, by no other, and is wiped when lost", async ({
  app,
  page,
  context,
}) => {
  const open = page.getByRole("button", { name: "Mở bằng vân tay, khuôn mặt" });
  const refused = page.getByText("Chưa mở được. Xin thử lại.");
  await page.clock.setSystemTime(new Date(startOfStory));
  const lock = await withScreenLock(page, { hasPrf: true });
  await page.goto("/sign-in");
  await signIn(page, worker, await passwordOf(app));
  await page.waitForURL("**/app");
  await page.goto("/app/keep");
  await page.getByRole("button", { name: "Dùng vân tay, khuôn mặt" }).click();
  await expect(page.getByText("Máy này đang giữ thẻ.")).toBeVisible();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await context.setOffline(true);
  await page.goto("/app");
  await expect(open).toBeVisible();
  await test.step("its owner opens it with nothing typed: there is no PIN to ask for", async () => {
    await expect(page.getByLabel("Mã PIN 6 số")).toHaveCount(0);
    await open.click();
    await expect(page.getByRole("article", { name: "Nguyễn Văn Mẫu" })).toContainText(number);
    await page.getByRole("button", { name: "Khóa lại" }).click();
    await expect(page.getByText(number)).toHaveCount(0);
  });
  await test.step("a clock that is a day behind is told, and the card is reckoned from its last update", async () => {
    await page.clock.setSystemTime(new Date(new Date(startOfStory).getTime() - DAY_MS));
    await open.click();
    await expect(page.getByRole("alert")).toContainText("Đồng hồ của máy chạy sau lúc cập nhật thẻ");
    await expect(page.getByText("Thẻ đang dùng được").first()).toBeVisible();
    await page.clock.setSystemTime(new Date(startOfStory));
    await page.getByRole("button", { name: "Khóa lại" }).click();
  });
  await test.step("a hand or face that the screen lock does not know opens nothing", async () => {
    await lock.recognises(false);
    await open.click();
    await expect(refused).toBeVisible();
    await expect(page.getByText(number)).toHaveCount(0);
    await lock.remove();
  });
  await test.step("nor does the screen lock of another telephone", async () => {
    const other = await withScreenLock(page, { hasPrf: true });
    await page.reload();
    await open.click();
    await expect(refused).toBeVisible();
    await expect(page.getByText(number)).toHaveCount(0);
    await other.remove();
  });
  await test.step("lost: given up from another device, it wipes itself at the first contact", async () => {
    const elsewhere = await context.browser()?.newContext({ baseURL: app.baseUrl });
    const other = await elsewhere?.newPage();
    if (!elsewhere || !other) throw new Error("no browser");
    await other.goto("/sign-in");
    await signIn(other, worker, await passwordOf(app));
    await other.waitForURL("**/app");
    await other.goto("/account/devices");
    await other
      .getByRole("button", { name: /Xóa thẻ trên/ })
      .first()
      .click();
    await expect(other.getByRole("status")).toContainText("Máy đó sẽ xóa thẻ ngay khi có mạng.");
    await elsewhere.close();
    await context.setOffline(false);
    await page.goto("/app/offline");
    await expect(page.getByText(/Thẻ đã được xóa khỏi máy này|Máy này không giữ thẻ/)).toBeVisible();
    await expect(open).toHaveCount(0);
  });
});
