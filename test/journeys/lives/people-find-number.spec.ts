import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { areKnown, nho } from "../pages/contact.ts";
import { answerAll, fillDate, heading, isAtQuestion, tick } from "../pages/declare.ts";
import { isPlainSms, textsTo, textTo } from "../pages/messages.ts";

test.beforeAll(({ app }) => areKnown(app));

const words = async (page: Page) => (await page.getByRole("main").textContent()) ?? "";

test("who has forgotten the number gets it on the phone in the register, and goes on where she was", async ({
  app,
  page,
}) => {
  await answerAll(page, nho, "insurance");
  await isAtQuestion(page, 5, "Mã số BHXH");
  await page.getByRole("link", { name: "Nhắn mã số tới điện thoại của tôi" }).click();
  await expect(heading(page, "Tìm mã số BHXH của tôi")).toBeVisible();
  await expect(page.getByLabel("Họ và tên")).toHaveValue(nho.name);
  await expect(page.getByLabel("Số giấy tờ")).toHaveValue(nho.idNumber);
  await page.getByRole("button", { name: "Nhắn mã số cho tôi" }).click();
  await expect(heading(page, "Yêu cầu đã được ghi nhận")).toBeVisible();
  expect(await words(page)).not.toContain(nho.insuranceNumber);
  const sms = await textTo(app, nho, /Ma so BHXH/);
  isPlainSms(sms);
  expect(sms.text).toContain(nho.insuranceNumber);
  expect(sms.text).not.toMatch(/Ho Thi Nho/i);
  await page.getByRole("link", { name: "Quay lại tờ khai" }).click();
  await page.getByLabel("Mã số BHXH").fill(nho.insuranceNumber);
  await page.getByRole("button", { name: "Tiếp tục", exact: true }).click();
  await isAtQuestion(page, 6, "Số điện thoại di động");
});

test("a stranger who tries names and papers reads the same words, and no message leaves", async ({ app, page }) => {
  const before = app.texts.length;
  const ask = async (name: string, idNumber: string): Promise<string> => {
    await page.goto("/insurance-number");
    await page.getByLabel("Họ và tên").fill(name);
    await fillDate(page, nho.birth);
    await tick(page.getByRole("radio", { name: "Căn cước hoặc căn cước công dân" }));
    await page.getByLabel("Số giấy tờ").fill(idNumber);
    await page.getByRole("button", { name: "Nhắn mã số cho tôi" }).click();
    await expect(heading(page, "Yêu cầu đã được ghi nhận")).toBeVisible();
    return words(page);
  };
  const known = await ask("Trần Thị Tò Mò", nho.idNumber);
  expect(await ask(nho.name, "052179999999")).toBe(known);
  expect(textsTo(app, nho.phone, /Ma so BHXH/).length).toBeLessThanOrEqual(1);
  expect(app.texts.slice(before).filter(({ text }) => /Ma so BHXH/.test(text))).toEqual([]);
});
