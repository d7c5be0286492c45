import { expect, test } from "../fixtures.ts";
import { signIn } from "../pages/account.ts";
import { heading } from "../pages/declare.ts";
import { proveByPassword, settle, withScreenLock } from "../pages/factors.ts";
import type { Declarant } from "../pages/people.ts";

const van: Declarant = {
  name: "Hồ Thị Vân Tay",
  sex: "Nữ",
  birth: ["3", "3", "1987"],
  idNumber: "052187000501",
  insuranceNumber: "0000000501",
  phone: "0999900501",
};
const chosen = "dua hau chin do ngoai bai cat";

test("she adds her fingerprint, signs out, signs in with nothing typed, and drops her password", async ({
  app,
  officer,
  browser,
  page,
  javaScriptEnabled,
}) => {
  await settle({ app, officer, browser, page }, van, chosen);
  // Passkeys belong to names; this machine's name is localhost.
  const named = app.baseUrl.replace("127.0.0.1", "localhost");
  await page.goto(`${named}/sign-in`);
  await signIn(page, van.insuranceNumber, chosen);
  await expect(page).toHaveURL(`${named}/app`);
  await page.goto(`${named}/account/ways`);
  await page.getByRole("link", { name: "Thêm máy này" }).click();
  await proveByPassword(page, chosen);
  await expect(heading(page, "Thêm vân tay, khuôn mặt")).toBeVisible();
  if (javaScriptEnabled === false) {
    await expect(page.getByText("Trình duyệt đang tắt JavaScript nên chưa dùng được vân tay.")).toBeVisible();
    await expect(page.getByRole("button", { name: "Dùng vân tay, khuôn mặt" })).toHaveCount(0);
    await page.getByRole("link", { name: "Ứng dụng xác thực" }).click();
    await expect(heading(page, "Bật ứng dụng xác thực")).toBeVisible();
    await page.goto(`${named}/sign-in`);
    await page.context().clearCookies();
    await page.goto(`${named}/sign-in`);
    await expect(page.getByText("Đăng nhập bằng vân tay, khuôn mặt cần bật JavaScript.")).toBeVisible();
    return;
  }
  await withScreenLock(page);
  await page.getByLabel("Đặt tên cho máy này").fill("Máy của Vân");
  await page.getByRole("button", { name: "Dùng vân tay, khuôn mặt" }).click();
  await expect(page.getByRole("status")).toContainText("Đã thêm.");
  await expect(page.getByRole("row", { name: /Máy của Vân/ })).toContainText("chưa dùng");
  await test.step("the next day nothing is typed", async () => {
    await page.getByRole("button", { name: "Đăng xuất" }).first().click();
    await page.getByRole("button", { name: "Đăng nhập bằng vân tay, khuôn mặt" }).click();
    await expect(page).toHaveURL(`${named}/app`);
  });
  await test.step("who has a passkey may do without a password, and gets it back with the passkey", async () => {
    await page.goto(`${named}/account/ways`);
    await page.getByRole("button", { name: "Bỏ mật khẩu" }).click();
    await expect(page.getByText("Không phải đổi 6 tháng một lần.")).toBeVisible();
    await page.getByRole("link", { name: /Máy của Vân/ }).click();
    await page.getByRole("button", { name: "Gỡ khóa này" }).click();
    await expect(page.getByRole("alert")).toContainText("Đây là cách đăng nhập duy nhất.");
    await page.goto(`${named}/account/password`);
    await page.getByLabel("Mật khẩu mới", { exact: true }).fill("ghe tre cu ben bep lua hong");
    await page.getByRole("button", { name: "Lưu mật khẩu mới" }).click();
    await expect(page).toHaveURL(`${named}/app`);
  });
});
