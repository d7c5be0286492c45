import { expect, test } from "../fixtures.ts";
import { hasConfirmed } from "../pages/backstage.ts";
import { officerName } from "../pages/counter.ts";
import { heading, isAtQuestion } from "../pages/declare.ts";
import { press, typeInto } from "../pages/keyboard.ts";
import { phim } from "../pages/people.ts";

test("the registration is filled in with the keyboard alone, and a mistake is led back to", async ({ page }) => {
  const goOn = page.getByRole("button", { name: "Tiếp tục", exact: true });
  await page.goto("/");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Đến nội dung chính" })).toBeFocused();
  await page.keyboard.press("Enter");
  await press(page, page.getByRole("link", { name: "Đăng ký tài khoản" }));
  await isAtQuestion(page, 1, "Ông/Bà đăng ký cho ai?");
  await press(page, page.getByRole("radio", { name: "Cho tôi", exact: true }), "Space");
  await press(page, goOn);
  await isAtQuestion(page, 2, "Giấy tờ tùy thân");
  await press(page, page.getByRole("radio", { name: "Căn cước hoặc căn cước công dân" }), "Space");
  await typeInto(page, page.getByLabel("Số giấy tờ"), "0520");
  await press(page, goOn);
  await test.step("the focus is on what is wrong, and its link leads to the box", async () => {
    await expect(page.getByRole("alert")).toBeFocused();
    await press(page, page.getByRole("alert").getByRole("link"));
    await expect(page.getByLabel("Số giấy tờ")).toBeFocused();
    await page.keyboard.press("Control+A");
    await page.keyboard.type(phim.idNumber);
    await press(page, goOn);
  });
  await isAtQuestion(page, 3, "Họ tên và giới tính");
  await typeInto(page, page.getByLabel("Họ và tên"), phim.name);
  await press(page, page.getByRole("radio", { name: "Nam", exact: true }), "Space");
  await press(page, goOn);
  await isAtQuestion(page, 4, "Ngày sinh");
  await typeInto(page, page.getByLabel("Ngày", { exact: true }), "28021985");
  await page.keyboard.press("Enter");
  await isAtQuestion(page, 5, "Mã số BHXH");
});

test("an officer receives and accepts a file with the keyboard alone", async ({ app, officer, page }) => {
  const code = await hasConfirmed(page, phim);
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto("/console");
  await typeInto(page, page.getByLabel("Tên đăng nhập"), officer.username);
  await typeInto(page, page.getByLabel("Mật khẩu", { exact: true }), officer.password);
  await typeInto(page, page.locator("[name=code]"), await app.digits(officer.username));
  await page.keyboard.press("Enter");
  await expect(heading(page, "Hồ sơ chờ xử lý")).toBeVisible();
  await typeInto(page, page.getByRole("searchbox", { name: "Tìm hồ sơ" }), code);
  await page.keyboard.press("Enter");
  await expect(heading(page, phim.name)).toBeVisible();
  await press(page, page.getByRole("main").getByRole("link", { name: "Tiếp nhận hồ sơ" }));
  for (const seen of ["Thấy giấy tờ bản gốc", "Tờ khai đã ký", "Người nộp giống ảnh", "Đã phô tô giấy tờ"]) {
    await press(page, page.getByRole("checkbox", { name: seen }), "Space");
  }
  await press(page, page.getByRole("button", { name: "Tiếp nhận", exact: true }));
  await expect(page.getByText("Ba nguồn khớp nhau. Có thể chấp nhận.")).toBeVisible();
  await press(page, page.getByRole("button", { name: "Chấp nhận", exact: true }));
  await expect(page.getByText(`Đã chấp nhận: ${officerName}`)).toBeVisible();
});
