import { expect, test } from "../fixtures.ts";
import { hasAccount, hasHandedIn } from "../pages/backstage.ts";
import { attach, sitDown } from "../pages/counter.ts";
import {
  answer,
  answerAll,
  codeOn,
  confirm,
  fillDate,
  heading,
  isAtQuestion,
  next,
  resume,
  tick,
} from "../pages/declare.ts";
import { textsTo } from "../pages/messages.ts";
import { anh, binh, thu } from "../pages/people.ts";
import { idCard, noPicture, tooHeavy, tooWide } from "../pages/pictures.ts";

test("a number, a date and a telephone that cannot be right are told in one sentence and stay in their boxes", async ({
  officer,
  browser,
  page,
}) => {
  const desk = await sitDown(browser, officer);
  await hasAccount(desk, binh);
  await desk.context().close();
  await answerAll(page, thu, "birth");
  await test.step("30 February", async () => {
    await fillDate(page, ["30", "2", "1993"]);
    await next(page);
    await expect(page).toHaveTitle(/^Lỗi: Ngày sinh/);
    await expect(page.getByRole("alert")).toContainText("Ngày này không có thật. Kiểm tra lại ngày, tháng và năm");
    for (const [box, typed] of Object.entries({ Ngày: "30", Tháng: "2", Năm: "1993" })) {
      await expect(page.getByLabel(box, { exact: true })).toHaveValue(typed);
    }
    await answer.birth(page, thu);
  });
  await test.step("an insurance number of nine digits", async () => {
    await answer.insurance(page, { ...thu, insuranceNumber: "000 000 010" });
    await expect(page.getByRole("alert")).toContainText("Mã số BHXH gồm đúng 10 chữ số");
    await expect(page.getByLabel("Mã số BHXH")).toHaveValue("000 000 010");
    await answer.insurance(page, thu);
  });
  await test.step("the telephone of somebody else's account", async () => {
    await answer.phone(page, binh);
    await expect(page.getByRole("alert")).toContainText("Số điện thoại này đã gắn với tài khoản của người khác.");
    await expect(page.getByRole("alert")).not.toContainText(binh.name);
    await expect(page.getByLabel("Số điện thoại di động")).toHaveValue(binh.phone);
    await page.getByRole("alert").getByRole("link").click();
    await expect(page.getByLabel("Số điện thoại di động")).toBeFocused();
    await answer.phone(page, thu);
  });
  await expect(heading(page, "Địa chỉ thư điện tử")).toBeVisible();
});

test("going back and sending a page again, or confirming twice, makes one declaration and one message", async ({
  app,
  page,
}) => {
  await answerAll(page, thu);
  const second = await page.context().newPage();
  await second.goto("/register/check");
  const code = await confirm(page);
  await page.goBack();
  await expect(heading(page, "Đã xác nhận tờ khai")).toBeVisible();
  expect(await confirm(second)).toBe(code);
  await page.goto("/register/email");
  await expect(heading(page, "Đã xác nhận tờ khai")).toBeVisible();
  await expect.poll(() => textsTo(app, thu.phone, /Da xac nhan/).length).toBe(1);
});

test("a question answered, gone back to and answered again keeps the later answer and all others", async ({ page }) => {
  await answerAll(page, thu, "birth");
  await isAtQuestion(page, 4, "Ngày sinh");
  await page.goBack();
  await answer.name(page, { ...thu, name: "Võ Thị Diễm Thử Hai" });
  await answer.birth(page, thu);
  await page.getByRole("link", { name: "Quay lại" }).click();
  await page.getByRole("link", { name: "Quay lại" }).click();
  await expect(page.getByLabel("Họ và tên")).toHaveValue("Võ Thị Diễm Thử Hai");
});

test("a form made for another session is not taken, and what was typed is sent again with one button", async ({
  page,
}) => {
  await page.goto("/register");
  await tick(page.getByRole("radio", { name: "Cho người tôi đang giúp" }));
  await page.getByLabel("Họ tên người kê khai thay").fill("Hồ Thị Giúp");
  await page.getByLabel("Quan hệ với người đó, hoặc đơn vị").fill("cháu gái");
  await page.context().clearCookies();
  await next(page);
  await expect(heading(page, "Trang này đã cũ")).toBeVisible();
  await page.getByRole("button", { name: "Gửi lại" }).click();
  await expect(heading(page, "Giấy tờ tùy thân")).toBeVisible();
  await page.getByRole("link", { name: "Quay lại" }).click();
  await expect(page.getByLabel("Họ tên người kê khai thay")).toHaveValue("Hồ Thị Giúp");
});

test("a code that does not exist is answered like a wrong birth date, to the person and at the counter", async ({
  officer,
  browser,
  page,
}) => {
  await resume(page, "bd 2222 2222", thu);
  await expect(page.getByRole("alert")).toContainText("Mã hồ sơ hoặc ngày sinh chưa đúng.");
  await expect(page.getByLabel("Mã tờ khai")).toHaveValue("bd 2222 2222");
  await expect(page.getByLabel("Năm", { exact: true })).toHaveValue(thu.birth[2]);
  const desk = await sitDown(browser, officer);
  await desk.getByRole("searchbox", { name: "Tìm hồ sơ" }).fill("BD-2222-2222");
  await desk.getByRole("button", { name: "Tìm", exact: true }).click();
  await expect(desk.getByText("Không có hồ sơ nào khớp tại cơ quan này.")).toBeVisible();
  await expect(desk.getByRole("searchbox", { name: "Tìm hồ sơ" })).toHaveValue("BD-2222-2222");
  await desk.context().close();
});

test("a picture that is none, weighs 40 MB or is 30,000 px wide is refused, and a good one is then taken", async ({
  officer,
  browser,
}, testInfo) => {
  const desk = await sitDown(browser, officer);
  const code = await hasHandedIn(desk, anh);
  await desk.goto(`/console/files/${code}`);
  await attach(desk, noPicture);
  await expect(desk.getByRole("alert")).toContainText("Tệp này không phải ảnh JPEG hay PNG.");
  await desk.goto(`/console/files/${code}`);
  await attach(desk, await tooWide());
  await expect(desk.getByRole("alert")).toContainText("Ảnh quá lớn: tối đa 40 triệu điểm ảnh.");
  await desk.goto(`/console/files/${code}`);
  await attach(desk, await tooHeavy(testInfo.outputPath("anh-40-mb.jpg")));
  await expect(heading(desk, "Tệp quá lớn")).toBeVisible();
  await desk.getByRole("link", { name: "Thử lại" }).click();
  await expect(heading(desk, "Chụp giấy tờ vào hồ sơ")).toBeVisible();
  await desk.getByRole("link", { name: "Quay lại" }).click();
  await attach(desk, await idCard());
  await expect(desk.getByRole("status")).toHaveText("Đã lưu 1 ảnh.");
  expect(await codeOn(desk)).toBe(code);
  await desk.context().close();
});
