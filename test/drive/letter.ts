import type { Browser, Page } from "@playwright/test";
import { expect, type RunningApp } from "../journeys/fixtures.ts";
import { heading } from "../journeys/pages/declare.ts";
import { oftenMs } from "../journeys/pages/messages.ts";
import { onePagePdf } from "../one-page-pdf.ts";
import { type DriveUnit, emailOf, groups, phoneOf, signingOf, units } from "./units.ts";

/** The letter of the drive: written and sent at the desk, opened and signed by each of its forty addressees. */
export const NUMBER = "330/CD-VX";
const pdf = { name: "cong-van.pdf", mimeType: "application/pdf", buffer: onePagePdf() };

export async function sendLetter(desk: Page): Promise<void> {
  await desk.getByRole("link", { name: "Công văn", exact: true }).click();
  await desk.getByText("Soạn công văn mới").click();
  await desk.getByLabel("Số công văn").fill(NUMBER);
  for (const [part, typed] of [
    ["day", "23"],
    ["month", "11"],
    ["year", "2026"],
  ] as const) {
    await desk.locator(`[name=dated_${part}]`).fill(typed);
  }
  await desk.getByLabel("Trích yếu").fill("V/v cài đặt ứng dụng VssID trên thiết bị di động");
  await desk.getByLabel("Nơi ban hành").fill("UBND huyện Mẫu");
  await desk.getByLabel("Người ký").fill("Phan Văn Mẫu");
  await desk.getByLabel("Tệp PDF của công văn").setInputFiles(pdf);
  await desk.getByRole("button", { name: "Lưu bản nháp" }).click();
  for (const { name, kinds, of } of groups) {
    await desk.getByLabel("Tên nhóm").fill(name);
    for (const kind of kinds) await desk.getByText(new RegExp(`^${kind} \\(\\d+\\)$`)).click();
    const contacts = units
      .filter(({ kind }) => (of as readonly string[]).includes(kind))
      .map((unit) => [unit.code, contactOf(unit)].join("; "));
    await desk.getByLabel("Nơi nhận khác").fill(contacts.join("\n"));
    await desk.getByRole("button", { name: "Thêm nhóm" }).click();
    await expect(desk.getByRole("status")).toContainText("Đã thêm nơi nhận.");
  }
  await desk.getByRole("button", { name: `Gửi đến ${units.length} nơi nhận` }).click();
  await expect(desk.getByText(`0 trên ${units.length} nơi nhận đã ký nhận`)).toBeVisible();
}

const contactOf = (unit: DriveUnit) => (signingOf(unit) === "email" ? emailOf(unit) : phoneOf(unit));

/** The key in the newest message about the letter to this unit, by text or mail; `says`: the words of a reminder. */
async function keyTo(app: RunningApp, unit: DriveUnit, says: RegExp): Promise<string> {
  const find = () => {
    const text = app.texts.findLast(({ to, text }) => to.endsWith(phoneOf(unit).slice(1)) && says.test(text))?.text;
    const mail = app.mails.findLast(({ to, text }) => to === emailOf(unit) && says.test(text))?.text;
    return /CV(-\w{4}){4}/.exec(text ?? mail ?? "")?.[0];
  };
  await expect.poll(find, { timeout: 400_000, intervals: oftenMs, message: `a key to ${unit.name}` }).toBeDefined();
  return find() ?? "";
}

async function open(page: Page, app: RunningApp, unit: DriveUnit, says: RegExp): Promise<void> {
  await page.goto("/letter");
  await page.getByLabel("Mã công văn hoặc mã biên nhận").fill(await keyTo(app, unit, says));
  await page.getByRole("button", { name: "Tiếp tục" }).click();
  await expect(heading(page, `Công văn ${NUMBER}`)).toBeVisible();
  await page.getByLabel("Họ và tên người nhận").fill("Lê Thị Văn Thư");
  await page.getByLabel("Chức vụ").fill("Văn thư");
  await page.getByLabel("Nơi nhận").fill(unit.name);
}

async function byCode(page: Page, app: RunningApp, unit: DriveUnit): Promise<void> {
  const isMail = signingOf(unit) === "email";
  await page.getByRole("button", { name: isMail ? /^Gửi mã đến v•••/ : /^Gửi mã đến số/ }).click();
  const find = () => {
    const text = app.texts.findLast(
      (one) => one.to.endsWith(phoneOf(unit).slice(1)) && /Ma ky nhan cong van/.test(one.text),
    )?.text;
    const mail = app.mails.findLast((one) => one.to === emailOf(unit) && /\b\d{6}\b/.test(one.text))?.text;
    return /(?<!\d)(\d{6})(?!\d)/.exec((isMail ? mail : text) ?? "")?.[1];
  };
  await expect.poll(find, { timeout: 15_000, intervals: oftenMs }).toBeDefined();
  await page.getByLabel("Mã vừa nhận").fill(find() ?? "");
  await page.getByRole("button", { name: "Ký nhận công văn" }).click();
  await expect(page.getByText("Đã ký nhận công văn này")).toBeVisible();
}

async function byHand(page: Page): Promise<void> {
  await page.locator("#drawing").scrollIntoViewIfNeeded();
  const { x, y } = (await page.locator("#drawing").boundingBox()) ?? { x: 0, y: 0 };
  await page.mouse.move(x + 20, y + 40);
  await page.mouse.down();
  for (const [right, down] of [
    [80, 80],
    [120, 30],
    [170, 90],
    [230, 50],
  ] as const) {
    await page.mouse.move(x + right, y + down, { steps: 6 });
  }
  await page.mouse.up();
  await page.getByRole("button", { name: "Ký nhận bằng chữ ký này" }).click();
  await expect(page.getByRole("img", { name: "Chữ ký" })).toBeVisible();
}

const first = new RegExp(`${NUMBER.replace("/", "\\/")}`);
const reminder = /(Nhac|nhắc|Nhắc)/;

/** Those whose turn it is sign one after the other, each in a browser of their own. */
export async function sign(
  app: RunningApp,
  browser: Browser,
  whose: readonly DriveUnit[],
  seen: (page: Page, unit: DriveUnit) => Promise<void>,
): Promise<void> {
  for (const unit of whose) {
    const way = signingOf(unit);
    const context = await browser.newContext({ baseURL: app.baseUrl, javaScriptEnabled: way === "drawn" });
    const page = await context.newPage();
    await open(page, app, unit, way === "late" ? reminder : first);
    if (way === "drawn") await byHand(page);
    else await byCode(page, app, unit);
    await seen(page, unit);
    await context.close();
  }
}

export async function signAtDesk(desk: Page): Promise<void> {
  await desk.goto("/console/letters");
  await desk.getByRole("link", { name: new RegExp(`^${NUMBER}`) }).click();
  await desk.getByLabel("Chức vụ").fill("Chủ tịch");
  await desk.getByLabel("Nơi nhận").fill("Trụ sở");
  await desk.getByRole("button", { name: "Ký nhận với tài khoản đang đăng nhập" }).click();
  await expect(desk.getByText("Đã ký nhận công văn này")).toBeVisible();
}
