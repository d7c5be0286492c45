import type { Browser, Page } from "@playwright/test";
import { company } from "../company.ts";
import type { RunningApp, StaffMember } from "../fixtures.ts";

/** The coordinator of the company at a desk of their own. */
export async function clerkSitsDown(app: RunningApp, browser: Browser): Promise<Page> {
  const who = ["--username", `dau.moi.${process.pid}`, "--name", "Lê Thị Đầu Mối", "--role", "coordinator"];
  const clerk = JSON.parse(await app.vssid("user", "add", ...who, "--unit", company.code)) as StaffMember;
  const desk = { viewport: { width: 1280, height: 900 }, isMobile: false, hasTouch: false, deviceScaleFactor: 1 };
  const page = await (await browser.newContext(desk)).newPage();
  await page.goto("/console/sign-in");
  await page.getByLabel("Tên đăng nhập").fill(clerk.username);
  await page.getByLabel("Mật khẩu", { exact: true }).fill(clerk.password);
  await page.getByRole("button", { name: "Đăng nhập" }).click();
  await page.waitForURL(/\/console$/);
  return page;
}
