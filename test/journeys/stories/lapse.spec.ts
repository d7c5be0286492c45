import type { Page } from "@playwright/test";
import { expect, type RunningApp, startOfStory, test } from "../fixtures.ts";
import { hasConfirmed } from "../pages/backstage.ts";
import { find, sitDown } from "../pages/counter.ts";
import { codeOn, confirm, heading, resume } from "../pages/declare.ts";
import { isPlainSms, textsTo, textTo } from "../pages/messages.ts";
import { type Declarant, hen, quen } from "../pages/people.ts";

/** The sweep comes each minute of real time: waited for without script, called with it. */
const sweepLimitMs = 90_000;

test.afterEach(({ app }) => app.moveClock(startOfStory));

test("a file that nobody hands in is open to the last minute, then ends by itself and can be declared again", async ({
  app,
  officer,
  browser,
  page,
  javaScriptEnabled,
}) => {
  test.setTimeout(test.info().timeout + sweepLimitMs);
  const forgotten = await hasConfirmed(page, quen);
  const code = await hasConfirmed(page, hen);
  await test.step("at 23:59 of the tenth day it is still open", async () => {
    await app.moveClock("2026-12-03T23:59:00+07:00");
    await resume(page, code, hen);
    await expect(page.getByRole("main")).toContainText("thứ Năm, 03/12/2026 (hôm nay là ngày cuối)");
  });
  await app.moveClock("2026-12-04T00:00:30+07:00");
  await test.step("half a minute after midnight its own page says so, kindly", () => comeLate(page));
  await test.step("he declares again: new code, new ten days", () => declareAgain(page, code));
  await test.step("the counter sees it too", async () => {
    const desk = await sitDown(browser, officer);
    await find(desk, code, hen.name);
    await expect(desk.getByText("Đã tự động hủy", { exact: true })).toBeVisible();
    await expect(desk.getByRole("main").getByRole("link", { name: "Tiếp nhận hồ sơ" })).toHaveCount(0);
    await desk.context().close();
  });
  await test.step("nobody is woken: the message comes in the morning, once", async () => {
    expect(textsTo(app, hen.phone, /da tu dong huy/)).toHaveLength(0);
    await app.moveClock("2026-12-04T08:00:30+07:00", { sweeps: javaScriptEnabled });
    await isTold(app, hen, code);
  });
  await test.step("a file that nobody opens is ended by the sweep, within its minute", async () => {
    await isTold(app, quen, forgotten, sweepLimitMs);
  });
});

async function comeLate(page: Page): Promise<void> {
  await page.goto("/register/receipt");
  await expect(heading(page, "Hồ sơ đang ở bước nào")).toBeVisible();
  await expect(page.getByText("Tờ khai đã tự động hủy")).toBeVisible();
  await expect(page.getByText("Câu trả lời của Ông/Bà vẫn còn ở đây, đến hết ngày 03/01/2027.")).toBeVisible();
}

async function declareAgain(page: Page, code: string): Promise<void> {
  await page.getByRole("button", { name: "Khai lại với câu trả lời cũ" }).click();
  await expect(heading(page, "Kiểm tra trước khi xác nhận")).toBeVisible();
  await expect(page.getByRole("definition").filter({ hasText: hen.name })).toBeVisible();
  expect(await codeOn(page)).not.toBe(code);
  await confirm(page);
  await expect(page.getByRole("main")).toContainText("thứ Hai, 14/12/2026 (còn 10 ngày)");
}

/** Once, and plainly. */
async function isTold(app: RunningApp, person: Declarant, code: string, timeout?: number): Promise<void> {
  isPlainSms(await textTo(app, person, /da tu dong huy/, timeout));
  const told = textsTo(app, person.phone, /da tu dong huy/);
  expect(told).toHaveLength(1);
  expect(told[0]?.text).toContain(code);
}
