import { expect, startOfStory, test } from "../fixtures.ts";
import { goTo } from "../pages/account.ts";
import { sitDown } from "../pages/counter.ts";
import { heading } from "../pages/declare.ts";
import {
  actFor,
  areKnown,
  bar,
  fillLink,
  hasOwnAccount,
  lon,
  nuoi,
  openFamily,
  sitsSupervisor,
} from "../pages/family.ts";

test.afterEach(({ app }) => app.moveClock(startOfStory));

test("two officers link a mother and her son; at midnight of his eighteenth birthday her open page is her own again", async ({
  app,
  officer,
  browser,
  page,
}) => {
  await areKnown(app);
  await app.moveClock("2026-11-23T23:50:00+07:00");
  const desk = await sitDown(browser, officer);
  await hasOwnAccount(app, page, desk, nuoi);
  const address = await test.step("one officer proposes, on the birth certificate", async () => {
    await desk.getByRole("link", { name: "Giám hộ", exact: true }).click();
    await desk.getByLabel("Mã số BHXH hoặc số định danh", { exact: true }).fill(lon.insuranceNumber);
    await desk.getByRole("button", { name: "Tìm", exact: true }).click();
    await expect(heading(desk, lon.name)).toBeVisible();
    await desk.getByRole("link", { name: "Thêm người giám hộ" }).click();
    await fillLink(desk, nuoi.insuranceNumber);
    await desk.getByRole("button", { name: "Đề nghị liên kết" }).click();
    await expect(desk.getByRole("status")).toHaveText("Đã đề nghị. Cán bộ kiểm soát cần xác nhận.");
    await expect(desk.getByRole("button", { name: "Xác nhận", exact: true })).toHaveCount(0);
    return desk.url();
  });
  await test.step("until somebody else confirms, nothing opens", async () => {
    await openFamily(page);
    await expect(page.getByText("chưa liên kết với con")).toBeVisible();
    const supervisor = await sitsSupervisor(app, browser);
    await supervisor.goto("/console/guardians");
    await supervisor.getByRole("link", { name: lon.name }).click();
    expect(supervisor.url()).toBe(address);
    await supervisor.getByRole("button", { name: "Xác nhận", exact: true }).click();
    await expect(supervisor.getByText("đang hiệu lực")).toBeVisible();
  });
  await test.step("in the last minutes before midnight she reads his record", async () => {
    await app.moveClock("2026-11-23T23:59:00+07:00");
    await actFor(page, lon);
    await goTo(page, "Khám bệnh");
    await expect(bar(page)).toContainText(lon.name);
    await expect(page.getByText("một số lượt khám riêng tư")).toBeVisible();
  });
  await test.step("a moment after midnight the same page is her own, and the family page offers nothing", async () => {
    await app.moveClock("2026-11-24T00:00:01+07:00");
    await page.reload();
    await expect(bar(page)).toHaveCount(0);
    await openFamily(page);
    await expect(page.getByRole("button", { name: /Xem hồ sơ của/ })).toHaveCount(0);
    await desk.goto(address);
    await expect(desk.getByText(/đã hết hạn|đã kết thúc/).first()).toBeVisible();
  });
});
