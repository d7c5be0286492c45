import { expect, test } from "../fixtures.ts";
import { hasAccount, hasConfirmed } from "../pages/backstage.ts";
import { areKnown, haiSo, mo, provePhone } from "../pages/contact.ts";
import { sitDown } from "../pages/counter.ts";
import { answerAll, answerFrom, heading, office, resume } from "../pages/declare.ts";

test.beforeAll(({ app }) => areKnown(app));

const press = "Xác nhận và lấy mã";

test("who has declared before reads until when and where that file waits, opens it and withdraws it", async ({
  app,
  page,
}) => {
  const first = await hasConfirmed(page, mo);
  await answerAll(page, mo, "phone");
  await provePhone(page, app, mo);
  await answerFrom(page, mo, "email");
  await page.getByRole("button", { name: press }).click();
  await expect(heading(page, "Đang có một tờ khai chờ nộp")).toBeVisible();
  await expect(page.getByText("Hạn nộp: thứ Năm, 03/12/2026")).toBeVisible();
  await expect(page.getByText(`Nơi nộp: ${office}`)).toBeVisible();
  await expect(page.getByText("Mất mã? Mã có trong tin nhắn đã gửi.")).toBeVisible();
  await page.getByRole("link", { name: "Mở lại tờ khai" }).click();
  await resume(page, first, mo);
  await page.getByRole("link", { name: "Rút tờ khai" }).click();
  await page.getByRole("button", { name: "Rút tờ khai" }).click();
  await expect(page.getByRole("status")).toHaveText("Đã rút tờ khai.");
});

test("who has an account is led to it; a stranger with the same numbers is told neither", async ({
  app,
  officer,
  browser,
  page,
}) => {
  const desk = await sitDown(browser, officer);
  await hasAccount(desk, haiSo);
  await desk.context().close();
  await test.step("she proves her phone", async () => {
    await answerAll(page, haiSo, "phone");
    await provePhone(page, app, haiSo);
    await answerFrom(page, haiSo, "email");
    await page.getByRole("button", { name: press }).click();
    await expect(heading(page, "Người này đã có tài khoản")).toBeVisible();
    await expect(page.getByRole("main").getByRole("link", { name: "Lấy lại mật khẩu" })).toBeVisible();
    await page.getByRole("main").getByRole("link", { name: "Đăng nhập" }).click();
    await expect(heading(page, "Đăng nhập")).toBeVisible();
  });
  await test.step("a stranger with a phone of his own", async () => {
    const stranger = await (await browser.newContext()).newPage();
    await answerAll(stranger, { ...haiSo, phone: "0999900215" });
    await stranger.getByRole("button", { name: press }).click();
    await expect(heading(stranger, "Chưa xác nhận được tờ khai này")).toBeVisible();
    await expect(stranger.getByText("chúng tôi không nói rõ hơn ở đây")).toBeVisible();
    await stranger.getByRole("link", { name: "Xem phải làm gì" }).click();
    await expect(heading(stranger, "Số của tôi đang đứng tên người khác")).toBeVisible();
    await expect(stranger.getByRole("listitem").filter({ hasText: "Sổ BHXH hoặc thẻ BHYT" })).toBeVisible();
    await stranger.context().close();
  });
});

test("whose numbers do not match reads what else to bring, the same as whoever mistyped one", async ({ page }) => {
  await answerAll(page, { ...mo, name: "Mai Văn Khác", idNumber: "052082000298", insuranceNumber: "0000000298" });
  await page.getByRole("button", { name: press }).click();
  await expect(page.getByText("Thông tin chưa khớp")).toBeVisible();
  await page.getByRole("link", { name: "Nên mang thêm gì khi đi nộp" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "Giấy khai sinh hoặc giấy tờ đổi tên" })).toBeVisible();
});
