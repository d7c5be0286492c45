import type { Page } from "@playwright/test";
import { cardPicture } from "../../../src/pictures/pictures.fixture.ts";
import { expect, test } from "../fixtures.ts";
import { hasConfirmed } from "../pages/backstage.ts";
import { find, sitDown } from "../pages/counter.ts";
import { answerAll, codeOn, confirm, heading, resume, tick } from "../pages/declare.ts";
import { accountless } from "../pages/papers-people.ts";
import type { Picture } from "../pages/pictures.ts";

const jpeg = async (blur = 0): Promise<Picture> => ({
  name: "the.jpg",
  mimeType: "image/jpeg",
  buffer: await cardPicture({ blur }),
});
const send = (page: Page) => page.getByRole("button", { name: "Gửi ảnh" }).click();

test("pictures are not in the way; a blurred one is told of kindly, may be sent all the same, and the officer knows", async ({
  page,
  officer,
  browser,
  javaScriptEnabled,
}) => {
  const code = await hasConfirmed(page, accountless.pictures);
  await resume(page, code, accountless.pictures);
  await page.getByRole("link", { name: "Thêm ảnh chân dung và giấy tờ" }).click();
  await expect(heading(page, "Ảnh kèm tờ khai")).toBeVisible();
  await page.getByLabel("Mặt trước giấy tờ").setInputFiles(await jpeg(9));
  if (javaScriptEnabled) {
    await expect(page.getByText("Ảnh bị mờ: giữ yên máy, chạm vào thẻ để lấy nét.")).toBeVisible();
  }
  await send(page);
  await expect(page.getByRole("alert")).toContainText("Ảnh bị mờ: giữ yên máy");
  await page.getByLabel("Mặt trước giấy tờ").setInputFiles(await jpeg(9));
  await tick(page.getByRole("checkbox", { name: "Tôi không có ảnh rõ hơn, vẫn gửi" }));
  await send(page);
  await expect(page.getByText("Đã gửi 1 ảnh.")).toBeVisible();
  await page.getByLabel("Mặt sau giấy tờ").setInputFiles(await jpeg());
  if (javaScriptEnabled) await expect(page.getByText("Ảnh rõ.")).toBeVisible();
  await send(page);
  await expect(page.getByText("Đã gửi 1 ảnh.")).toBeVisible();
  await page.getByRole("link", { name: "Quay lại" }).click();
  await expect(heading(page, "Đã xác nhận tờ khai")).toBeVisible();

  const desk = await sitDown(browser, officer);
  await find(desk, code, accountless.pictures.name);
  await desk.getByText("Ảnh người khai gửi (2)").click();
  await expect(desk.getByText("Người khai tự chụp; không thay bản gốc.")).toBeVisible();
  await expect(desk.getByText("Ảnh bị mờ: giữ yên máy")).toBeVisible();
  const front = desk.getByRole("img", { name: `Mặt trước giấy tờ, hồ sơ ${code}` });
  const picture = await desk.request.get((await front.getAttribute("src")) ?? "");
  expect([picture.status(), picture.headers()["content-type"]]).toEqual([200, "image/jpeg"]);
  expect((await page.request.get((await front.getAttribute("src")) ?? "", { maxRedirects: 0 })).status()).not.toBe(200);
  await desk.context().close();
});

test("where the operator requires pictures, confirming waits for them and says so", async ({ app, page }) => {
  await answerAll(page, accountless.required);
  const rule = (value: string) =>
    app.vssid("policy", "set", "registration.photos", value, "--from", "2026-11-20", "--by", "Quyết định thử");
  await rule("required");
  try {
    await page.getByRole("button", { name: "Xác nhận và lấy mã" }).click();
    await expect(page.getByRole("alert")).toContainText("Gửi đủ ảnh chân dung và ảnh giấy tờ trước khi xác nhận.");
    await page.getByRole("link", { name: "Thêm ảnh chân dung và giấy tờ" }).click();
    for (const kind of ["Ảnh chân dung", "Mặt trước giấy tờ", "Mặt sau giấy tờ"]) {
      await page.getByLabel(kind).setInputFiles(await jpeg());
    }
    await send(page);
    await expect(page.getByText("Đã gửi 3 ảnh.")).toBeVisible();
    await page.getByRole("link", { name: "Quay lại" }).click();
    await confirm(page);
    expect(await codeOn(page)).toMatch(/^BD-/);
  } finally {
    await rule("optional");
  }
});
