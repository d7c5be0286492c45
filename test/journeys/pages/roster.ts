import type { Browser, Page } from "@playwright/test";
import { company } from "../company.ts";
import { type RunningApp, type StaffMember, signsInAtDesk } from "../fixtures.ts";

/** The coordinator of the company at a desk of their own. */
export async function clerkSitsDown(app: RunningApp, browser: Browser): Promise<Page> {
  const who = ["--username", `dau.moi.${process.pid}`, "--name", "Lê Thị Đầu Mối", "--role", "coordinator"];
  const clerk = JSON.parse(await app.vssid("user", "add", ...who, "--unit", company.code)) as StaffMember;
  const desk = { viewport: { width: 1280, height: 900 }, isMobile: false, hasTouch: false, deviceScaleFactor: 1 };
  const page = await (await browser.newContext(desk)).newPage();
  await signsInAtDesk(page, clerk);
  return page;
}
