import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import {
  expect,
  officeCode,
  type RunningApp,
  type StaffMember,
  signsInAtDesk,
  startOfStory,
  test,
} from "../journeys/fixtures.ts";
import { sitDown } from "../journeys/pages/counter.ts";
import { hire, lineOf } from "../journeys/pages/desk.ts";
import { hires } from "../journeys/pages/office.ts";
import { readPdf } from "../journeys/pages/pdf.ts";
import { campaignOfUnit, campaignStopped } from "./campaign.ts";
import { clockOf } from "./clock.ts";
import { comesByInvitation, hireCoordinator, sendsList, signsInAgain, upload } from "./coordinators.ts";
import { hangsPoster, holdDeskDay, printsList, readAloud } from "./desk-day.ts";
import { askHotline } from "./hotline.ts";
import { sendLetter, sign, signAtDesk } from "./letter.ts";
import { listOf, refusedOf, twiceOn } from "./lists.ts";
import { membersOf, people, personsCsv } from "./people.ts";
import { agrees, type Counts, recount } from "./recount.ts";
import { registerByApi, registerInBrowser, type Step } from "./registrations.ts";
import { shoot, shootPdf } from "./shots.ts";
import { listed, signingOf, units, unitsCsv } from "./units.ts";

const IN_BROWSER = Number(process.env.VSSID_DRIVE_BROWSER ?? 24);
const BY_API = Number(process.env.VSSID_DRIVE_API ?? 900);
const BY_INVITATION = 2;
const READER = "lanh-dao@chien-dich.example.vn";
const TODAY = "23/11/2026";
/** The unit of a campaign, of a desk day and of posters. */
const HEALTH_STATION = "CD-CQ-01";

async function give(app: RunningApp, name: string, text: string, ...command: string[]): Promise<void> {
  const path = join(mkdtempSync(join(tmpdir(), "vssid-drive-")), name);
  writeFileSync(path, text);
  await app.vssid(...command, path);
}

