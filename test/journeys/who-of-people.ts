import type { Page } from "@playwright/test";
import { hasAccount, hasConfirmed } from "./pages/backstage.ts";
import { areKnown, gia, haiSo, hanh, mo, provePhone } from "./pages/contact.ts";
import { answerAll, answerFrom, next, resume, tick } from "./pages/declare.ts";
import type { Walk } from "./signed-in.ts";

/** Those who help, who are reached by codes, and who have declared before. */
export type PeopleWho = "helper" | "mailed" | "doubled" | "returner" | "forgetful";

export const peopleEntrances: Record<PeopleWho, (page: Page, walk: Walk) => Promise<void>> = {
  /** Has filled everything in for somebody else. */
  async helper(page) {
    await page.goto("/register");
    await tick(page.getByRole("radio").nth(2));
    await page.locator("[name=declarer]").fill("Hồ Văn Giúp");
    await page.locator("[name=declarer_as]").fill("Đoàn thanh niên xã");
    await next(page);
    await answerFrom(page, { ...gia, email: "gia@example.vn" }, "paper");
  },
  /** Has confirmed, and proved neither phone nor mail. */
  async mailed(page) {
    await resume(page, await hasConfirmed(page, hanh), hanh);
  },
  /** Somebody else's number is in this declaration, and nothing was proved. */
  async doubled(page) {
    const other = { ...mo, idNumber: "052082000297", insuranceNumber: "0000000297", phone: "0999900297" };
    await hasConfirmed(page, other);
    await answerAll(page, { ...other, idNumber: "052082000296", phone: "0999900296" });
  },
  async returner(page, walk) {
    await hasConfirmed(page, mo);
    await answerAll(page, mo, "phone");
    await provePhone(page, walk.app, mo);
    await answerFrom(page, mo, "email");
  },
  async forgetful(page, walk) {
    await areKnown(walk.app);
    await hasAccount(await walk.pageOf("officer"), haiSo);
    await answerAll(page, haiSo, "phone");
    await provePhone(page, walk.app, haiSo);
    await answerFrom(page, haiSo, "email");
  },
};
