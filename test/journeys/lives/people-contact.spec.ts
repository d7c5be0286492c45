import { expect, test } from "../fixtures.ts";
import { areKnown, codeInMail, codeTo, hanh, otherThan, typeCode } from "../pages/contact.ts";
import { answerAll, answerFrom, confirm, heading, isAtQuestion } from "../pages/declare.ts";
import { isPlainSms, textsTo } from "../pages/messages.ts";

test.beforeAll(({ app }) => areKnown(app));

test("a phone is confirmed on its own page: a wrong code, a new one, the right one; the mail's code comes later", async ({
  app,
  page,
}) => {
  await answerAll(page, hanh, "phone");
  const box = page.getByLabel("Số điện thoại di động");
  await test.step("a wrong code is told with the tries that are left", async () => {
    await box.fill("0999 900 202");
    await page.getByRole("button", { name: "Gửi mã tới số này" }).click();
    await isAtQuestion(page, 6, "Số điện thoại di động");
    await expect(page.getByText("Đã gửi mã tới 0999 900 202.")).toBeVisible();
    const code = await codeTo(app, hanh);
    isPlainSms(textsTo(app, hanh.phone, /Ma xac nhan/)[0] as never);
    await typeCode(page, otherThan(code));
    await expect(page.getByRole("alert")).toContainText("Mã chưa đúng. Còn 2 lần thử.");
    await page.getByRole("alert").getByRole("link").click();
    await expect(page.getByLabel("Mã 6 chữ số")).toBeFocused();
  });
  await test.step("after a new code the old one is worth nothing", async () => {
    const old = await codeTo(app, hanh);
    await page.getByText("Chưa nhận được mã?").click();
    await page.getByRole("button", { name: "Gửi mã mới" }).click();
    const fresh = await codeTo(app, hanh, "phone", 2);
    if (old !== fresh) {
      await typeCode(page, old);
      await expect(page.getByRole("alert")).toContainText("Mã chưa đúng");
    }
    await typeCode(page, ` ${fresh.slice(0, 3)} ${fresh.slice(3)} `);
    await expect(page.getByRole("status")).toHaveText("Đã xác nhận số điện thoại.");
    await isAtQuestion(page, 7, "Địa chỉ thư điện tử");
  });
  await answerFrom(page, hanh, "email");
  await expect(page.getByText("0999 900 202 (đã xác nhận bằng mã)")).toBeVisible();
  await test.step("another number would need a code of its own; the old one is proved no more", async () => {
    await page.getByRole("link", { name: "Sửa Điện thoại" }).click();
    await expect(page.getByText("Số này đã được xác nhận bằng mã.")).toBeVisible();
    await box.fill("0999900212");
    await page.getByRole("button", { name: "Tiếp tục", exact: true }).click();
    await expect(page.getByText("Đã gửi mã tới 0999 900 212.")).toBeVisible();
    await page.getByText("Chưa nhận được mã?").click();
    await page.getByRole("button", { name: "Đổi số khác" }).click();
    await box.fill(hanh.phone);
    await page.getByRole("button", { name: "Tôi chưa nhận mã lúc này" }).click();
    await expect(heading(page, "Kiểm tra trước khi xác nhận")).toBeVisible();
    await expect(page.getByText("0999 900 202 (chưa xác nhận bằng mã)")).toBeVisible();
  });
  await confirm(page);
  await test.step("the mail is confirmed from the receipt, by the code in it", async () => {
    await page.getByRole("link", { name: "Xác nhận thư điện tử" }).click();
    await expect(heading(page, "Xác nhận thư điện tử")).toBeVisible();
    await page.getByRole("button", { name: "Gửi mã" }).click();
    await typeCode(page, await codeInMail(app, "hanh@example.vn"));
    await expect(page.getByRole("status")).toHaveText("Đã xác nhận thư điện tử.");
    await expect(page.getByRole("link", { name: "Xác nhận thư điện tử" })).toHaveCount(0);
    await expect(page.getByRole("link", { name: "Xác nhận số điện thoại" })).toBeVisible();
  });
});

test("a phone that had its share of codes is told so kindly, with a way on", async ({ page }) => {
  await answerAll(page, { ...hanh, phone: "0999900213", idNumber: "052084000213" }, "phone");
  await page.getByLabel("Số điện thoại di động").fill("0999900213");
  await page.getByRole("button", { name: "Gửi mã tới số này" }).click();
  for (let at = 0; at < 3; at += 1) {
    await page.getByText("Chưa nhận được mã?").click();
    await page.getByRole("button", { name: "Gửi mã mới" }).click();
  }
  await expect(page.getByRole("alert")).toContainText("Vừa gửi nhiều mã tới số này");
  await expect(page.getByLabel("Số điện thoại di động")).toHaveValue("0999900213");
  await page.getByRole("button", { name: "Tôi chưa nhận mã lúc này" }).click();
  await isAtQuestion(page, 7, "Địa chỉ thư điện tử");
});
