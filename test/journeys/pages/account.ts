import type { Page } from "@playwright/test";
import { expect } from "../fixtures.ts";
import { heading } from "./declare.ts";

/** The person's own pages: signing in, the first password, the places of the account. */
export async function signIn(page: Page, login: string, password: string): Promise<void> {
  await page.getByLabel("Mã số BHXH hoặc số định danh cá nhân").fill(login);
  await page.getByLabel("Mật khẩu", { exact: true }).fill(password);
  await page.getByRole("main").getByRole("button", { name: "Đăng nhập", exact: true }).click();
}

export async function choosePassword(page: Page, issued: string, chosen: string): Promise<void> {
  await expect(heading(page, "Đặt mật khẩu của riêng mình")).toBeVisible();
  await page.getByLabel("Mã kích hoạt trong tin nhắn").fill(issued);
  await page.getByLabel("Mật khẩu mới", { exact: true }).fill(chosen);
  await page.getByRole("button", { name: "Lưu mật khẩu mới" }).click();
}

/** After the first password an easier way is offered; skipping is as good. */
export async function skipOffer(page: Page): Promise<void> {
  await expect(heading(page, "Đăng nhập dễ hơn?")).toBeVisible();
  await page.getByRole("link", { name: "Để sau" }).click();
}

type Place = "Thẻ" | "Quá trình" | "Quyền lợi" | "Khám bệnh" | "Thêm";

export async function goTo(page: Page, place: Place): Promise<void> {
  await page.getByRole("navigation", { name: "Các mục của tài khoản" }).getByRole("link", { name: place }).click();
}
