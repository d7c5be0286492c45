import type { Page } from "@playwright/test";
import { expect, type RunningApp } from "../journeys/fixtures.ts";
import { tick } from "../journeys/pages/declare.ts";
import { mailTo, oftenMs, textsTo } from "../journeys/pages/messages.ts";
import type { DriveClock } from "./clock.ts";
import { type DrivePerson, people } from "./people.ts";
import type { Members } from "./recount.ts";
import { shoot } from "./shots.ts";

/**
 * Message campaigns of the drive: one of a unit, which goes out whole and which two people refuse, and one of the whole
 * office, which is stopped in the middle. Whom they reach is counted again from the lists and the declarations.
 */
const FINISH = /moi Ong\/Ba hoan tat dang ky/;
/** A second campaign is stopped once so many have its text. */
const STOP_AFTER = 25;

interface Scene {
  app: RunningApp;
  clock: DriveClock;
  members: Members;
  /** Approves what others wrote. */
  approver: Page;
}

/** Of these places on the lists, who has not declared, in the order of the lists; somebody on two lists comes twice. */
async function toDeclare(app: RunningApp, places: readonly number[]): Promise<DrivePerson[]> {
  const rows = await app.rows<{ number: string }>(
    `select insurance_number as number from declaration where confirmed_at is not null
      union select key from account join person_key using (person_id) where kind = 'bhxh'`,
  );
  const declared = new Set(rows.map(({ number }) => number));
  return places.flatMap((at) => {
    const one = people[at];
    return one && !declared.has(one.insuranceNumber) ? [one] : [];
  });
}

/** From the form over the second person to the minute at which it goes out; answers where it stands. */
async function goesOut({ clock, approver }: Scene, author: Page): Promise<{ href: string; preview: string[] }> {
  const startsAt = new Date(Math.ceil((clock.now().getTime() + 90_000) / 60_000) * 60_000);
  const [time, on] = new Intl.DateTimeFormat("vi", {
    ...{ timeZone: "Asia/Ho_Chi_Minh", hour: "numeric", minute: "2-digit", hourCycle: "h23" },
    ...{ day: "2-digit", month: "2-digit", year: "numeric" },
  })
    .format(startsAt)
    .replace(",", "")
    .split(" ");
  await author.goto("/console/mailings");
  const submit = author.getByRole("button", { name: "Xem trước" });
  if (!(await submit.isVisible())) await author.getByText("Viết đợt nhắn tin", { exact: true }).click();
  await tick(author.getByRole("radio", { name: "Mời hoàn tất đăng ký" }));
  await tick(author.getByRole("checkbox", { name: "Chưa kê khai", exact: true }));
  await author.locator("[name=on]").fill(on ?? "");
  await author.locator("[name=time]").fill(time ?? "");
  await submit.click();
  await expect(author.getByText("Ông/Bà là người viết. Người khác duyệt.")).toBeVisible();
  await expect(author.getByRole("button", { name: "Duyệt, cho gửi" })).toHaveCount(0);
  const preview = await author
    .locator("main .panel")
    .filter({ hasText: "Nếu gửi lúc này" })
    .locator("dd")
    .allInnerTexts();
  await approver.goto(author.url());
  await approver.getByRole("button", { name: "Duyệt, cho gửi" }).click();
  await expect(approver.getByRole("status")).toContainText("Đã duyệt.");
  await clock.moveTo(new Date(startsAt.getTime() + 5000).toISOString());
  return { href: author.url(), preview };
}

/** What the campaign's page tells, by its words. */
async function figuresOn(page: Page, href: string): Promise<Map<string, number>> {
  await page.goto(href);
  const lines = await page.locator("main table tbody tr").all();
  const cells = await Promise.all(lines.map((line) => line.locator("th, td").allInnerTexts()));
  return new Map(cells.map(([what = "", count = ""]) => [what.trim(), Number(count.replace(/\D/g, ""))]));
}

