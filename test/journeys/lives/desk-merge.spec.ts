import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { hasAccount } from "../pages/backstage.ts";
import { sitDown } from "../pages/counter.ts";
import { heading, tick } from "../pages/declare.ts";
import { findPerson, hire, known, newer, older } from "../pages/desk.ts";
import { isPlainSms, textTo } from "../pages/messages.ts";

test("one woman with two numbers: an officer compares and proposes, a second person merges, and it can be undone", async ({
  app,
  browser,
}) => {
  await known(app, older, newer);
  const desk = await sitDown(browser, await hire(app, "officer"));
  const chief = await sitDown(browser, await hire(app, "supervisor"));
  await hasAccount(desk, newer);
  await test.step("the officer finds both, compares them, and cannot merge alone", async () => {
    await findPerson(desk, newer.insuranceNumber);
    await desk.getByRole("link", { name: newer.name }).click();
    await expect(desk.getByText("cùng họ tên và ngày sinh")).toBeVisible();
    await desk.getByRole("link", { name: "So sánh" }).click();
    await expect(heading(desk, "So sánh hai hồ sơ")).toBeVisible();
    await expect(desk.getByRole("row", { name: /^Mã số BHXH/ })).toContainText("khác thật");
    await expect(desk.getByRole("row", { name: /^Họ và tên/ })).toContainText("khớp");
    await desk.getByRole("button", { name: "Gửi đề nghị" }).click();
    await expect(desk.getByRole("alert")).toContainText("Chọn hồ sơ giữ lại.");
    await tick(desk.getByRole("radio", { name: "Hồ sơ trái" }));
    await desk.getByLabel("Căn cứ").fill("Đã xem hai sổ BHXH và CMND cũ");
    await desk.getByRole("button", { name: "Gửi đề nghị" }).click();
    await expect(desk.getByText("Cần một cán bộ kiểm soát khác người đề nghị.")).toBeVisible();
    await expect(desk.getByRole("button", { name: "Xác nhận gộp" })).toHaveCount(0);
  });
  await test.step("the supervisor confirms; she is told, and both numbers lead to one record", async () => {
    await chief.goto("/console/merges");
    await chief.getByRole("link", { name: newer.name }).first().click();
    await chief.getByRole("button", { name: "Xác nhận gộp" }).click();
    await expect(chief.getByRole("status")).toHaveText("Đã gộp hai hồ sơ.");
    isPlainSms(await textTo(app, newer, /da gop lam mot/));
    expect(await numbersFound(chief, older.insuranceNumber)).toEqual(
      [older.insuranceNumber, newer.insuranceNumber].sort(),
    );
  });
  await test.step("it was wrong: the supervisor undoes it, and each number has its own record again", async () => {
    await chief.goto("/console/merges");
    await chief.getByRole("link", { name: newer.name }).first().click();
    await chief.getByText("Hoàn lại việc gộp").first().click();
    await chief.getByLabel("Lý do hoàn lại").fill("Hai người trùng tên");
    await chief.getByRole("button", { name: "Hoàn lại việc gộp" }).click();
    await expect(chief.getByRole("status")).toHaveText("Đã hoàn lại việc gộp.");
    expect(await numbersFound(chief, older.insuranceNumber)).toEqual([older.insuranceNumber]);
    expect(await numbersFound(chief, newer.insuranceNumber)).toEqual([newer.insuranceNumber]);
  });
  for (const page of [desk, chief]) await page.context().close();
});

/** The insurance numbers of the record to which a number leads. */
async function numbersFound(page: Page, number: string): Promise<string[]> {
  await findPerson(page, number);
  await page.getByRole("link", { name: newer.name }).click();
  await expect(page.getByText("Mã số BHXH").first()).toBeVisible();
  const text = ((await page.getByRole("main").textContent()) ?? "").replaceAll(/[\s\u00a0]/g, "");
  return [older.insuranceNumber, newer.insuranceNumber].filter((one) => text.includes(`MãsốBHXH${one}`)).sort();
}
