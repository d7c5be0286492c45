import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, officeCode, type RunningApp, type StaffMember } from "../fixtures.ts";
import type { Declarant } from "./people.ts";

/** What goes beyond one file at the counter: its own made-up people, who come in no other story. */
const person = (at: number, name: string, sex: "Nam" | "Nữ", day: string, month: string, year: string): Declarant => ({
  name,
  sex,
  birth: [day, month, year],
  idNumber: `052${sex === "Nam" ? 0 : 1}${year.slice(2)}0008${String(at).padStart(2, "0")}`,
  insuranceNumber: `00000008${String(at).padStart(2, "0")}`,
  phone: `09999008${String(at).padStart(2, "0")}`,
});

export const sewers = [
  person(1, "Bùi Thị May Một", "Nữ", "3", "3", "1990"),
  person(2, "Đoàn Văn May Hai", "Nam", "4", "4", "1984"),
  person(3, "Hồ Thị May Ba", "Nữ", "5", "5", "1996"),
] as const;
export const mover = person(4, "Lâm Thị Dời", "Nữ", "6", "6", "1982");
export const traveller = person(5, "Tạ Văn Xa", "Nam", "7", "7", "1977");
/** One woman, two numbers. */
export const older = person(11, "Ngô Thị Hai Sổ", "Nữ", "8", "8", "1981");
export const newer = { ...person(12, "Ngô Thị Hai Sổ", "Nữ", "8", "8", "1981") };

/** The register learns of them, as an operator tells it. */
export async function known(app: RunningApp, ...people: readonly Declarant[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "vssid-desk-"));
  const two = (text: string) => text.padStart(2, "0");
  const rows = people.map(({ name, sex, birth: [day, month, year], idNumber, insuranceNumber, phone }) =>
    [
      name,
      `${two(day)}/${two(month)}/${year}`,
      sex === "Nam" ? 1 : 2,
      insuranceNumber,
      idNumber,
      phone,
      `"Thôn Mẫu, Xã Tuy Phước, Tỉnh Gia Lai"`,
    ].join(","),
  );
  try {
    const file = join(folder, "persons.csv");
    writeFileSync(file, `full_name,birth,sex,insurance_number,personal_id,phone,address\n${rows.join("\n")}\n`);
    await app.vssid("import", "persons", file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

let hired = 0;

export async function hire(app: RunningApp, role: "officer" | "supervisor", office = officeCode): Promise<StaffMember> {
  hired += 1;
  const who = [
    "--username",
    `ban.${role}.${process.pid}.${hired}`,
    "--name",
    role === "officer" ? "Bùi Văn Quầy" : "Phan Thị Trưởng",
  ];
  return JSON.parse(await app.vssid("user", "add", ...who, "--role", role, "--office", office)) as StaffMember;
}

/** A scanner types the code into the one box and presses Enter. */
export async function scan(page: Page, code: string): Promise<void> {
  await page.getByLabel("Quét hoặc gõ mã tờ khai").fill(code);
  await page.getByLabel("Quét hoặc gõ mã tờ khai").press("Enter");
}

export const lineOf = (page: Page, text: string | RegExp) => page.getByRole("row").filter({ hasText: text });

/** Finds a person of the register by name or number. */
export async function findPerson(page: Page, typed: string): Promise<void> {
  await page.goto("/console/persons");
  await page.getByLabel("Mã số BHXH, số căn cước, CMND, hộ chiếu hoặc họ tên").fill(typed);
  await page.getByRole("button", { name: "Tìm", exact: true }).click();
  await expect(page.getByText("Kết quả tìm")).toBeVisible();
}