test("a drive from its letter to its weekly report, every figure counted again from what happened", async ({
  app,
  browser,
}) => {
  const clock = clockOf(app, startOfStory);
  const { sweep } = clock;
  const members = membersOf();
  const station = <T>(name: string, work: () => Promise<T>) =>
    test.step(name, async () => {
      const startedAt = Date.now();
      const result = await work();
      console.log(`  ${name}: ${Math.round((Date.now() - startedAt) / 1000)} s`);
      return result;
    });

  await station("units and register come from tables", async () => {
    await give(app, "units.csv", unitsCsv(), "drive", "units");
    await give(app, "persons.csv", personsCsv(), "import", "persons");
  });
  const chief = await hire(app, "supervisor");
  const supervisor = await sitDown(browser, chief);
  const leader = JSON.parse(
    await app.vssid(
      ...["user", "add", "--username", "lanh.dao.cd", "--name", "Lý Thị Lãnh Đạo"],
      ...["--role", "leader", "--office", officeCode],
    ),
  );
  const officers = [await hires(app, "quay.mot", "Bùi Văn Quầy"), await hires(app, "quay.hai", "Mai Thị Quầy")];

  await station("the letter goes to three groups, forty addressees", async () => {
    await sendLetter(supervisor);
    await shoot(supervisor, "letter-sent");
  });
  const letter = supervisor.url();
  const keys = new Map<string, StaffMember>();
  const desks = await station("coordinators come, two of them by invitation", async () => {
    const come = new Map<string, Page>();
    for (const [at, unit] of listed.entries()) {
      if (at < BY_INVITATION) come.set(unit.code, await comesByInvitation({ app, browser, supervisor, clock }, unit));
      else {
        const [page, member] = await hireCoordinator(app, browser, unit);
        come.set(unit.code, page);
        keys.set(unit.code, member);
      }
    }
    return come;
  });
  const deskOf = (code: string): Page => {
    const page = desks.get(code);
    if (!page) throw new Error(`nobody sits at ${code}`);
    return page;
  };
  await station("receipts are signed: at desks, by code, by mail, by hand", async () => {
    for (const { code } of listed) await signAtDesk(deskOf(code));
    await shoot(deskOf(listed[0]?.code ?? ""), "receipt-at-desk");
    const now = units.filter((unit) => ["sms", "email", "drawn"].includes(signingOf(unit)));
    const pictures = new Set<string>();
    await sign(app, browser, now, async (page, unit) => {
      const way = signingOf(unit);
      if (pictures.has(way)) return;
      pictures.add(way);
      await shoot(page, `receipt-${way}`);
    });
    await supervisor.goto(letter);
    await expect(supervisor.getByText("36 trên 40 nơi nhận đã ký nhận")).toBeVisible();
  });

  await station("lists of 5,000 people come in, are mended and come again", async () => {
    for (const unit of listed) {
      const own = members.get(unit.code) ?? [];
      const page = deskOf(unit.code);
      const [first, again] = await sendsList(page, unit, own);
      const refused = refusedOf(own).length;
      expect(first, unit.code).toEqual({
        ...{ added: own.length - refused, changed: 0, unchanged: 0 },
        refused: refused + twiceOn(own),
      });
      expect(again, unit.code).toEqual({ added: refused, changed: 0, unchanged: 0, refused: 0 });
    }
    await agrees(app, supervisor, members, sweep);
  });
  const registered = people.filter(({ isUnknown, at }) => !isUnknown && at % 5 === 0);
  const inBrowser = registered.slice(0, IN_BROWSER);
  const crowd = registered.slice(IN_BROWSER, IN_BROWSER + BY_API).map((person, at) => ({
    person,
    until: (["declared", "handed_in", "approved", "signed_in"] as const)[
      at % 10 < 1 ? 0 : at % 10 < 3 ? 1 : at % 10 < 6 ? 2 : 3
    ] as Step,
  }));

  await station(`${inBrowser.length} people register by the pages, at two counters`, async () => {
    const lanes = officers.map((officer, lane) =>
      registerInBrowser(
        { app, browser, officer },
        inBrowser.filter((_, at) => at % officers.length === lane),
      ),
    );
    await Promise.all(lanes);
    await signsInAgain(supervisor, chief);
    const counts = await agrees(app, supervisor, members, sweep);
    expect(counts).toMatchObject({ declared: inBrowser.length, signed_in: inBrowser.length });
    await supervisor.goto("/console/coverage");
    await shoot(supervisor, "coverage-browser");
  });
  const before = await station(`${crowd.length} more come by the API, as far as each will`, async () => {
    const counter = await sitDown(browser, await hires(app, "quay.ba", "Đỗ Văn Quầy"));
    await registerByApi(app, counter, crowd);
    await counter.context().close();
    await signsInAgain(supervisor, chief);
    return agrees(app, supervisor, members, sweep);
  });
  const after = await station("whoever left a unit is asked about and leaves", async () => {
    const [unit] = listed.slice(BY_INVITATION);
    const member = keys.get(unit?.code ?? "");
    if (!unit || !member) throw new Error("nobody sits there");
    const { code, name } = unit;
    const own = members.get(code) ?? [];
    const staying = own.filter((_, place) => place % 20 !== 5);
    const page = deskOf(code);
    await signsInAgain(page, member);
    await upload(page, listOf(name, staying), "whole");
    const left = own.length - staying.length;
    await shoot(page, "leavers");
    await page.getByRole("button", { name: `Xác nhận ${left} người đã rời đơn vị` }).click();
    await expect(page.getByRole("status")).toContainText(`Đã ghi ${left} người rời đơn vị.`);
    members.set(code, staying);
    await listAgrees(app, page, staying);
    return agrees(app, supervisor, members, sweep);
  });
  expect(after.people).toBeLessThan(before.people);

  const desk = deskOf(HEALTH_STATION);
  const atDesk = async () => {
    const member = keys.get(HEALTH_STATION);
    if (!member) throw new Error("nobody sits at the health station");
    await signsInAgain(desk, member);
    await signsInAgain(supervisor, chief);
  };
  await station("a desk day with its numbers, a text over the loudspeaker, a poster that is scanned", async () => {
    await atDesk();
    await holdDeskDay(desk, "Trạm y tế Chiến Dịch", TODAY);
    await readAloud(desk, TODAY);
    await hangsPoster(desk, HEALTH_STATION);
    await printsList(desk, (members.get(HEALTH_STATION) ?? []).length);
  });
  const campaign = { app, clock, members, approver: supervisor };
  const refusing = await station("a campaign goes out; one refuses by TC, one by the link of the mail", async () => {
    const by = ["--from", "2026-11-01", "--by", "drive"];
    await app.vssid("policy", "set", "mailing.reply_number", '"8079"', ...by);
    await atDesk();
    return campaignOfUnit(campaign, desk, HEALTH_STATION);
  });
  await station("a campaign of the whole office is stopped in the middle", async () => {
    const author = await sitDown(browser, await hires(app, "van.dong", "Châu Thị Vận Động"));
    await signsInAgain(supervisor, chief);
    await campaignStopped(campaign, author, refusing);
    await author.context().close();
  });

  await station("a caller's ticket is opened and answered", () =>
    askHotline({ app, browser }, supervisor, crowd.find(({ until }) => until === "declared")?.person),
  );
  await station("two working days later the reminder is signed for; one unit never signs", async () => {
    await clock.moveTo("2026-11-25T09:00:00+07:00");
    await signsInAgain(supervisor, chief);
    await sign(
      app,
      browser,
      units.filter((unit) => signingOf(unit) === "late"),
      async () => {},
    );
    await supervisor.goto(letter);
    await expect(supervisor.getByText("39 trên 40 nơi nhận đã ký nhận")).toBeVisible();
    const never = units.find((unit) => signingOf(unit) === "never");
    await expect(lineOf(supervisor, never?.name ?? "").first()).toContainText("chưa mở");
    await shoot(supervisor, "letter-register");
    shootPdf(await (await supervisor.request.get(`${letter}/register.pdf`)).body(), "letter-register");
    await registerAgrees(app, supervisor);
  });
  await station("the leader reads the page and the weekly report", async () => {
    const page = await (
      await browser.newContext({ viewport: { width: 1280, height: 900 }, baseURL: app.baseUrl })
    ).newPage();
    await signsInAtDesk(page, leader);
    await readsReport(page, await agrees(app, supervisor, members, sweep));
    for (const view of ["list", "funnel", "tiles"]) {
      await page.goto(`/console/coverage?view=${view}`);
      await shoot(page, `coverage-${view}`);
    }
    await asksForReports(page);
    await clock.moveTo("2026-11-30T07:30:00+07:00");
    const told = () => app.mails.some(({ to, subject }) => to === READER && /^Báo cáo tuần 30\/11\/2026/.test(subject));
    await expect.poll(told, { timeout: 400_000 }).toBe(true);
    await signsInAtDesk(page, leader);
    await page.goto("/console/coverage/leader");
    await expect(page.getByRole("main")).toContainText("theo lịch");
    await page.context().close();
  });
});

