import type { Browser, Page } from "@playwright/test";
import { expect, type StaffMember, signsInAtDesk } from "../fixtures.ts";
import { heading, tick } from "./declare.ts";
import type { Picture } from "./pictures.ts";

/** The officer's side: a desk with a wide screen, a file found by its code, and what is done with it. */
export const officerName = "Cao Thị Cẩm Bình";

const desk = { viewport: { width: 1280, height: 900 }, isMobile: false, hasTouch: false, deviceScaleFactor: 1 };

/** Another person at another machine, signed in. */
export async function sitDown(browser: Browser, officer: StaffMember): Promise<Page> {
  const page = await (await browser.newContext(desk)).newPage();
  await signsInAtDesk(page, officer, "/console");
  await expect(heading(page, "Hồ sơ chờ xử lý")).toBeVisible();
  return page;
}

/** One box for everything; a code leads straight to its file. */
export async function find(page: Page, code: string, name: string): Promise<void> {
  await page.goto("/console");
  await page.getByRole("searchbox", { name: "Tìm hồ sơ" }).fill(code);
  await page.getByRole("button", { name: "Tìm", exact: true }).click();
  await expect(heading(page, name)).toBeVisible();
}

const checks = {
  original: "Thấy giấy tờ bản gốc",
  signed: "Tờ khai đã ký và ghi rõ họ tên",
  face: "Người nộp giống ảnh trên giấy tờ",
  copied: "Đã phô tô giấy tờ để lưu cùng tờ khai",
} as const;

/** The signed form and the paper lie on the counter; `seen` is what the officer ticks. */
export async function receive(page: Page, ...seen: (keyof typeof checks)[]): Promise<void> {
  await page.getByRole("main").getByRole("link", { name: "Tiếp nhận hồ sơ" }).click();
  await expect(heading(page, "Tiếp nhận hồ sơ")).toBeVisible();
  for (const check of seen) await tick(page.getByRole("checkbox", { name: checks[check] }));
  await page.getByRole("button", { name: "Tiếp nhận", exact: true }).click();
  await expect(page.getByText("Báo kết quả trước")).toBeVisible();
}

/** Adds a picture of the paper's front, or the file at a path, to the file that is open. */
export async function attach(page: Page, picture: Picture | string): Promise<void> {
  await page.getByRole("link", { name: "Thêm ảnh" }).click();
  await expect(heading(page, "Chụp giấy tờ vào hồ sơ")).toBeVisible();
  await page.getByLabel("Mặt trước giấy tờ").setInputFiles(picture);
  await page.getByRole("button", { name: "Lưu vào hồ sơ" }).click();
}

export async function accept(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Chấp nhận", exact: true }).click();
  await expect(page.getByRole("status")).toContainText("Đã chấp nhận. Tin nhắn tài khoản đang được gửi.");
}

/** One line of the three columns: what was declared, what the paper says, what the register says, and the finding. */
export async function comparedRow(page: Page, field: string): Promise<string[]> {
  const cells = page.getByRole("row", { name: new RegExp(`^${field}`) }).getByRole("cell");
  return (await cells.allInnerTexts()).map((text) => text.trim());
}