/** Goes out whole; one answers TC, one presses the button of the mail program. */
export async function campaignOfUnit(scene: Scene, author: Page, unitCode: string): Promise<DrivePerson[]> {
  const { app, members } = scene;
  const reached = await toDeclare(app, members.get(unitCode) ?? []);
  const byText = reached.filter(({ phone }) => phone !== "");
  const byMail = reached.filter(({ phone }) => phone === "");
  const { href, preview } = await goesOut(scene, author);
  expect(preview.slice(0, 6).map(Number)).toEqual([reached.length, byText.length, byMail.length, 0, 0, 0]);
  const texted = () => byText.filter(({ phone }) => textsTo(app, phone, FINISH).length === 1).length;
  await expect.poll(texted, { timeout: 60_000, intervals: oftenMs }).toBe(byText.length);
  const mails = await Promise.all(byMail.map(({ email = "" }) => mailTo(app, email, /hoàn tất đăng ký/)));
  await shoot(author, "campaign-approved");
  const [replies] = byText;
  const [leaves] = byMail;
  if (!replies || !leaves) throw new Error("nobody is there to refuse");
  await app.reply(replies.phone, "TC");
  await expect
    .poll(() => textsTo(app, replies.phone, /khong nhan tin van dong nua/).length, { timeout: 15_000 })
    .toBe(1);
  const { pathname } = new URL(mails[0]?.leaveAt ?? "");
  const answer = await fetch(new URL(pathname, app.baseUrl), {
    ...{ method: "POST", body: "List-Unsubscribe=One-Click" },
    headers: { "content-type": "application/x-www-form-urlencoded" },
  });
  expect(answer.status).toBe(204);
  const told = await figuresOn(author, href);
  await shoot(author, "campaign-told");
  expect(Object.fromEntries(told)).toMatchObject({
    "Đã viết": reached.length,
    "Đã giao nhà mạng, máy chủ thư": reached.length,
    "Còn chờ gửi": 0,
    "Từ chối sau khi nhận đợt này": 2,
    "Không có số máy hay địa chỉ thư": 0,
  });
  return [replies, leaves];
}

/** For everybody whom the office serves; stopped by the second person while it goes out. */
export async function campaignStopped(scene: Scene, author: Page, refusing: readonly DrivePerson[]): Promise<void> {
  const { app, members, approver } = scene;
  const lines = await toDeclare(app, [...members.values()].flat());
  const told = new Set(refusing.map(({ at }) => at));
  const left = lines.filter(({ at }) => !told.has(at));
  const once = [...new Set(left)];
  const before = app.texts.length;
  const newTexts = () => app.texts.slice(before).filter(({ text }) => FINISH.test(text));
  const mailsBefore = app.mails.length;
  const newMails = () => app.mails.slice(mailsBefore).filter(({ subject }) => /hoàn tất đăng ký/.test(subject));
  const { href, preview } = await goesOut(scene, author);
  const mailed = once.filter(({ phone }) => phone === "").length;
  expect(preview.slice(0, 6).map((text) => Number(text.replaceAll(".", "")))).toEqual([
    ...[lines.length, once.length - mailed, mailed, 0, lines.length - left.length, left.length - once.length],
  ]);
  await approver.goto(href);
  await expect.poll(() => newTexts().length, { timeout: 60_000, intervals: [20] }).toBeGreaterThan(STOP_AFTER);
  await approver.getByRole("button", { name: "Dừng, rút tin chưa gửi" }).click();
  await expect(approver.getByRole("status")).toContainText("tin chưa gửi đã được rút");
  await expect(async () => {
    expect((await figuresOn(approver, href)).get("Còn chờ gửi")).toBe(0);
  }).toPass({ timeout: 30_000 });
  const figures = await figuresOn(approver, href);
  await shoot(approver, "campaign-stopped");
  const of = (what: string) => figures.get(what) ?? Number.NaN;
  const sent = newTexts();
  expect(of("Rút lại khi dừng")).toBeGreaterThan(0);
  expect(of("Đã giao nhà mạng, máy chủ thư") + of("Rút lại khi dừng")).toBe(of("Đã viết"));
  expect(of("Đã giao nhà mạng, máy chủ thư")).toBe(sent.length + newMails().length);
  expect(of("Đã viết")).toBeLessThanOrEqual(once.length);
  const numbers = sent.map(({ to }) => `0${to.slice(2)}`);
  expect(new Set(numbers).size).toBe(numbers.length);
  const allowed = new Set(once.map(({ phone }) => phone));
  expect(numbers.filter((number) => !allowed.has(number))).toEqual([]);
}
