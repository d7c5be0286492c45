import { expect, startOfStory, test } from "../fixtures.ts";
import { heading } from "../pages/declare.ts";
import { settle } from "../pages/factors.ts";
import type { Declarant } from "../pages/people.ts";

const danh: Declarant = {
  name: "Phan Thị Danh",
  sex: "Nữ",
  birth: ["5", "5", "1995"],
  idNumber: "052195000503",
  insuranceNumber: "0000000503",
  phone: "0999900503",
};
const chosen = "vuon chuoi sau nha truoc con dong";

test.use({
  identities: {
    citizens: [
      { subject: "danh", personalNumber: danh.idNumber, level: "2" },
      { subject: "danh-muc-1", personalNumber: danh.idNumber, level: "1" },
      { subject: "nguoi-la", personalNumber: "052199999999", level: "2" },
    ],
  },
});

test.afterEach(({ app }) => app.moveClock(startOfStory));

test("she signs in with her electronic identity; a low level, a stranger and a silent provider are told plainly", async ({
  app,
  officer,
  browser,
  page,
}) => {
  await settle({ app, officer, browser, page }, danh, chosen);
  const enterAs = async (who: string) => {
    await page.context().clearCookies();
    await page.goto("/sign-in");
    await page.getByRole("link", { name: "Đăng nhập bằng định danh điện tử" }).click();
    await expect(heading(page, "Sắp sang trang khác")).toBeVisible();
    await page.getByRole("link", { name: "Sang trang định danh" }).press("Enter");
    await page.getByRole("button", { name: who, exact: true }).click();
  };
  await test.step("before she is sent elsewhere the page names the site, and she may stay", async () => {
    await page.context().clearCookies();
    await page.goto("/sign-in");
    await page.getByRole("link", { name: "Đăng nhập bằng định danh điện tử" }).click();
    await expect(page.getByText(/^127\.0\.0\.1:\d+$/)).toBeVisible();
    await page.getByRole("link", { name: "Ở lại VssID" }).click();
    await expect(heading(page, "Đăng nhập")).toBeVisible();
  });
  await enterAs("danh-muc-1");
  await expect(page.getByRole("alert")).toContainText("mức độ 2 trở lên");
  await enterAs("nguoi-la");
  await expect(page.getByRole("alert")).toContainText("chưa có tài khoản VssID. Hãy đăng ký trước");
  await enterAs("danh");
  await expect(page).toHaveURL(/\/app$/);
  await page.goto("/account/ways");
  await expect(page.getByRole("heading", { name: "Định danh điện tử" })).toBeVisible();

  await test.step("the provider falls silent: the page says so and the password still works", async () => {
    await app.stopIdentityProvider();
    await app.moveClock("2026-11-23T10:00:00+07:00");
    await page.context().clearCookies();
    await page.goto("/sign-in");
    await page.getByRole("link", { name: "Đăng nhập bằng định danh điện tử" }).click();
    await expect(page.getByRole("alert")).toContainText("Các cách khác vẫn dùng được");
    await expect(heading(page, "Đăng nhập")).toBeVisible();
    await expect(page.getByLabel("Mật khẩu", { exact: true })).toBeVisible();
  });
});
