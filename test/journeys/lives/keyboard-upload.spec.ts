import { cardPicture } from "../../../src/pictures/pictures.fixture.ts";
import { expect, test } from "../fixtures.ts";
import { hasConfirmed } from "../pages/backstage.ts";
import { heading } from "../pages/declare.ts";
import { press, tabTo, typeInto } from "../pages/keyboard.ts";
import { accountless } from "../pages/papers-people.ts";

test("R38: with the keyboard alone, at 400 %, a file is opened again and a picture is sent", async ({ page }) => {
  const person = accountless.byKeys;
  const picture = { name: "the.jpg", mimeType: "image/jpeg", buffer: await cardPicture({ blur: 0 }) };
  page.on("filechooser", (chooser) => void chooser.setFiles(picture));
  const code = await hasConfirmed(page, person);
  await page.setViewportSize({ width: 320, height: 256 });
  await page.goto("/register/resume");
  await typeInto(page, page.getByLabel("Mã tờ khai"), code);
  for (const [at, box] of ["Ngày", "Tháng", "Năm"].entries()) {
    await typeInto(page, page.getByLabel(box, { exact: true }), person.birth[at] ?? "");
  }
  await press(page, page.getByRole("button", { name: "Mở tờ khai" }));
  await press(page, page.getByRole("link", { name: "Thêm ảnh chân dung và giấy tờ" }));
  await expect(heading(page, "Ảnh kèm tờ khai")).toBeVisible();
  const front = page.getByLabel("Mặt trước giấy tờ");
  await tabTo(page, front);
  await page.keyboard.press("Enter");
  await expect(front).toHaveValue(/the\.jpg$/);
  await press(page, page.getByRole("button", { name: "Gửi ảnh" }));
  await expect(page.getByText("Đã gửi 1 ảnh.")).toBeVisible();
});
