import type { Page } from "@playwright/test";
import { type PageState, submit } from "./open-pages.ts";
import { tick } from "./pages/declare.ts";
import { binh } from "./pages/people.ts";

/** Ways to sign in, proving oneself again, changes of contact, and one account at the counter: each page in its states. */

const strangers: PageState[] = [
  { says: "stopping a change of contact", route: "/account/contact/stop", who: "stranger" },
  { says: "stopping a change without a code", route: "/account/contact/stop", who: "stranger", post: submit },
  {
    says: "a sign-in that another way did not open",
    route: "/sign-in",
    who: "stranger",
    at: "/sign-in?why=eid_down",
  },
  { says: "a second factor that nobody waits for", route: "/sign-in/code", who: "stranger", at: secondFactor },
];

/** Whoever holds no ticket is led back to the password: the walk holds one that opens nothing. */
async function secondFactor(
  walk: Parameters<Extract<PageState["at"], (...given: never[]) => unknown>>[0],
): Promise<string> {
  const page = await walk.pageOf("stranger");
  await page.context().addCookies([{ name: "vssid_ticket", value: "no-ticket", url: walk.app.baseUrl }]);
  return "/sign-in/code";
}

const citizens: PageState[] = [
  { says: "the ways to sign in", route: "/account/ways", who: "worker" },
  { says: "the offer of an easier way", route: "/account/ways/offer", who: "worker" },
  { says: "proving oneself again", route: "/account/proof", who: "worker", at: "/account/proof?next=/account/ways" },
  {
    says: "proving oneself in two ways",
    route: "/account/proof",
    who: "worker",
    at: "/account/proof?next=/account/contact/phone&two=1",
  },
  {
    says: "proving oneself without a password",
    route: "/account/proof/password",
    who: "worker",
    at: "/account/proof?next=/account/ways",
    post: (page) => page.locator('form[action="/account/proof/password"] button.button').click(),
  },
  { says: "adding a passkey", route: "/account/ways/passkeys", who: "proved" },
  { says: "switching the authenticator on", route: "/account/ways/authenticator", who: "proved" },
  {
    says: "switching the authenticator on without digits",
    route: "/account/ways/authenticator",
    who: "proved",
    post: submit,
  },
  { says: "where the person is reached", route: "/account/contact", who: "proved" },
  { says: "changing the address", route: "/account/contact/address", who: "proved" },
  { says: "changing the address to nothing", route: "/account/contact/address", who: "proved", post: submit },
  { says: "changing the telephone", route: "/account/contact/phone", who: "proved", at: twoProofs },
  {
    says: "changing the telephone to nothing",
    route: "/account/contact/phone",
    who: "proved",
    at: twoProofs,
    post: submit,
  },
  { says: "changing the e-mail", route: "/account/contact/email", who: "proved", at: () => twoProofsFor("email") },
  { says: "stopping the account", route: "/account/stop", who: "proved" },
  { says: "stopping the account without agreeing", route: "/account/stop", who: "proved", post: submit },
];

const counter: PageState[] = [
  { says: "finding an account", route: "/console/account", who: "officer" },
  { says: "finding an account without a number", route: "/console/account", who: "officer", post: submit },
  { says: "an account at the counter", route: "/console/account", who: "officer", status: 200, post: openAccount },
  {
    says: "closing an account without grounds",
    route: "/console/account/close",
    who: "officer",
    at: "/console/account",
    async post(page) {
      await openAccount(page);
      await page.locator("details summary").last().click();
      await page.locator('form[action="/console/account/close"] button.button').click();
    },
  },
  { says: "telephones to confirm", route: "/console/account/changes", who: "supervisor" },
];

/** The second proof is a code; the telephone's owner reads it where the demo shows it. */
async function twoProofs(
  walk: Parameters<Extract<PageState["at"], (...given: never[]) => unknown>>[0],
): Promise<string> {
  const page = await walk.pageOf("proved");
  await page.goto("/account/contact/phone");
  if (!page.url().includes("/account/proof")) return "/account/contact/phone";
  await page.locator('form[action="/account/proof/code"] button.button').click();
  const code = await newestCode(page, walk.app.texts);
  await page.locator("[name=code]").fill(code);
  await page.locator('form[action="/account/proof/code"] button.button').click();
  return "/account/contact/phone";
}

const twoProofsFor = async (kind: string) => `/account/contact/${kind}`;

async function newestCode(page: Page, texts: readonly { text: string }[]): Promise<string> {
  for (let turn = 0; turn < 100; turn += 1) {
    const code = texts.flatMap(({ text }) => /xac nhan chinh chu: (\d{6})|confirm it is you: (\d{6})/.exec(text) ?? []);
    const found = code.filter((one) => /^\d{6}$/.test(one ?? "")).at(-1);
    if (found) return found;
    await page.waitForTimeout(100);
  }
  throw new Error("no code has come");
}

/** Somebody of whom other pages here need nothing. */
async function openAccount(page: Page): Promise<void> {
  await page.locator("[name=login]").fill(binh.insuranceNumber);
  await tick(page.locator("[name=reason]").first());
  await tick(page.locator("[name=paper]").first());
  for (const box of await page.getByRole("checkbox").all()) await tick(box);
  await submit(page);
  await page.waitForSelector('form[action="/console/account/phone"]');
}

export const pagesOfFactors: readonly PageState[] = [...strangers, ...citizens, ...counter];
