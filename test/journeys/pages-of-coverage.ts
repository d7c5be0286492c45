import type { PageState } from "./open-pages.ts";

/** Coverage of the roll-out as the supervisor of the demo's office sees it. */
export const coveragePages: readonly PageState[] = [
  { says: "coverage of the office's units", route: "/console/coverage", who: "supervisor" },
  {
    says: "one unit by week, and a target without a share",
    route: "/console/coverage/units/:code",
    who: "supervisor",
    at: "/console/coverage/units/MAU-X09",
    post: (page) => page.locator("main form.form button.button").last().click(),
  },
  { says: "the leader's page", route: "/console/coverage/leader", who: "supervisor" },
  {
    says: "places of squares, two on one place",
    route: "/console/coverage/tiles",
    who: "supervisor",
    async post(page) {
      for (const box of (await page.locator(".tile-boxes input").all()).slice(0, 4)) await box.fill("1");
      await page.locator("[name=act][value=save]").click();
    },
  },
  { says: "how coverage is counted", route: "/console/coverage/definitions", who: "supervisor" },
];
