import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { find, receive, sitDown } from "../pages/counter.ts";
import { answerAll, codeOn, confirm, heading, tick } from "../pages/declare.ts";
import { isPlainSms, mailTo, textTo } from "../pages/messages.ts";
import { lan } from "../pages/people.ts";

const ground = "Tờ khai chưa ký, chưa ghi rõ họ tên";
const sentence = "Tờ khai chưa ký, ghi rõ họ tên. Khai lại, in và ký trước khi nộp.";

test("a file refused with grounds says why by SMS and on its page, and is declared again with one button", async ({
  app,
  officer,
  browser,
  page,
}) => {
  await answerAll(page, lan);
  const code = await confirm(page);
  const desk = await sitDown(browser, officer);
  const preview = await test.step("the officer refuses, and sees the message before it leaves", () =>
    refuse(desk, code));
  await test.step("the message is the one that was shown", async () => {
    const sms = await textTo(app, lan, /khong duoc chap nhan/);
    isPlainSms(sms);
    expect(sms.text).toBe(preview);
    expect(sms.text).toContain("Khai lai, in va ky truoc khi nop.");
    const mail = await mailTo(app, "lan@example.vn", /không được chấp nhận/);
    expect(mail.text).toContain(sentence);
    expect(mail.text).toContain("mang theo: Tờ khai đã ký, giấy tờ tùy thân bản gốc.");
  });
  await test.step("her page says why and what to do; one button declares again", async () => {
    await page.getByRole("link", { name: "Xem hồ sơ đang ở bước nào" }).click();
    await expect(page.getByRole("main")).toContainText(sentence);
    await expect(page.getByText(/Câu trả lời của Ông\/Bà vẫn còn ở đây/)).toBeVisible();
    await page.getByRole("button", { name: "Khai lại với câu trả lời cũ" }).click();
    await expect(heading(page, "Kiểm tra trước khi xác nhận")).toBeVisible();
    for (const kept of [lan.name, "052 188 000 101", "20/08/1988", "0999 900 101", "lan@example.vn"]) {
      await expect(page.getByRole("definition").filter({ hasText: kept })).toBeVisible();
    }
    expect(await codeOn(page)).not.toBe(code);
    await confirm(page);
  });
  await desk.context().close();
});

/** Grounds are never ticked for the officer, and a refusal without any does not leave. */
async function refuse(desk: Page, code: string): Promise<string | null> {
  await find(desk, code, lan.name);
  await receive(desk, "original", "face", "copied");
  await expect(desk.getByText("Chưa thể chấp nhận hồ sơ này.")).toBeVisible();
  await expect(desk.getByRole("button", { name: "Chấp nhận", exact: true })).toHaveCount(0);
  await desk.getByRole("link", { name: "Không chấp nhận" }).click();
  await expect(heading(desk, "Không chấp nhận hồ sơ")).toBeVisible();
  await expect(desk.getByRole("checkbox", { checked: true })).toHaveCount(0);
  await desk.getByRole("button", { name: "Xem trước tin nhắn" }).click();
  await expect(desk.getByRole("alert")).toContainText("Chọn ít nhất một căn cứ.");
  await tick(desk.getByRole("checkbox", { name: ground }));
  await desk.getByRole("button", { name: "Xem trước tin nhắn" }).click();
  await expect(desk.getByRole("heading", { name: "Người dân sẽ nhận" })).toBeVisible();
  await expect(desk.getByLabel("Câu gửi người dân")).toHaveValue(sentence);
  const preview = await desk.getByRole("paragraph").filter({ hasText: "VssID mien phi" }).textContent();
  await desk.getByRole("button", { name: "Gửi và không chấp nhận" }).click();
  await expect(desk.getByRole("status")).toHaveText("Đã gửi thông báo không chấp nhận.");
  return preview;
}
