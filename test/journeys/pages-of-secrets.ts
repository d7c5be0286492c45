import type { Page } from "@playwright/test";
import type { PageState } from "./open-pages.ts";
import { tick } from "./pages/declare.ts";
import { anh } from "./pages/people.ts";

/** An account that waits for its code, a code sent from the counter, and an account that is limited for a while. */
async function sendFromCounter(page: Page): Promise<void> {
  await page.locator("[name=login]").fill(anh.insuranceNumber);
  await page.getByRole("main").locator("form button.button").first().click();
  await page.waitForSelector("[name=paper]", { state: "attached" });
  await tick(page.getByRole("radio").first());
  for (const box of await page.getByRole("checkbox").all()) await tick(box);
  await page.locator('form[action="/console/reissue/slip"] button').click();
}

export const secretsPages: readonly PageState[] = [
  { says: "an accepted file whose account is not activated", route: "/register/track", who: "unopened" },
  { says: "an account that is limited after a reset by SMS", route: "/account/devices", who: "limited" },
  {
    says: "an activation code sent from the counter",
    route: "/console/reissue/slip",
    who: "officer",
    at: "/console/reissue",
    status: 200,
    post: sendFromCounter,
  },
];
