import type { Page } from "@playwright/test";
import { withScreenLock } from "./pages/factors.ts";
import type { Walk } from "./signed-in.ts";

/** Somebody with a passkey. Passkeys belong to names: this browser opens the system as localhost. */
export type KeysWho = "keyholder";

/** The worker of the demo, in a browser of her own. */
const login = "0000000012";

export const named = ({ app }: Walk): string => app.baseUrl.replace("127.0.0.1", "localhost");

export const keysEntrances: Record<KeysWho, (page: Page, walk: Walk) => Promise<void>> = {
  async keyholder(page, walk) {
    const member = (await walk.app.cast()).find(({ signIn }) => signIn === login);
    if (!member) throw new Error(`nobody in the cast signs in as ${login}`);
    await page.goto(`${named(walk)}/sign-in?next=/account/ways/passkeys`);
    await page.locator("[name=login]").fill(login);
    await page.locator("[name=password]").fill(member.password);
    await page.locator('form[action="/sign-in"] button.button').click();
    await page.waitForURL("**/account/proof*");
    await page.locator("[name=password]").fill(member.password);
    await page.locator('form[action="/account/proof/password"] button.button').click();
    await page.waitForURL("**/account/ways/passkeys");
    await withScreenLock(page);
    await page.locator(".passkey button").click();
    await page.waitForURL("**/account/ways");
  },
};
