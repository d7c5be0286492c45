import { expect, test } from "../fixtures.ts";
import { answer, answerAll, confirm, heading, isAtQuestion, next, tick } from "../pages/declare.ts";
import { accountless } from "../pages/papers-people.ts";
import { readPdf } from "../pages/pdf.ts";

test("somebody who knows only the old commune finds today's, and both stand on the form", async ({ page }) => {
  await answerAll(page, accountless.oldAddress, "address");
  await isAtQuestion(page, 8, "Địa chỉ liên hệ");
  await page.getByText("Tìm xã mới theo tên xã cũ").click();
  await page.getByLabel("Tên xã, phường hoặc thị trấn trước đây").fill("phuoc nghia, tuy phuoc");
  await page.getByRole("button", { name: "Tìm", exact: true }).click();
  const found = page.getByRole("listitem").filter({ hasText: "Xã Phước Nghĩa, Huyện Tuy Phước, Tỉnh Bình Định" });
  await found.getByRole("link", { name: "Xã Tuy Phước, Tỉnh Gia Lai" }).click();
  await expect(page.getByLabel("Xã, phường hoặc đặc khu")).toHaveValue("21952");
  await expect(page.getByText("Trước 01/07/2025: Xã Phước Nghĩa")).toBeVisible();
  await page.getByLabel("Số nhà, tên đường, thôn hoặc tổ dân phố").fill("Thôn Mẫu 5");
  await next(page);
  await answer.office(page);
  const address =
    "Thôn Mẫu 5, Xã Tuy Phước, Tỉnh Gia Lai (trước 01/07/2025: Xã Phước Nghĩa, Huyện Tuy Phước, Tỉnh Bình Định)";
  await expect(page.getByRole("definition").filter({ hasText: address })).toBeVisible();
  await confirm(page);
  const form = await page.request.get("/register/form.pdf");
  const { text, pages } = readPdf(await form.body());
  expect(pages).toBe(1);
  expect(text.replace(/\s+/g, " ")).toContain(address);
});

test("an old address in one's own words is a whole answer, and leads to the office that took over", async ({
  page,
}) => {
  await answerAll(page, accountless.ownWords, "address");
  await page.getByText("Tôi chỉ biết địa chỉ cũ").click();
  const old = "Thôn Thử, xã Phước Nghĩa, huyện Tuy Phước, tỉnh Bình Định";
  await page.getByLabel("Địa chỉ trước ngày 01/07/2025").fill(old);
  await page.getByRole("button", { name: "Dùng địa chỉ cũ này" }).click();
  await answer.office(page);
  await expect(page.getByText(`${old} (nay là Xã Tuy Phước, Tỉnh Gia Lai)`)).toBeVisible();
});

test("an office far away is found by name, and a way to hand in is asked once the operator opens one", async ({
  app,
  page,
}) => {
  await answerAll(page, accountless.farOffice, "office");
  await expect(page.getByText("Cách nộp tờ khai đã ký")).toHaveCount(0);
  const from = ["--from", "2026-11-20", "--by", "Quyết định thử"];
  await app.vssid("policy", "set", "registration.submission_methods", '["office","commune_desk"]', ...from);
  try {
    await page.reload();
    await page.getByText("Tìm nơi nộp khác").click();
    await page.getByLabel("Hoặc tìm theo tên nơi nộp").fill("dong da");
    await page.getByRole("button", { name: "Tìm nơi nộp" }).click();
    await tick(page.getByRole("radio", { name: "Bảo hiểm xã hội cơ sở Đống Đa" }));
    await tick(page.getByRole("radio", { name: "Tại bàn hướng dẫn của xã, phường" }));
    await next(page);
    await expect(page.getByRole("definition").filter({ hasText: "tại bàn hướng dẫn của xã, phường" })).toBeVisible();
    await confirm(page);
    const main = page.getByRole("main");
    await expect(main).toContainText("Mang tờ khai đến bàn hướng dẫn của xã, phường.");
    await expect(main).toContainText("thứ Năm, 03/12/2026 (còn 10 ngày)");
    await expect(main).toContainText("Bảo hiểm xã hội cơ sở Đống Đa");
    await expect(main).toContainText("7:30–11:30");
    await expect(heading(page, "Đã xác nhận tờ khai")).toBeVisible();
  } finally {
    await app.vssid("policy", "set", "registration.submission_methods", '["office"]', ...from);
  }
});
