import { readFileSync } from "node:fs";
import { read, utils, write } from "@e965/xlsx";
import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { hasConfirmed } from "../pages/backstage.ts";
import { accept, sitDown } from "../pages/counter.ts";
import { tick } from "../pages/declare.ts";
import { hire, known, lineOf } from "../pages/desk.ts";
import type { Declarant } from "../pages/people.ts";
import { clerkSitsDown } from "../pages/roster.ts";
import { activate, activationOf } from "../pages/secrets.ts";

const person = (at: number, name: string, birth: Declarant["birth"]): Declarant => ({
  ...{ name, sex: "Nữ", birth, idNumber: `0521${birth[2].slice(2)}000${at}`.padEnd(12, "0") },
  insuranceNumber: `0000000${at}`,
  phone: `0999900${at}`,
});
const gone = person(716, "Phan Thị Danh Sách", ["4", "4", "1984"]);
const other = person(717, "Phan Thị Ngày Khác", ["6", "6", "1986"]);

const heads = ["STT", "Họ và tên", "Ngày sinh", "Mã số BHXH", "Số điện thoại"];
const bookOf = (rows: string[][]) => {
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet([["DANH SÁCH MẪU"], heads, ...rows]), "Danh sách");
  return { name: "danh-sach.xlsx", mimeType: "application/x", buffer: write(book, { type: "buffer" }) as Buffer };
};

async function send(page: Page, file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
  await page.getByLabel("Tệp danh sách").setInputFiles(file);
  await tick(page.getByRole("radio", { name: /Nhiệm vụ được giao/ }));
  await page.getByRole("button", { name: "Gửi", exact: true }).click();
  await expect(page.getByText("Đã nhận danh sách.")).toBeVisible();
}

test("a company sends its list, mends what came back, and sees one of its people go all the way to the first sign-in", async ({
  app,
  browser,
  page,
}) => {
  await known(app, gone, other);
  const clerk = await clerkSitsDown(app, browser);
  await test.step("the list is taken line by line: one agrees, one differs in a field, one cannot be read", async () => {
    await clerk.goto("/console/roster/upload");
    await send(
      clerk,
      bookOf([
        ["1", gone.name, "04/04/1984", gone.insuranceNumber, gone.phone],
        ["2", other.name, "07/06/1986", other.insuranceNumber, other.phone],
        ["3", "Phan Thị Sai Số", "01/02/1990", "12345", ""],
      ]),
    );
    await expect(lineOf(clerk, "Phan Thị Sai Số")).toContainText("Mã số không đúng");
  });
  await test.step("the line that came back is mended and sent again, under the same headings", async () => {
    const [download] = await Promise.all([
      clerk.waitForEvent("download"),
      clerk.getByRole("link", { name: "Tải dòng chưa nhận" }).click(),
    ]);
    const book = read(readFileSync((await download.path()) ?? ""));
    const sheet = book.Sheets[book.SheetNames[0] ?? ""] ?? {};
    const [headings, line] = utils.sheet_to_json<string[]>(sheet, { header: 1 });
    expect(headings).toEqual([...heads, "Lý do chưa nhận"]);
    expect(line?.slice(0, 4)).toEqual(["3", "Phan Thị Sai Số", "01/02/1990", "12345"]);
    await send(clerk, bookOf([["3", "Phan Thị Sai Số", "01/02/1990", "0000000718", ""]]));
    await clerk.getByRole("link", { name: "Xem danh sách" }).click();
    await expect(lineOf(clerk, other.name)).toContainText("ngày sinh khác");
    await expect(lineOf(clerk, "Phan Thị Sai Số")).toContainText("chưa tìm thấy");
    await expect(lineOf(clerk, gone.name)).toContainText("Chưa kê khai");
    expect(await clerk.content()).not.toContain("06/06/1986");
  });
  const desk = await sitDown(browser, await hire(app, "officer"));
  const code = await hasConfirmed(desk, gone);
  const shows = (stage: string) =>
    expect(async () => {
      await clerk.reload();
      await expect(lineOf(clerk, gone.name)).toContainText(stage, { timeout: 100 });
    }).toPass({ timeout: 20_000, intervals: [500] });
  await test.step("declared, then accepted, then signed in: each step is seen on the coordinator's page", async () => {
    await shows("Đã khai, chưa nộp");
    await desk.goto(`/console/files/${code}/reception`);
    for (const check of await desk.getByRole("checkbox").all()) await tick(check);
    await desk.getByRole("button", { name: "Tiếp nhận", exact: true }).click();
    await accept(desk);
    await shows("Được chấp nhận, chưa đăng nhập");
    await activate(page, gone, await activationOf(app, gone), "khung cua so tron canh ao sen");
    await shows("Đã đăng nhập, chưa cài");
    await expect(clerk.getByText("Đã đăng nhập", { exact: true }).locator("..")).toContainText("1 / 3");
  });
  await clerk.context().close();
  await desk.context().close();
});
