import type { Page } from "@playwright/test";
import { resume } from "./pages/declare.ts";
import { textTo } from "./pages/messages.ts";
import {
  activate,
  activationOf,
  areKnown,
  askForCode,
  cham,
  enter,
  isAccepted,
  nho,
  recoveryCodeIn,
  setWithCode,
} from "./pages/secrets.ts";
import type { Walk } from "./signed-in.ts";

/** Those whose account waits for its code, and those who came back by a code. */
export type SecretsWho = "unopened" | "limited";

export const secretsEntrances: Record<SecretsWho, (page: Page, walk: Walk) => Promise<void>> = {
  /** Accepted, and looking at the page of the file. */
  async unopened(page, walk) {
    await areKnown(walk.app);
    await resume(page, await isAccepted(await walk.pageOf("officer"), cham), cham);
  },
  /** Has set the password again by SMS a moment ago. */
  async limited(page, walk) {
    await areKnown(walk.app);
    await isAccepted(await walk.pageOf("officer"), nho);
    await activate(page, nho, await activationOf(walk.app, nho), "mua rao go mai ton lop dop");
    await page.getByRole("banner").getByRole("button", { name: "Đăng xuất" }).click();
    await askForCode(page, nho, /Tin nhắn/);
    const { text } = await textTo(walk.app, nho, /dat lai mat khau: \d{8}/);
    await setWithCode(page, recoveryCodeIn(text), "cay khe ngot sau vuon ong Tu");
    await enter(page, nho, "cay khe ngot sau vuon ong Tu");
    await page.waitForURL("**/app");
  },
};
