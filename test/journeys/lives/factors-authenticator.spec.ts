import { generateSync } from "otplib";
import { expect, startOfStory, test } from "../fixtures.ts";
import { objections } from "../measure-page.ts";
import { signIn } from "../pages/account.ts";
import { heading } from "../pages/declare.ts";
import { proveByPassword, settle } from "../pages/factors.ts";
import type { Declarant } from "../pages/people.ts";

const thuc: Declarant = {
  name: "Mai Văn Thực",
  sex: "Nam",
  birth: ["4", "4", "1979"],
  idNumber: "052079000502",
  insuranceNumber: "0000000502",
  phone: "0999900502",
};
const chosen = "con tau nho qua cau luc rang dong";
const at = "2026-11-24T09:00:05+07:00";
const digits = (secret: string, iso: string) =>
  generateSync({ secret, epoch: Math.floor(new Date(iso).getTime() / 1000) });

test.afterEach(({ app }) => app.moveClock(startOfStory));

test("he switches an authenticator on, is asked for its digits after the password, and uses a spare code once", async ({
  app,
  officer,
  browser,
  page,
}) => {
  await settle({ app, officer, browser, page }, thuc, chosen);
  await app.moveClock(at);
  await page.context().clearCookies();
  await page.goto("/sign-in");
  await signIn(page, thuc.insuranceNumber, chosen);
  await page.goto("/account/ways/authenticator");
  await proveByPassword(page, chosen);
  await expect(heading(page, "Bật ứng dụng xác thực")).toBeVisible();
  await expect(page.getByRole("img", { name: "Mã QR để ứng dụng xác thực quét" })).toBeVisible();
  await page.getByText("Không quét được? Gõ khóa này").click();
  const secret = ((await page.locator(".secret").textContent()) ?? "").replaceAll(" ", "");
  await page.getByLabel("6 số trên ứng dụng").fill("12345");
  await page.getByRole("button", { name: "Bật", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("Nhập đủ 6 số");
  await page.getByLabel("6 số trên ứng dụng").fill(digits(secret, at));
  await page.getByRole("button", { name: "Bật", exact: true }).click();
  await expect(heading(page, "Mã dự phòng")).toBeVisible();
  const spare = await page.locator(".spare li").allTextContents();
  expect(spare).toHaveLength(8);
  await page.getByRole("link", { name: "Xong" }).click();
  await expect(page.getByText("Còn 8 mã dự phòng.")).toBeVisible();

  await test.step("after the password come the digits", async () => {
    const later = "2026-11-24T09:05:05+07:00";
    await app.moveClock(later);
    await page.context().clearCookies();
    await page.goto("/sign-in?next=/account/devices");
    await signIn(page, thuc.insuranceNumber, chosen);
    await expect(heading(page, "Nhập 6 số xác thực")).toBeVisible();
    await page.goto("/app");
    await expect(heading(page, "Đăng nhập"), "the password alone opens nothing").toBeVisible();
    await page.goto("/sign-in/code?next=/account/devices");
    await page.getByLabel(/6 số trên ứng dụng/).fill(digits(secret, later));
    await page.getByRole("main").getByRole("button", { name: "Đăng nhập" }).click();
    await expect(heading(page, "Thiết bị đang đăng nhập")).toBeVisible();
  });
  await test.step("without the telephone a spare code opens, once", async () => {
    await page.context().clearCookies();
    await page.goto("/sign-in");
    await signIn(page, thuc.insuranceNumber, chosen);
    await page.getByLabel(/6 số trên ứng dụng/).fill(spare[0] ?? "");
    await page.getByRole("main").getByRole("button", { name: "Đăng nhập" }).click();
    await expect(page).toHaveURL(/\/app$/);
    await page.goto("/account/ways");
    await expect(page.getByText("Còn 7 mã dự phòng.")).toBeVisible();
  });
  await test.step("the note with the codes is lost: new ones are made, and the old ones open nothing", async () => {
    await page.getByRole("button", { name: "Tạo mã dự phòng mới" }).click();
    await expect(page.getByText("Đã tạo mã dự phòng mới.")).toBeVisible();
    const fresh = await page.locator(".spare li").allTextContents();
    expect(fresh.filter((code) => spare.includes(code))).toEqual([]);
    const judged = await browser.newContext({
      javaScriptEnabled: true,
      storageState: await page.context().storageState(),
    });
    const judgedPage = await judged.newPage();
    await judgedPage.goto(`${app.baseUrl}/account/ways`);
    expect(await objections(judgedPage), "axe on the ways in").toEqual([]);
    await judged.close();
    await page.context().clearCookies();
    await page.goto("/sign-in");
    await signIn(page, thuc.insuranceNumber, chosen);
    await page.getByLabel(/6 số trên ứng dụng/).fill(spare[1] ?? "");
    await page.getByRole("main").getByRole("button", { name: "Đăng nhập" }).click();
    await expect(page.getByRole("alert")).toBeVisible();
    await page.getByLabel(/6 số trên ứng dụng/).fill(fresh[1] ?? "");
    await page.getByRole("main").getByRole("button", { name: "Đăng nhập" }).click();
    await expect(page).toHaveURL(/\/app$/);
  });
});
