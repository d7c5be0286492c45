import { join } from "node:path";
import type { Browser, Page } from "@playwright/test";
import { expect, officeCode, type RunningApp, registerFolder, type StaffMember, signsInAtDesk } from "../fixtures.ts";
import { choosePassword, goTo, signIn, skipOffer } from "./account.ts";
import { hasAccount, hasConfirmedFor } from "./backstage.ts";
import { accept, find, receive } from "./counter.ts";
import { heading, tick } from "./declare.ts";
import { passwordIn, textTo } from "./messages.ts";
import type { Declarant } from "./people.ts";

/** Parents, their children, and what they do at the counter and on the page “Gia đình”. */
export const ru: Declarant = {
  name: "Vũ Thị Ru",
  sex: "Nữ",
  birth: ["14", "4", "1991"],
  idNumber: "052191000301",
  insuranceNumber: "0000000301",
  phone: "0999900301",
};

/** Six years old; her mother's telephone is hers. */
export const bong: Declarant = {
  name: "Vũ Ngọc Bống",
  sex: "Nữ",
  birth: ["2", "5", "2020"],
  idNumber: "052320000302",
  insuranceNumber: "0000000302",
  phone: ru.phone,
};

/** Of age on the day after the stories begin. */
export const lon: Declarant = {
  name: "Vũ Minh Lớn",
  sex: "Nam",
  birth: ["24", "11", "2008"],
  idNumber: "052208000303",
  insuranceNumber: "0000000303",
  phone: "0999900304",
};

export const nuoi: Declarant = {
  name: "Đào Thị Nuôi",
  sex: "Nữ",
  birth: ["3", "3", "1987"],
  idNumber: "052187000304",
  insuranceNumber: "0000000304",
  phone: "0999900304",
};

/** These people are in the register; twice does no harm. */
export async function areKnown(app: RunningApp): Promise<void> {
  for (const kind of ["persons", "cards"]) {
    await app.vssid("import", kind, join(registerFolder, `guardian-${kind}.csv`));
  }
}

/** The child's form is on the counter: the officer writes down who brought it, then accepts. */
export async function registersChild(desk: Page, child: Declarant, parent: Declarant): Promise<string> {
  const code = await hasConfirmedFor(desk, child, parent.name);
  await find(desk, code, child.name);
  await receive(desk, "original", "signed", "face", "copied");
  await expect(desk.getByText("Cần ghi người giám hộ trước khi chấp nhận.")).toBeVisible();
  await expect(desk.getByRole("button", { name: "Chấp nhận", exact: true })).toHaveCount(0);
  await desk.getByRole("link", { name: "Ghi người giám hộ" }).click();
  await expect(heading(desk, "Người giám hộ của hồ sơ")).toBeVisible();
  await expect(desk.getByText(`Người khai ghi trong tờ khai: ${parent.name}.`)).toBeVisible();
  await fillLink(desk, parent.insuranceNumber);
  await desk.getByRole("button", { name: "Lưu người giám hộ" }).click();
  await expect(desk.getByRole("definition").filter({ hasText: "88/2020" })).toBeVisible();
  await expect(desk.getByRole("definition").filter({ hasText: parent.name })).toHaveCount(2);
  await accept(desk);
  return code;
}

/** What stands on a birth certificate, typed. */
export async function fillLink(desk: Page, number: string, relation = "mẹ"): Promise<void> {
  await desk.getByLabel("Mã số BHXH hoặc số định danh của người giám hộ").fill(number);
  await tick(desk.getByRole("radio", { name: relation, exact: true }));
  await desk.getByLabel("Giấy tờ chứng minh").selectOption({ label: "Giấy khai sinh" });
  await desk.getByLabel("Số giấy tờ").fill("88/2020");
  const issued = desk.getByRole("group", { name: "Ngày cấp" });
  for (const [label, typed] of [
    ["Ngày", "12"],
    ["Tháng", "5"],
    ["Năm", "2020"],
  ] as const) {
    await issued.getByLabel(label, { exact: true }).fill(typed);
  }
  await desk.getByLabel("Nơi cấp").fill("UBND xã Mẫu");
  await tick(desk.getByRole("checkbox", { name: "Thấy bản gốc, đúng người giám hộ và người được giám hộ" }));
}

/** Has an account of her own and has chosen its password; signed in. */
export async function hasOwnAccount(app: RunningApp, page: Page, desk: Page, person: Declarant): Promise<void> {
  await hasAccount(desk, person);
  const issued = passwordIn((await textTo(app, person, /duoc chap nhan/)).text);
  await page.goto("/sign-in");
  await signIn(page, person.insuranceNumber, issued);
  await choosePassword(page, issued, "chiec non la treo canh cua so");
  await skipOffer(page);
  await expect(page).toHaveURL(/\/app$/);
}

export async function openFamily(page: Page): Promise<void> {
  await goTo(page, "Thêm");
  await page.getByRole("link", { name: "Gia đình" }).click();
  await expect(heading(page, "Gia đình")).toBeVisible();
}

/** The bar that never leaves. */
export const bar = (page: Page) => page.getByRole("region", { name: "Đang xem thay" });

export async function actFor(page: Page, child: Declarant): Promise<void> {
  await openFamily(page);
  await page.getByRole("button", { name: `Xem hồ sơ của ${child.name}` }).click();
  await expect(bar(page)).toContainText(`Đang xem hồ sơ của ${child.name} (con).`);
}

const supervisors = new WeakMap<RunningApp, Promise<StaffMember>>();

/** Another desk, where what colleagues propose is confirmed. */
export async function sitsSupervisor(app: RunningApp, browser: Browser): Promise<Page> {
  const known = supervisors.get(app) ?? hire(app);
  supervisors.set(app, known);
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
  await signsInAtDesk(page, await known);
  await page.waitForURL("**/console");
  return page;
}

async function hire(app: RunningApp): Promise<StaffMember> {
  const who = ["--username", "kiemsoat.giamho", "--name", "Đinh Thị Thu Kiểm"];
  return JSON.parse(
    await app.vssid("user", "add", ...who, "--role", "supervisor", "--office", officeCode),
  ) as StaffMember;
}
