import { officeCode, signsInAtDesk } from "./fixtures.ts";
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
  {
    says: "a review of rights at an office",
    route: "/console/staff-review/:office",
    who: "chief",
    at: `/console/staff-review/${officeCode}`,
  },
  {
    says: "a review that ends a right without a reason",
    route: "/console/staff-review/:office",
    who: "chief",
    at: `/console/staff-review/${officeCode}`,
    post: endsWithoutReason,
  },
  { says: "the offices and their reviews of rights", route: "/console/staff-review", who: "auditor" },
  {
    says: "a review of rights as it was signed",
    route: "/console/staff-review/:office/:no",
    who: "auditor",
    at: signedReview,
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

async function endsWithoutReason(page: Parameters<typeof submit>[0]): Promise<void> {
  await page.locator('main [type=radio][value="end"]').first().press("Space");
  await submit(page);
}

/** Signed once, by somebody else of the office: all is kept, but for the role of one who left. */
async function signedReview(walk: Walk): Promise<string> {
  const { request } = await walk.pageOf("supervisor");
  const at = `/console/staff-review/${officeCode}`;
  if ((await request.get(`${at}/1`)).ok()) return `${at}/1`;
  const gone = ["--username", "nghiviec.hanhtrinh", "--name", "Hồ Văn Nghỉ", "--role", "officer"];
  await walk.app.vssid("user", "add", ...gone, "--office", officeCode);
  const asked = await (await request.get(at)).text();
  const token = /name="_token" value="([^"]+)"/.exec(asked)?.[1] ?? "";
  const fields = [...asked.matchAll(/name="(do-\d+-[a-z]+)"/g)].map(([, name = ""]) => [name, "keep"]);
  const ends = /\(nghiviec\.hanhtrinh\)[\s\S]*?name="do-(\d+-officer)"/.exec(asked)?.[1] ?? "";
  const end = { [`do-${ends}`]: "end", [`why-${ends}`]: "Đã nghỉ việc từ đầu tháng" };
  await request.post(at, { form: { ...Object.fromEntries(fields), ...end, _token: token, review: "1" } });
  return `${at}/1`;
}

/** Reads what others decide. */
export async function entersAuditor(page: Parameters<typeof submit>[0], walk: Walk): Promise<void> {
  const who = ["--username", "kiemtra.hanhtrinh", "--name", "Vũ Thị Kiểm Tra", "--role", "auditor"];
  await signsInAtDesk(page, JSON.parse(await walk.app.vssid("user", "add", ...who)));
  await page.waitForURL("**/console/me");
}
