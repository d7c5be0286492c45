import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "@playwright/test";
import { expect, officeCode, type RunningApp, type StaffMember } from "../fixtures.ts";
import { sitDown } from "./counter.ts";
import type { Declarant } from "./people.ts";

/** People of an office beside the one officer of the stories, each at a desk of their own. */
export async function hires(app: RunningApp, username: string, name: string, ...roles: string[]): Promise<StaffMember> {
  const [first = "officer", ...more] = roles;
  const who = ["--username", username, "--name", name];
  const printed = await app.vssid("user", "add", ...who, "--role", first, "--office", officeCode);
  for (const role of more)
    await app.vssid("user", "role", "--username", username, "--role", role, "--office", officeCode);
  return JSON.parse(printed) as StaffMember;
}

export async function atDesk<T>(browser: Browser, who: StaffMember, work: (desk: Page) => Promise<T>): Promise<T> {
  const desk = await sitDown(browser, who);
  try {
    return await work(desk);
  } finally {
    await desk.context().close();
  }
}

/** The register gets to know somebody, perhaps under another name than the one on their paper. */
export async function isRegistered(app: RunningApp, person: Declarant, name = person.name): Promise<void> {
  const birth = person.birth.map((part) => part.padStart(2, "0")).join("/");
  const sex = person.sex === "Nam" ? 1 : 2;
  const folder = await mkdtemp(join(tmpdir(), "vssid-register-"));
  const path = join(folder, "person.csv");
  const row = [name, birth, sex, person.insuranceNumber, person.idNumber].join(",");
  await writeFile(path, `full_name,birth,sex,insurance_number,personal_id\n${row}\n`);
  expect(await app.vssid("import", "persons", path, "--json")).toContain('"taken":1');
  await rm(folder, { recursive: true });
}
