import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, type RunningApp, registerFolder } from "../fixtures.ts";
import { mailTo, oftenMs, textsTo } from "./messages.ts";
import type { Declarant } from "./people.ts";

/** How people are reached: codes that come by text message and mail, and the people to whom they come. */

/** An old woman who is helped. */
export const gia: Declarant = {
  name: "Nguyễn Thị Già",
  sex: "Nữ",
  birth: ["12", "2", "1948"],
  idNumber: "052148000201",
  insuranceNumber: "0000000201",
  phone: "0999900201",
};

/** Reads codes in, rightly and wrongly. */
export const hanh: Declarant = {
  name: "Phan Văn Hạnh",
  sex: "Nam",
  birth: ["21", "6", "1984"],
  idNumber: "052084000202",
  insuranceNumber: "0000000202",
  phone: "0999900202",
  email: "hanh@example.vn",
};

/** Has forgotten her number. */
export const nho: Declarant = {
  name: "Hồ Thị Nhớ",
  sex: "Nữ",
  birth: ["8", "9", "1979"],
  idNumber: "052179000203",
  insuranceNumber: "0000000203",
  phone: "0999900203",
};

/** Has declared already, and lost the code. */
export const mo: Declarant = {
  name: "Mai Văn Mở",
  sex: "Nam",
  birth: ["17", "3", "1982"],
  idNumber: "052082000204",
  insuranceNumber: "0000000204",
  phone: "0999900204",
};

/** Has an account, and has forgotten that. */
export const haiSo: Declarant = {
  name: "Lý Thị Hai Số",
  sex: "Nữ",
  birth: ["25", "10", "1986"],
  idNumber: "052186000205",
  insuranceNumber: "0000000205",
  phone: "0999900205",
};

export const me: Declarant = {
  name: "Lê Thị Mẹ",
  sex: "Nữ",
  birth: ["14", "4", "1991"],
  idNumber: "052191000206",
  insuranceNumber: "0000000206",
  phone: "0999900206",
};

/** Her child, reached at her phone. */
export const be: Declarant = {
  name: "Lê Ngọc Bé",
  sex: "Nữ",
  birth: ["2", "5", "2020"],
  idNumber: "052320000207",
  insuranceNumber: "0000000207",
  phone: me.phone,
};

/** These people are in the register; twice does no harm. */
export async function areKnown(app: RunningApp): Promise<void> {
  await app.vssid("import", "persons", join(registerFolder, "people-persons.csv"));
}

const codeSays = { phone: /Ma xac nhan so dien thoai: (\d{6})/, consent: /Ma dong y to khai: (\d{6})/ } as const;

/** The code in the newest of `nth` messages of that kind to a phone, waited for. */
export async function codeTo(
  app: RunningApp,
  { phone }: Pick<Declarant, "phone">,
  kind: keyof typeof codeSays = "phone",
  nth = 1,
): Promise<string> {
  const says = codeSays[kind];
  await expect.poll(() => textsTo(app, phone, says).length, { timeout: 15_000, intervals: oftenMs }).toBe(nth);
  return says.exec(textsTo(app, phone, says).at(-1)?.text ?? "")?.[1] ?? "";
}

export async function codeInMail(app: RunningApp, address: string): Promise<string> {
  const { text } = await mailTo(app, address, /^Mã xác nhận thư điện tử/);
  return /thư điện tử: (\d{6})/.exec(text)?.[1] ?? "";
}

export const otherThan = (code: string): string => String((Number(code) + 1) % 1e6).padStart(6, "0");

export async function typeCode(page: Page, code: string, act = "Xác nhận"): Promise<void> {
  await page.getByLabel("Mã 6 chữ số").fill(code);
  await page.getByRole("button", { name: act, exact: true }).click();
}

/** On the question of the phone: the number, its code, and on to the next question. */
export async function provePhone(
  page: Page,
  app: RunningApp,
  person: Declarant,
  typed: string = person.phone,
): Promise<void> {
  await page.getByLabel("Số điện thoại di động").fill(typed);
  await page.getByRole("button", { name: "Gửi mã tới số này" }).click();
  await typeCode(page, await codeTo(app, person));
  await expect(page.getByRole("status")).toHaveText("Đã xác nhận số điện thoại.");
}
