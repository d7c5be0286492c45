import type { PageState } from "./open-pages.ts";
import type { Walk } from "./signed-in.ts";

/** The second factor of staff, and a member's own sign-ins. */
const submit = (page: Parameters<NonNullable<PageState["post"]>>[0]) =>
  page.getByRole("main").locator("form button.button").first().click();

export const staffPages: readonly PageState[] = [
  { says: "a member's own sign-in, and a colleague's lost factor", route: "/console/me", who: "chief" },
  {
    says: "a second factor still to be got, with digits that are not six",
    route: "/console/sign-in/authenticator",
    who: "newHand",
    post: submit,
  },
  {
    says: "the second factor before a heavy act, with a wrong code",
    route: "/console/sign-in/code",
    who: "chief",
    at: "/console/sign-in/code?next=/console/me",
    post: submit,
  },
  {
    says: "the password of a member, unchanged",
    route: "/console/sign-in/password",
    who: "chief",
    post: submit,
  },
  { says: "the authenticators of the demo", route: "/dev/authenticators", who: "stranger" },
];

/** Hired, and since then without a factor: signed in by the password alone. */
export async function entersNewHand(page: Parameters<typeof submit>[0], walk: Walk): Promise<void> {
  const username = "nguoimoi.hanhtrinh";
  const who = ["--username", username, "--name", "Lê Thị Mới", "--role", "hotline"];
  const { password } = JSON.parse(await walk.app.vssid("user", "add", ...who)) as { password: string };
  await walk.app.vssid("user", "factor", "--username", username, "--reset", "--reason", "replaced");
  await page.goto("/console/sign-in");
  await page.locator("[name=username]").fill(username);
  await page.locator("[name=password]").fill(password);
  await page.locator('form[action="/console/sign-in"] button.button').click();
  await page.waitForURL("**/console/sign-in/authenticator*");
}
