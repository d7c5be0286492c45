import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, type RunningApp, registerFolder } from "../fixtures.ts";
import { choosePassword, signIn, skipOffer } from "./account.ts";
import { hasHandedIn } from "./backstage.ts";
import { heading } from "./declare.ts";
import { oftenMs, passwordIn, textsTo, textTo } from "./messages.ts";
import type { Declarant } from "./people.ts";

/** People who lose codes and forget passwords, and what they do about it. */

/** Opens the first message only after it has ended. */
export const khoa: Declarant = {
  name: "Tô Thị Khóa",
  sex: "Nữ",
  birth: ["12", "3", "1968"],
  idNumber: "052168000601",
  insuranceNumber: "0000000601",
  phone: "0999160601",
};

/** Looks at the page of his file first. */
export const cham: Declarant = {
  name: "Mạc Văn Chậm",
  sex: "Nam",
  birth: ["9", "9", "1959"],
  idNumber: "052059000602",
  insuranceNumber: "0000000602",
  phone: "0999260602",
};

/** Uses the account twice a year and forgets the password each time. */
export const nho: Declarant = {
  name: "Hà Thị Nhớ",
  sex: "Nữ",
  birth: ["22", "6", "1984"],
  idNumber: "052184000603",
  insuranceNumber: "0000000603",
  phone: "0999360603",
  email: "nho@example.vn",
};

export async function areKnown(app: RunningApp): Promise<void> {
  await app.vssid("import", "persons", join(registerFolder, "secrets-persons.csv"));
}

/** Accepted at the counter; the code of the file. */
export async function isAccepted(desk: Page, person: Declarant): Promise<string> {
  const code = await hasHandedIn(desk, person);
  const accepted = await desk.request.post(`/api/v1/declarations/${code}/acceptance`, { data: {} });
  expect(accepted.ok()).toBe(true);
  return code;
}

export async function activationOf(app: RunningApp, person: Declarant): Promise<string> {
  return passwordIn((await textTo(app, person, /duoc chap nhan/)).text);
}

/** The newest code of those sent again; `count` of them must have come. */
export async function resentCode(app: RunningApp, person: Declarant, count: number): Promise<string> {
  const texts = () =>
    textsTo(app, person.phone, /Chi ma moi nhat dung duoc/).filter(({ text }) => /kich hoat/.test(text));
  await expect.poll(() => texts().length, { timeout: 15_000, intervals: oftenMs }).toBe(count);
  return passwordIn(texts().at(-1)?.text ?? "");
}

export async function enter(page: Page, person: Declarant, secret: string): Promise<void> {
  await page.goto("/sign-in");
  await signIn(page, person.insuranceNumber, secret);
}

/** From the activation code to an account with a password of one's own. */
export async function activate(page: Page, person: Declarant, code: string, chosen: string): Promise<void> {
  await enter(page, person, code);
  await choosePassword(page, code, chosen);
  await expect(page.getByRole("status")).toContainText("Đã đổi mật khẩu.");
  await skipOffer(page);
}

export async function askForCode(page: Page, person: Declarant, way: RegExp): Promise<void> {
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Quên mật khẩu" }).click();
  await expect(heading(page, "Quên mật khẩu")).toBeVisible();
  await page.getByLabel("Mã số BHXH hoặc số định danh cá nhân").fill(person.insuranceNumber);
  const radio = page.getByRole("radio", { name: way });
  await page.locator(`label[for="${await radio.getAttribute("id")}"]`).click();
  await page.getByRole("button", { name: "Gửi mã" }).click();
  await expect(heading(page, "Nhập mã và đặt mật khẩu mới")).toBeVisible();
}

export async function setWithCode(page: Page, code: string, chosen: string): Promise<void> {
  await page.getByLabel("Mã 8 số").fill(code);
  await page.getByLabel("Mật khẩu mới", { exact: true }).fill(chosen);
  await page.getByRole("button", { name: "Lưu mật khẩu mới" }).click();
}

export function recoveryCodeIn(text: string): string {
  const code = /(?:mat khau|mật khẩu): (\d{8})/.exec(text)?.[1];
  if (!code) throw new Error("this message holds no code");
  return code;
}
