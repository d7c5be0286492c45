import type { Page } from "@playwright/test";
import type { PageState } from "./open-pages.ts";
import type { Walk } from "./signed-in.ts";
import type { PeopleWho } from "./who-of-people.ts";

/** Codes of phone, mail and agreement; plain pages before confirming; a forgotten number. */
const press = (page: Page, act: string) => page.getByRole("main").locator(`button[name=act][value=${act}]`).click();

/** The box for a code: it is sent once, behind the page, and waited for as long as the browser keeps its name. */
const waiting =
  (who: PeopleWho, at: string, action: string = at) =>
  async (walk: Walk) => {
    const { request } = await walk.pageOf(who);
    const html = await (await request.get(at)).text();
    const token = /name="_token" value="([^"]+)"/.exec(html)?.[1] ?? "";
    if (!html.includes('name="code"')) await request.post(action, { form: { _token: token, act: "send" } });
    return at;
  };

async function codeTooShort(page: Page): Promise<void> {
  await page.locator("[name=code]").fill("12");
  await press(page, "prove");
}

export const peoplePages: readonly PageState[] = [
  { says: "a forgotten number", route: "/insurance-number", who: "stranger" },
  {
    says: "a forgotten number asked for without anything",
    route: "/insurance-number",
    who: "stranger",
    post: (page) => page.getByRole("main").locator("form button.button").first().click(),
  },
  { says: "the answer to a forgotten number", route: "/insurance-number/sent", who: "stranger" },
  { says: "the same within a declaration", route: "/insurance-number/sent", who: "drafter" },
  { says: "a number of somebody else", route: "/register/number-of-another", who: "stranger" },
  { says: "the first question answered by a helper", route: "/register/:step", who: "helper", at: "/register/who" },
  { says: "the check by a helper", route: "/register/check", who: "helper" },
  {
    says: "the check by a helper with a code on its way",
    route: "/register/check",
    who: "helper",
    at: waiting("helper", "/register/check", "/register/consent"),
  },
  { says: "the code of a mail", route: "/register/:step", who: "helper", at: waiting("helper", "/register/email") },
  {
    says: "a code of a mail too short",
    route: "/register/email",
    who: "helper",
    at: waiting("helper", "/register/email"),
    post: codeTooShort,
  },
  { says: "a phone to be confirmed later", route: "/register/phone-confirmation", who: "mailed" },
  { says: "a mail to be confirmed later", route: "/register/email-confirmation", who: "mailed" },
  {
    says: "the code of a phone",
    route: "/register/phone-confirmation",
    who: "mailed",
    at: waiting("mailed", "/register/phone-confirmation"),
  },
  {
    says: "a code of a phone too short",
    route: "/register/phone-confirmation",
    who: "mailed",
    at: waiting("mailed", "/register/phone-confirmation"),
    post: codeTooShort,
  },
  { says: "a receipt with contacts not confirmed", route: "/register/receipt", who: "mailed" },
  { says: "what stands in the way of a stranger", route: "/register/standing", who: "doubled" },
  { says: "what stands in the way of who declared before", route: "/register/standing", who: "returner" },
  { says: "the phone of who proved it", route: "/register/:step", who: "returner", at: "/register/phone" },
  { says: "what stands in the way of who has an account", route: "/register/standing", who: "forgetful" },
];
