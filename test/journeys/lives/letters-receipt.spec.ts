import type { Page } from "@playwright/test";
import { onePagePdf } from "../../one-page-pdf.ts";
import { expect, type RunningApp, test } from "../fixtures.ts";
import { sitDown } from "../pages/counter.ts";
import { heading } from "../pages/declare.ts";
import { hire, lineOf } from "../pages/desk.ts";
import { isPlainSms, oftenMs } from "../pages/messages.ts";

/** Three addressees outside the units, each in a group of its own. */
const groups = [
  { group: "Cơ quan BHXH", name: "BHXH cơ sở Mẫu Bắc", phone: "0999900723" },
  { group: "Các cơ quan, doanh nghiệp", name: "Công ty Mẫu Dệt", phone: "0999900724" },
  { group: "UBND các xã", name: "UBND xã Mẫu Trung", phone: "0999900725" },
] as const;
const [, company, commune] = groups;

const pdf = { name: "cong-van.pdf", mimeType: "application/pdf", buffer: onePagePdf() };

async function newestText(app: RunningApp, phone: string, says: RegExp): Promise<string> {
  const find = () => app.texts.findLast(({ to, text }) => to.endsWith(phone.slice(1)) && says.test(text));
  await expect.poll(find, { timeout: 15_000, intervals: oftenMs }).toBeDefined();
  const message = find();
  if (!message) throw new Error("it was just there");
  isPlainSms(message);
  return message.text;
}

/** As the message says: Help, Letters received, the code. */
async function openLetter(page: Page, app: RunningApp, phone: string): Promise<void> {
  const key = /CV(-\w{4}){4}/.exec(await newestText(app, phone, /Cong van 05\/DEMO-VX/))?.[0] ?? "";
  await page.goto("/help");
  await page.getByRole("link", { name: "Nhận công văn" }).click();
  await page.getByLabel("Mã công văn hoặc mã biên nhận").fill(key.toLowerCase());
  await page.getByRole("button", { name: "Tiếp tục" }).click();
  await expect(heading(page, "Công văn 05/DEMO-VX")).toBeVisible();
  expect(page.url()).not.toContain(key.slice(3, 7));
}

async function fillSigner(page: Page, name: string): Promise<void> {
  await page.getByLabel("Họ và tên người nhận").fill(name);
  await page.getByLabel("Chức vụ").fill("Văn thư");
  await page.getByLabel("Nơi nhận").fill("Xã Mẫu Trung");
}

async function writeLetter(desk: Page): Promise<void> {
  await desk.getByRole("link", { name: "Công văn", exact: true }).click();
  await desk.getByText("Soạn công văn mới").click();
  await desk.getByLabel("Số công văn").fill("05/DEMO-VX");
  await desk.locator("[name=dated_day]").fill("23");
  await desk.locator("[name=dated_month]").fill("11");
  await desk.locator("[name=dated_year]").fill("2026");
  await desk.getByLabel("Trích yếu").fill("V/v mở tài khoản VssID");
  await desk.getByLabel("Nơi ban hành").fill("UBND huyện Mẫu");
  await desk.getByLabel("Người ký").fill("Phan Văn Mẫu");
  await desk.getByRole("button", { name: "Lưu bản nháp" }).click();
  await expect(desk.getByRole("alert")).toContainText("Chọn tệp PDF của công văn");
  await desk.getByLabel("Tệp PDF của công văn").setInputFiles(pdf);
  await desk.getByRole("button", { name: "Lưu bản nháp" }).click();
  await expect(desk.getByRole("status")).toContainText("Đã lưu bản nháp.");
}

test("a letter goes to three groups; one addressee signs with a code and no script, one by hand, and the register tells who is left", async ({
  app,
  browser,
  page,
}) => {
  const desk = await sitDown(browser, await hire(app, "supervisor"));
  await test.step("the supervisor writes it, names three groups and sends it", async () => {
    await writeLetter(desk);
    for (const { group, name, phone } of groups) {
      await desk.getByLabel("Tên nhóm").fill(group);
      await desk.getByLabel("Nơi nhận khác").fill(`${name}; ${phone}`);
      await desk.getByRole("button", { name: "Thêm nhóm" }).click();
      await expect(lineOf(desk, name)).toContainText(group);
    }
    await desk.getByRole("button", { name: "Gửi đến 3 nơi nhận" }).click();
    await expect(desk.getByText("0 trên 3 nơi nhận đã ký nhận")).toBeVisible();
  });
  await test.step("the company signs with a code to its own telephone; what was typed is not lost", async () => {
    await openLetter(page, app, company.phone);
    await fillSigner(page, "Mai Thị Dệt");
    await page.getByRole("button", { name: "Gửi mã đến số …724" }).click();
    const code = /: (\d{6})/.exec(await newestText(app, company.phone, /Ma ky nhan cong van/))?.[1] ?? "";
    await page.getByLabel("Mã vừa nhận").fill(code);
    await page.getByRole("button", { name: "Ký nhận công văn" }).click();
    await expect(page.getByText("Đã ký nhận công văn này")).toBeVisible();
    await expect(page.getByRole("definition").filter({ hasText: "Mai Thị Dệt, Văn thư" })).toBeVisible();
  });
  await test.step("the commune signs by hand", async () => {
    const baseURL = app.baseUrl;
    const drawer = await (await browser.newContext({ baseURL, javaScriptEnabled: true })).newPage();
    await openLetter(drawer, app, commune.phone);
    await fillSigner(drawer, "Đỗ Văn Trung");
    await drawer.locator("#drawing").scrollIntoViewIfNeeded();
    const { x, y } = (await drawer.locator("#drawing").boundingBox()) ?? { x: 0, y: 0 };
    await drawer.mouse.move(x + 20, y + 40);
    await drawer.mouse.down();
    await drawer.mouse.move(x + 160, y + 90, { steps: 12 });
    await drawer.mouse.up();
    await drawer.getByRole("button", { name: "Ký nhận bằng chữ ký này" }).click();
    await expect(drawer.getByRole("img", { name: "Chữ ký" })).toBeVisible();
    await drawer.context().close();
  });
  await test.step("the register has both by name and place, and who is left", async () => {
    await desk.reload();
    await expect(desk.getByText("2 trên 3 nơi nhận đã ký nhận")).toBeVisible();
    await expect(lineOf(desk, commune.name)).toContainText("Đỗ Văn Trung, Văn thư, Xã Mẫu Trung");
    await expect(lineOf(desk, groups[0].name)).toContainText("chưa mở");
    const href = await desk.getByRole("link", { name: "Tải sổ (CSV)" }).getAttribute("href");
    expect(await (await desk.request.get(href ?? "")).text()).toContain('"Công ty Mẫu Dệt","đã ký nhận"');
  });
  await desk.context().close();
});
