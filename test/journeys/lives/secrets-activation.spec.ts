import { expect, startOfStory, test } from "../fixtures.ts";
import { choosePassword, skipOffer } from "../pages/account.ts";
import { sitDown } from "../pages/counter.ts";
import { heading, resume } from "../pages/declare.ts";
import { isPlainSms, textTo } from "../pages/messages.ts";
import { activationOf, areKnown, cham, enter, isAccepted, khoa, resentCode } from "../pages/secrets.ts";

test.afterEach(({ app }) => app.moveClock(startOfStory));

test("whoever comes with an activation code that has ended gets another by one press, and is in", async ({
  app,
  officer,
  browser,
  page,
}) => {
  await areKnown(app);
  const desk = await sitDown(browser, officer);
  await isAccepted(desk, khoa);
  const sms = await textTo(app, khoa, /duoc chap nhan/);
  isPlainSms(sms);
  expect(sms.text).toMatch(/den \d\d:\d\d 24\/11\/2026/);
  const old = await activationOf(app, khoa);
  await app.moveClock("2026-11-24T12:00:00+07:00");
  await test.step("the sign-in says what happened, and only to whoever knows the code", async () => {
    await enter(page, khoa, "bake-metu-haga-4729");
    await expect(page.getByRole("alert")).toContainText("Số hoặc mật khẩu chưa đúng");
    await enter(page, khoa, old);
    await expect(page.getByText("Mã kích hoạt này đã hết hạn")).toBeVisible();
  });
  const code = await test.step("a new one comes to the same telephone", async () => {
    await page.getByRole("button", { name: "Gửi mã kích hoạt mới" }).click();
    await expect(page.getByRole("status")).toContainText("Đã gửi mã kích hoạt mới tới •••••••601");
    return resentCode(app, khoa, 1);
  });
  await test.step("with it she sets a password of her own", async () => {
    await enter(page, khoa, code);
    await choosePassword(page, code, "ruong bac thang mua nuoc do");
    await expect(page.getByRole("status")).toContainText("Đã đổi mật khẩu.");
    await skipOffer(page);
    await expect(page).toHaveURL(/\/app$/);
  });
  await desk.context().close();
});

test("the page of the file and the counter send the code again, and nobody but the person sees it", async ({
  app,
  officer,
  browser,
  page,
}) => {
  await areKnown(app);
  const desk = await sitDown(browser, officer);
  const file = await isAccepted(desk, cham);
  const first = await activationOf(app, cham);
  const second = await test.step("he opens his file by code and birth date and presses once", async () => {
    await resume(page, file, cham);
    await expect(heading(page, "Hồ sơ đang ở bước nào")).toBeVisible();
    await page.getByRole("button", { name: "Gửi mã kích hoạt mới" }).click();
    await expect(page.getByRole("status")).toContainText("Đã gửi mã kích hoạt mới tới •••••••602");
    return resentCode(app, cham, 1);
  });
  const third = await test.step("he goes to the counter; the officer presses and sees no code", async () => {
    await desk.goto("/console/reissue");
    await desk.getByLabel("Mã số BHXH hoặc số định danh của người đến quầy").fill(cham.insuranceNumber);
    await desk.getByRole("button", { name: "Tìm tài khoản" }).click();
    await expect(desk.getByText("Tài khoản chưa kích hoạt")).toBeVisible();
    await desk.getByRole("button", { name: "Gửi lại mã kích hoạt" }).click();
    await expect(desk.getByRole("status")).toContainText("Đã gửi mã kích hoạt mới tới •••••••602");
    const code = await resentCode(app, cham, 2);
    expect(await desk.content()).not.toContain(code);
    return code;
  });
  await test.step("of the three codes the newest one opens the account", async () => {
    for (const old of [first, second]) {
      await enter(page, cham, old);
      await expect(page.getByRole("alert")).toContainText("Số hoặc mật khẩu chưa đúng");
    }
    await enter(page, cham, third);
    await choosePassword(page, third, "thuyen thung lac lu ben doi");
    await resume(page, file, cham);
    await expect(page.getByRole("button", { name: "Gửi mã kích hoạt mới" })).toHaveCount(0);
  });
  await desk.context().close();
});
