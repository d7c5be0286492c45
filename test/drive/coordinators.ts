import type { Browser, Page } from "@playwright/test";
import { generateSync } from "otplib";
import { expect, type RunningApp, type StaffMember, signsInAtDesk } from "../journeys/fixtures.ts";
import { heading, tick } from "../journeys/pages/declare.ts";
import { oftenMs } from "../journeys/pages/messages.ts";
import type { DriveClock } from "./clock.ts";
import { listOf, mended } from "./lists.ts";
import { shoot } from "./shots.ts";
import { type DriveUnit, units } from "./units.ts";

/** Whoever answers for a unit: comes by invitation or was there before, sends the list, mends what came back. */
const desk = { viewport: { width: 1280, height: 900 }, isMobile: false, hasTouch: false, deviceScaleFactor: 1 };
const chosen = "khung cua so tron canh ao sen lang";

/** From the supervisor's form over the message to the first sign-in with a second factor of one's own. */
export async function comesByInvitation(
  { app, browser, supervisor, clock }: { app: RunningApp; browser: Browser; supervisor: Page; clock: DriveClock },
  unit: DriveUnit,
): Promise<Page> {
  const no = units.indexOf(unit);
  const phone = `09997601${String(no).padStart(2, "0")}`;
  await supervisor.goto(`/console/units/${unit.code}`);
  await supervisor.getByLabel("Họ và tên người được mời").fill("Hồ Thị Đầu Mối");
  await supervisor.getByLabel("Số điện thoại di động").fill(phone);
  await supervisor.getByRole("button", { name: "Gửi lời mời" }).click();
  const find = () => app.texts.findLast(({ to }) => to.endsWith(phone.slice(1)))?.text;
  await expect.poll(find, { timeout: 15_000, intervals: oftenMs }).toBeDefined();
  const code = /Ma moi ([\w-]+)/.exec(find() ?? "")?.[1] ?? "";
  const page = await (await browser.newContext({ ...desk, baseURL: app.baseUrl })).newPage();
  await page.goto("/");
  await page.getByRole("link", { name: "Lời mời đầu mối" }).click();
  await page.getByLabel("Mã mời").fill(code);
  await page.getByRole("button", { name: "Tiếp tục" }).click();
  const username = `dau.moi.${no}`;
  await page.getByLabel("Tên đăng nhập").fill(username);
  await page.getByLabel("Mật khẩu", { exact: true }).fill(chosen);
  await page.getByRole("button", { name: "Nhận lời và tạo tài khoản" }).click();
  await page.getByLabel("Tên đăng nhập").fill(username);
  await page.locator("[name=password]").fill(chosen);
  await page.locator('form[action="/console/sign-in"] button.button').click();
  await page.getByText("Không quét được? Gõ khóa này").click();
  const secret = ((await page.locator(".secret").textContent()) ?? "").replaceAll(" ", "");
  const epoch = Math.floor(clock.now().getTime() / 1000);
  await page.getByLabel("6 số trên ứng dụng").fill(generateSync({ secret, epoch }));
  await page.getByRole("button", { name: "Bật", exact: true }).click();
  await expect(heading(page, "Mã dự phòng")).toBeVisible();
  await page.getByRole("link", { name: "Vào làm việc" }).click();
  return page;
}

/** Nobody sits at a desk all day: whoever was away signs in again. */
export async function signsInAgain(page: Page, member: StaffMember): Promise<void> {
  await page.context().clearCookies();
  await signsInAtDesk(page, member);
}

export async function hireCoordinator(
  app: RunningApp,
  browser: Browser,
  unit: DriveUnit,
): Promise<[Page, StaffMember]> {
  const who = ["--username", `phu.trach.${units.indexOf(unit)}`, "--name", "Tạ Văn Phụ Trách", "--role", "coordinator"];
  const member = JSON.parse(await app.vssid("user", "add", ...who, "--unit", unit.code)) as StaffMember;
  const page = await (await browser.newContext({ ...desk, baseURL: app.baseUrl })).newPage();
  await signsInAtDesk(page, member);
  return [page, member];
}

export async function upload(page: Page, buffer: Buffer, extent: "part" | "whole"): Promise<void> {
  await page.goto("/console/roster/upload");
  await page.getByLabel("Tệp danh sách").setInputFiles({ name: "danh-sach.xlsx", mimeType: "application/x", buffer });
  await tick(page.getByRole("radio", { name: extent === "whole" ? /^Toàn bộ đơn vị/ : /^Một phần/ }));
  await tick(page.getByRole("radio", { name: /Nhiệm vụ được giao/ }));
  await page.getByRole("button", { name: "Gửi", exact: true }).click();
  await expect(page.getByText("Đã nhận danh sách.")).toBeVisible({ timeout: 60_000 });
}

interface Outcome {
  added: number;
  changed: number;
  unchanged: number;
  refused: number;
}

async function outcomeOn(page: Page): Promise<Outcome> {
  const values = await page.locator(".roster-figures dd").allInnerTexts();
  const [added = 0, changed = 0, unchanged = 0, refused = 0] = values.map((text) => Number(text.replaceAll(".", "")));
  return { added, changed, unchanged, refused };
}

/** The list, what came of it, and the refused lines mended and sent again. */
export async function sendsList(page: Page, unit: DriveUnit, members: readonly number[]): Promise<[Outcome, Outcome]> {
  await upload(page, listOf(unit.name, members), "whole");
  const first = await outcomeOn(page);
  await shoot(page, `list-${unit.code}`);
  const link = page.getByRole("link", { name: "Tải dòng chưa nhận" });
  const back = await page.request.get((await link.getAttribute("href")) ?? "");
  const { bytes } = mended(await back.body());
  await upload(page, bytes, "part");
  return [first, await outcomeOn(page)];
}
