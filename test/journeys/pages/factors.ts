import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "@playwright/test";
import { expect, type RunningApp, type StaffMember } from "../fixtures.ts";
import { choosePassword, signIn, skipOffer } from "./account.ts";
import { hasAccount } from "./backstage.ts";
import { sitDown } from "./counter.ts";
import { heading } from "./declare.ts";
import { oftenMs, passwordIn, textsTo, textTo } from "./messages.ts";
import type { Declarant } from "./people.ts";

/** People with an account and a password of their own, and what happens around their ways to sign in. */

/** Into the register, with an account, a first password replaced, and signed in on this page. */
export async function settle(
  { app, officer, browser, page }: { app: RunningApp; officer: StaffMember; browser: Browser; page: Page },
  person: Declarant,
  chosen: string,
): Promise<void> {
  const desk = await sitDown(browser, officer);
  await app.vssid("import", "persons", personsFile(person));
  await hasAccount(desk, person);
  await desk.context().close();
  const issued = passwordIn((await textTo(app, person, /duoc chap nhan/)).text);
  await page.goto("/sign-in");
  await signIn(page, person.insuranceNumber, issued);
  await choosePassword(page, issued, chosen);
  await skipOffer(page);
  await expect(page).toHaveURL(/\/app$/);
}

function personsFile(person: Declarant): string {
  const [day = "", month = "", year = ""] = person.birth;
  const birth = `${day.padStart(2, "0")}/${month.padStart(2, "0")}/${year}`;
  const sex = person.sex === "Nam" ? 1 : 2;
  const row = [person.name, birth, sex, person.insuranceNumber, person.idNumber, person.phone, '"Xã Tuy Phước"'];
  const head = "full_name,birth,sex,insurance_number,personal_id,phone,address";
  const path = join(mkdtempSync(join(tmpdir(), "vssid-people-")), "persons.csv");
  writeFileSync(path, `${head}\n${row.join(",")}\n`);
  return path;
}

export async function proveByPassword(page: Page, password: string): Promise<void> {
  await expect(heading(page, "Xác nhận đúng là chủ tài khoản")).toBeVisible();
  await page.getByLabel("Mật khẩu", { exact: true }).fill(password);
  await page.locator('form[action="/account/proof/password"]').getByRole("button", { name: "Xác nhận" }).click();
}

/** The code of the newest message to a telephone; `count`: how many such messages have come by then. */
export async function codeTo(app: RunningApp, phone: string, what: RegExp, count = 1): Promise<string> {
  const find = () => textsTo(app, phone, what);
  await expect
    .poll(() => find().length, {
      message: `message ${count} to ${phone}: ${what}`,
      timeout: 15_000,
      intervals: oftenMs,
    })
    .toBe(count);
  const code = /(?<!\d)(\d{6}|\d{8})(?!\d)/.exec(find().at(-1)?.text ?? "")?.[1];
  if (!code) throw new Error("this message holds no code");
  return code;
}

/** What a journey may do to a screen lock, through the browser's own tools. */
export interface ScreenLock {
  recognises(isOwner: boolean): Promise<void>;
  remove(): Promise<void>;
}

/** Telephones that keep passkeys, as the browser's own tools play them; `hasPrf`: they make secrets from them too. */
export async function withScreenLock(page: Page, { hasPrf = false } = {}): Promise<ScreenLock> {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      ...(hasPrf ? { ctap2Version: "ctap2_1", hasPrf } : {}),
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    async recognises(isUserVerified) {
      await session.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified });
    },
    async remove() {
      await session.send("WebAuthn.removeVirtualAuthenticator", { authenticatorId });
      await session.detach();
    },
  };
}
