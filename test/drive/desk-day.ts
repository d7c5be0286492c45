import type { Page } from "@playwright/test";
import { expect } from "../journeys/fixtures.ts";
import { readPdf } from "../journeys/pages/pdf.ts";
import { MM, pdfPages, wordsOutside } from "../pdf.ts";
import { shoot, shootPdf } from "./shots.ts";

/** A unit's own campaign on one day: numbers at its desk, a text over the loudspeaker, a poster that is scanned. */
const NUMBERS = 3;
const SCANS = 2;

export async function holdDeskDay(desk: Page, unitName: string, today: string): Promise<void> {
  await desk.goto("/console/campaign");
  await desk.locator("summary", { hasText: "Đặt ngày hỗ trợ" }).click();
  await desk.locator("[name=desk_on]").fill(today);
  await desk.locator("[name=place]").fill("Nhà văn hóa thôn Mẫu Một");
  await desk.getByRole("button", { name: "Đặt ngày hỗ trợ" }).click();
  await expect(desk.getByRole("status")).toContainText("Đã ghi.");
  for (let no = 1; no <= NUMBERS; no += 1) {
    await desk.getByRole("button", { name: "Phát số tiếp theo" }).click();
    await expect(desk.getByRole("status")).toContainText(`Số ${no}.`);
  }
  const href = await desk.getByRole("link", { name: "In danh sách số" }).getAttribute("href");
  const list = await (await desk.request.get(href ?? "")).body();
  shootPdf(list, "desk-numbers");
  const { text, pages } = readPdf(list);
  expect(pages).toBe(1);
  for (const words of [unitName, "Nhà văn hóa thôn Mẫu Một", `Đã phát: ${NUMBERS}`]) expect(text).toContain(words);
}

/** Planned, and then what was really read. */
export async function readAloud(desk: Page, today: string): Promise<void> {
  await desk.goto("/console/campaign");
  await desk.locator("summary", { hasText: "Đặt lịch phát" }).click();
  await desk.locator("[name=on]").fill(today);
  await desk.locator("[name=time]").fill("8:30");
  await desk.getByRole("button", { name: "Đặt lịch", exact: true }).click();
  await expect(desk.getByRole("main")).toContainText("Chưa ghi đã phát");
  await desk.locator("summary", { hasText: "Ghi đã phát" }).click();
  await desk.locator("[name=seconds]").fill("1:20");
  await desk.locator("[name=announcer]").fill("Đinh Thị Phát Thanh");
  await desk.getByRole("button", { name: "Ghi đã phát" }).click();
  await expect(desk.getByRole("main")).toContainText(`Đã phát lúc 08:30 ${today}, dài 1:20`);
  await expect(desk.getByRole("main")).toContainText("người đọc: Đinh Thị Phát Thanh");
}

/** The list to sign on, on the paper that is in the printer: everybody of the unit, nothing beyond its edges. */
export async function printsList(desk: Page, people: number): Promise<void> {
  await desk.goto("/console/roster?as=print");
  for (const format of ["A4", "A3"] as const) {
    const bytes = await desk.pdf({ format });
    shootPdf(bytes, `list-${format}`);
    const pages = pdfPages(bytes);
    expect(pages.flatMap((page) => wordsOutside(page, 8 * MM))).toEqual([]);
    const [last] = pages.flatMap(({ words }) => words.filter(({ text }) => text === String(people)));
    expect(last).toBeDefined();
    expect((pages[0]?.width ?? 0) / MM).toBeGreaterThan(format === "A4" ? 290 : 410);
  }
}

/** Both sizes bear one mark; whoever scans it counts, what only makes a picture of the link does not. */
export async function hangsPoster(desk: Page, unitCode: string): Promise<void> {
  const paths = new Set<string>();
  for (const paper of ["poster-a3", "poster-a4"]) {
    const bytes = await (await desk.request.get(`/console/campaign/${unitCode}/papers/${paper}`)).body();
    shootPdf(bytes, paper);
    paths.add(/\/q\/[2-9A-Z]{6}/.exec(readPdf(bytes).text)?.[0] ?? "");
  }
  const [path = ""] = paths;
  expect(paths.size).toBe(1);
  expect(path).toMatch(/^\/q\//);
  const scan = (agent: string) =>
    fetch(new URL(path, desk.url()), { headers: { "user-agent": agent }, redirect: "manual" });
  for (let no = 0; no < SCANS; no += 1) expect((await scan("Mozilla/5.0 (Linux; Android 14)")).status).toBe(303);
  await scan("facebookexternalhit/1.1");
  await desk.goto("/console/campaign");
  const counts = await desk
    .getByRole("row", { name: /^Áp phích/ })
    .getByRole("cell")
    .allInnerTexts();
  expect(counts.map(Number).filter((count) => !Number.isNaN(count))).toEqual([SCANS, SCANS]);
  await shoot(desk, "campaign-of-unit");
}