/** The unit's own figures, which its coordinator sees, against what happened to its people. */
async function listAgrees(app: RunningApp, desk: Page, places: readonly number[]): Promise<void> {
  const { all } = await recount(app, new Map([["", places]]));
  await desk.goto("/console/roster");
  const figures = await desk.locator(".roster-figures dd").allInnerTexts();
  const shown = figures.map((text) => text.split("/").map((part) => Number(part.replace(/\D/g, ""))));
  const come = [all.declared, all.handed_in, all.approved, all.signed_in, all.installed];
  expect(shown).toEqual(come.map((count) => [count, all.people]));
}

/** Signed, opened and all, on the list of letters, against the rows. */
async function registerAgrees(app: RunningApp, desk: Page): Promise<void> {
  const [truth] = await app.rows<{ all: number; opened: number; signed: number }>(
    `select count(*)::int as all, count(opened_at)::int as opened,
            (select count(*)::int from letter_receipt) as signed from letter_addressee`,
  );
  await desk.goto("/console/letters");
  const cells = await desk.getByRole("row").filter({ hasText: "330/CD-VX" }).getByRole("cell").allInnerTexts();
  expect(
    cells
      .map(Number)
      .filter((value) => !Number.isNaN(value))
      .slice(0, 3),
  ).toEqual([truth?.all, truth?.opened, truth?.signed]);
}

async function asksForReports(page: Page): Promise<void> {
  await page.goto("/console/coverage/leader");
  await page.locator("[name=email]").last().fill(READER);
  await page.getByRole("button", { name: "Thêm người nhận" }).click();
  await expect(page.getByRole("status")).toContainText("Đã thêm người nhận.");
}

async function readsReport(page: Page, counts: Counts): Promise<void> {
  await page.goto("/console/coverage/leader");
  const whole = (value: number) => value.toLocaleString("vi");
  const share = `${whole(counts.approved)} / ${whole(counts.people)} người`;
  await expect(page.getByRole("main")).toContainText(share);
  await page.getByRole("button", { name: "Lập báo cáo bây giờ" }).click();
  await expect(page.getByRole("status")).toContainText("Đã lập báo cáo.");
  await shoot(page, "leader");
  const href = await page
    .getByRole("link", { name: /^Tuần / })
    .first()
    .getAttribute("href");
  const bytes = await (await page.request.get(href ?? "")).body();
  shootPdf(bytes, "weekly-report");
  const { text, pages } = readPdf(bytes);
  expect(pages).toBe(1);
  for (const moment of ["declared", "handed_in", "approved", "signed_in"] as const) {
    expect(text).toContain(`${whole(counts[moment])} / ${whole(counts.people)}`);
  }
}
