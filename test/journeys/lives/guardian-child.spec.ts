import { expect, test } from "../fixtures.ts";
import { goTo } from "../pages/account.ts";
import { sitDown } from "../pages/counter.ts";
import { heading } from "../pages/declare.ts";
import { actFor, areKnown, bar, bong, hasOwnAccount, registersChild, ru } from "../pages/family.ts";
import { isPlainSms, textsTo, textTo } from "../pages/messages.ts";

test("a mother registers her child at the counter, opens the child's record from her own account and returns", async ({
  app,
  officer,
  browser,
  page,
}) => {
  await areKnown(app);
  const desk = await sitDown(browser, officer);
  await hasOwnAccount(app, page, desk, ru);
  const code = await test.step("the officer writes down who she is and accepts the child's form", () =>
    registersChild(desk, bong, ru));
  await test.step("one message comes to her phone: no password, nothing to keep", async () => {
    const sms = await textTo(app, ru, new RegExp(`${code} cho con duoc chap nhan`));
    isPlainSms(sms);
    expect(sms.text).toContain("Khong can mat khau rieng");
    expect(textsTo(app, ru.phone, new RegExp(code)).filter(({ text }) => /ma kich hoat/.test(text))).toEqual([]);
  });
  await test.step("she opens the child's card; the bar says whose it is", async () => {
    await actFor(page, bong);
    expect((await page.getByRole("main").innerText()).replaceAll(/\s/g, "")).toContain("HS4520000000302");
    await expect(page.getByRole("heading", { name: `Số của ${bong.name}` })).toBeVisible();
  });
  await test.step("every place of the account is the child's, with the way back", async () => {
    for (const place of ["Quá trình", "Quyền lợi", "Khám bệnh", "Thẻ"] as const) {
      await goTo(page, place);
      await expect(bar(page)).toContainText(bong.name);
      await expect(bar(page).getByRole("button", { name: "Về hồ sơ của tôi" })).toBeVisible();
    }
    await page.getByRole("link", { name: "English" }).click();
    await expect(page.getByRole("region", { name: "Acting for somebody" })).toContainText("your child");
    await page.getByRole("link", { name: "Tiếng Việt" }).click();
  });
  await test.step("her password stays her own, and the page says so", async () => {
    await page.goto("/account/devices");
    await expect(bar(page)).toContainText("Riêng trang này là tài khoản của chính Ông/Bà.");
  });
  await test.step("the child's list of looks names her", async () => {
    await page.goto("/app/looks");
    await expect(heading(page, `Ai đã xem hồ sơ của ${bong.name}`)).toBeVisible();
    await expect(page.getByRole("row", { name: /Vũ Thị Ru \(mẹ\).*Xem thẻ BHYT/ }).first()).toBeVisible();
  });
  await test.step("one press brings her back, and her family page lists what she saw", async () => {
    await bar(page).getByRole("button", { name: "Về hồ sơ của tôi" }).click();
    await expect(bar(page)).toHaveCount(0);
    await expect(page.getByText("HS4520000000302")).toHaveCount(0);
    await page.goto("/app/family");
    await expect(page.getByRole("row", { name: /Vũ Ngọc Bống.*Xem thẻ BHYT/ }).first()).toBeVisible();
  });
});
