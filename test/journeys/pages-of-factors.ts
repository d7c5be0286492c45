import { setTimeout as wait } from "node:timers/promises";
import type { Page } from "@playwright/test";
import { type PageState, submit } from "./open-pages.ts";
import { tick } from "./pages/declare.ts";
import { anh } from "./pages/people.ts";
import { proved, type Walk } from "./signed-in.ts";

/** Ways to sign in, proving oneself again, changes of contact, and one account at the counter: each page in its states. */

const strangers: PageState[] = [
  { says: "stopping a change of contact", route: "/account/contact/stop", who: "stranger" },
  { says: "a recovery by authenticator", route: "/account/recovery/authenticator", who: "stranger" },
  {
    says: "a recovery by authenticator without anything",
    route: "/account/recovery/authenticator",
    who: "stranger",
    post: submit,
  },
  { says: "a recovery by passkey, at an address without a name", route: "/account/recovery/passkey", who: "stranger" },
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
async function secondFactor(walk: Walk): Promise<string> {
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
  { says: "adding a passkey", route: "/account/ways/passkeys", who: "proved", at: fresh("/account/ways/passkeys") },
  {
    says: "switching the authenticator on",
    route: "/account/ways/authenticator",
    who: "proved",
    at: fresh("/account/ways/authenticator"),
  },
  {
    says: "switching the authenticator on without digits",
    route: "/account/ways/authenticator",
    who: "proved",
    at: fresh("/account/ways/authenticator"),
    post: submit,
  },
  { says: "where the person is reached", route: "/account/contact", who: "proved" },
  {
    says: "changing the address",
    route: "/account/contact/address",
    who: "proved",
    at: fresh("/account/contact/address"),
  },
  {
    says: "changing the address to nothing",
    route: "/account/contact/address",
    who: "proved",
    at: fresh("/account/contact/address"),
    post: submit,
  },
  {
    says: "changing the telephone",
    route: "/account/contact/phone",
    who: "proved",
    at: fresh("/account/contact/phone"),
  },
  {
    says: "changing the telephone to nothing",
    route: "/account/contact/phone",
    who: "proved",
    at: fresh("/account/contact/phone"),
    post: submit,
  },
  { says: "changing the e-mail", route: "/account/contact/email", who: "proved", at: fresh("/account/contact/email") },
  { says: "stopping the account", route: "/account/stop", who: "proved", at: fresh("/account/stop") },
  {
    says: "stopping the account without agreeing",
    route: "/account/stop",
    who: "proved",
    at: fresh("/account/stop"),
    post: submit,
  },
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
  {
    says: "the copy of an account's data",
    route: "/account/data/copy",
    who: "proved",
    at: fresh("/account/data/copy"),
  },
  {
    says: "my data with the form of a request",
    route: "/account/data",
    who: "proved",
    at: fresh("/account/data"),
  },
  { says: "telephones to confirm", route: "/console/account/changes", who: "supervisor" },
];

/** Confirmed again by password and by code, whatever time has passed: beside the page, so that only the page is looked at. */
function fresh(path: string) {
  return async (walk: Walk): Promise<string> => {
    const { request } = await walk.pageOf("proved");
    const proof = "/account/proof?two=1&next=/account/ways";
    const shown = await (await request.get(proof)).text();
    if (!shown.includes('action="/account/proof/')) return path;
    const post = async (at: string, form: Record<string, string>) => {
      const token = /name="_token" value="([^"]+)"/.exec(await (await request.get(proof)).text())?.[1] ?? "";
      return (await request.post(at, { form: { _token: token, next: "/account/ways", ...form } })).text();
    };
    const member = (await walk.app.cast()).find(({ signIn }) => signIn === proved);
    await post("/account/proof/password", { password: member?.password ?? "" });
    const sent = await post("/account/proof/code", {});
    const codeId = /name="codeId" value="([^"]+)"/.exec(sent)?.[1];
    if (codeId) await post("/account/proof/code", { codeId, code: await newestCode(walk) });
    return path;
  };
}

async function newestCode({ app }: Walk): Promise<string> {
  for (let turn = 0; turn < 100; turn += 1) {
    const found = app.texts.findLast(({ text }) => /xac nhan chinh chu: \d{6}|confirm it is you: \d{6}/.test(text));
    const code = /: (\d{6})/.exec(found?.text ?? "")?.[1];
    if (code) return code;
    await wait(100);
  }
  throw new Error("no code has come");
}

/** Somebody of whom other pages here need nothing. */
async function openAccount(page: Page): Promise<void> {
  await page.locator("[name=login]").fill(anh.insuranceNumber);
  await tick(page.locator("[name=reason]").first());
  await tick(page.locator("[name=paper]").first());
  for (const box of await page.getByRole("checkbox").all()) await tick(box);
  await submit(page);
  await page.waitForSelector('form[action="/console/account/phone"]');
}

export const pagesOfFactors: readonly PageState[] = [...strangers, ...citizens, ...counter];
