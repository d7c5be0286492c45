import { join } from "node:path";
import {
  type Browser,
  type BrowserContextOptions,
  devices,
  type Frame,
  type Page,
  type Response,
} from "@playwright/test";
import { test as base, expect, officeCode, type RunningApp, registerFolder, signsInAtDesk } from "./fixtures.ts";
import type { PageState } from "./open-pages.ts";
import { hasAccount, hasConfirmed } from "./pages/backstage.ts";
import { answerAll, resume, tick } from "./pages/declare.ts";
import { anh, binh, type Declarant, hen, phim, quen, thu } from "./pages/people.ts";
import { idCard } from "./pages/pictures.ts";
import { entersAuditor, entersNewHand } from "./pages-of-staff.ts";
import { type KeysWho, keysEntrances } from "./who-of-keys.ts";
import { type PeopleWho, peopleEntrances } from "./who-of-people.ts";
import { type SecretsWho, secretsEntrances } from "./who-of-secrets.ts";

export { expect };

/** Everybody who sees pages, each in a browser of their own. */
export type Who =
  | "stranger"
  | "drafter"
  | "declarer"
  | "refused"
  | "batched"
  | "withdrawn"
  | "worker"
  | "pensioner"
  | "nobody"
  | "newcomer"
  | "guardian"
  | "officer"
  | "colleague"
  | "proved"
  | "supervisor"
  | "chief"
  | "clerk"
  | "coordinator"
  | "newHand"
  | "auditor"
  | KeysWho
  | PeopleWho
  | SecretsWho;

/** One running demo and its people, through which page after page is opened. */
export interface Walk {
  app: RunningApp;
  /** This person's page, signed in; the sign-in happens once. */
  pageOf(who: Who): Promise<Page>;
  /** The first link of that form on a page, as a finger would follow it. */
  follow(who: Who, from: string, link: RegExp): Promise<string>;
  /** Opens a page in its state and says what came; fails unless it is that page. */
  open(state: PageState, lang: "vi" | "en"): Promise<Page>;
}

/** Signs in as somebody with a card, and confirms again where a page asks for it. */
export const proved = "9800000001";
const chosen = "chiec non la treo canh cua so";
const phone: BrowserContextOptions = { ...devices["Pixel 5"], deviceScaleFactor: 1 };
const desk: BrowserContextOptions = { viewport: { width: 1280, height: 900 } };

export const test = base.extend<Record<never, never>, { walk: Walk }>({
  walk: [
    async ({ app, browser }, use) => {
      const pages = new Map<Who, Promise<Page>>();
      const walk: Walk = {
        app,
        pageOf(who) {
          const page = pages.get(who) ?? enter(walk, browser, who);
          pages.set(who, page);
          return page;
        },
        async follow(who, from, link) {
          const answer = await (await walk.pageOf(who)).request.get(from);
          const href = [...(await answer.text()).matchAll(/href="([^"]+)"/g)].find(([, to = ""]) => link.test(to))?.[1];
          if (!href) throw new Error(`${from} has no link like ${link}`);
          return href.replaceAll("&amp;", "&");
        },
        open: (state, lang) => openState(walk, state, lang),
      };
      await use(walk);
      await Promise.all([...pages.values()].map(async (page) => (await page).context().close()));
    },
    { scope: "worker", timeout: 60_000 },
  ],
});

async function openState(walk: Walk, state: PageState, lang: "vi" | "en"): Promise<Page> {
  const { at = state.route, post, status = post ? 422 : 200 } = state;
  const page = await walk.pageOf(state.who);
  const address = new URL(typeof at === "string" ? at : await at(walk), walk.app.baseUrl);
  address.searchParams.set("lang", lang);
  let answer: Response | null | undefined = await page.goto(address.href);
  if (post) {
    expect(answer?.status(), `the page ${address.pathname} before the post`).toBe(200);
    answer = await answerTo(page, () => post(page, walk));
  }
  expect(answer?.status(), `status of ${page.url()}`).toBe(status);
  // An answer to a form may stand at another address than the one that gave it.
  if (state.route !== "*") expect(new URL(answer?.url() ?? page.url()).pathname).toMatch(shapeOf(state.route));
  await expect(page.locator("html")).toHaveAttribute("lang", lang);
  return page;
}

/** The last page that came while something was pressed, and stands in the browser: an answer comes before its page does. */
async function answerTo(page: Page, press: () => Promise<void>): Promise<Response | undefined> {
  let last: Response | undefined;
  let isShown = false;
  const keep = (answer: Response): void => {
    if (!answer.request().isNavigationRequest()) return;
    last = answer;
    isShown = false;
  };
  const show = (frame: Frame): void => {
    if (frame === page.mainFrame()) isShown = true;
  };
  page.on("response", keep);
  page.on("framenavigated", show);
  await press();
  await expect
    .poll(() => isShown && last?.request().method(), { message: "the answer to what was posted", intervals: [20, 50] })
    .toBe("POST");
  await page.waitForLoadState();
  page.off("response", keep);
  page.off("framenavigated", show);
  return last;
}

/** `/app/visits/:id` as an expression over paths. */
function shapeOf(route: string): RegExp {
  return new RegExp(`^${route.replaceAll(/:\w+/g, "[^/]+")}$`);
}

/** The counter's address of somebody's file, found by name. */
export async function fileOf(walk: Walk, name: string): Promise<string> {
  return fileFoundBy(await walk.pageOf("officer"), name);
}

/** What is typed into the search is posted: no address tells it. */
async function fileFoundBy({ request }: Page, name: string): Promise<string> {
  const [, token = ""] = /name="_token" value="([^"]+)"/.exec(await (await request.get("/console/find")).text()) ?? [];
  const found = await request.post("/console/search", { form: { _token: token, to: "/console/find", q: name } });
  const file = /href="(\/console\/files\/[\w-]+)"/.exec(await found.text())?.[1];
  if (!file) throw new Error(`no file of ${name} was found`);
  return file;
}

const staff: readonly Who[] = [
  "officer",
  "colleague",
  "supervisor",
  "chief",
  "clerk",
  "coordinator",
  "newHand",
  "auditor",
];
export const isStaff = (who: Who): boolean => staff.includes(who);

async function enter(walk: Walk, browser: Browser, who: Who): Promise<Page> {
  const context = await browser.newContext({
    ...(isStaff(who) ? desk : phone),
    baseURL: walk.app.baseUrl,
    locale: "vi-VN",
    timezoneId: "Asia/Ho_Chi_Minh",
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  await entrances[who](page, walk);
  return page;
}

const entrances: Record<Who, (page: Page, walk: Walk) => Promise<void>> = {
  ...keysEntrances,
  ...peopleEntrances,
  ...secretsEntrances,
  async stranger() {},
  drafter: (page) => answerAll(page, { ...thu, email: "thu@example.vn" }),
  async declarer(page) {
    await resume(page, await hasConfirmed(page, hen), hen);
  },
  async withdrawn(page) {
    await resume(page, await hasConfirmed(page, quen), quen);
    await page.goto("/register/withdrawal");
    await page.getByRole("main").locator("form button").first().click();
    await page.waitForURL("**/register/track");
  },
  async refused(page, walk) {
    const code = (await fileOf(walk, "Huỳnh Thị Nga")).split("/").at(-1) ?? "";
    await resume(page, code, { birth: ["28", "2", "1968"] });
    await page.waitForURL("**/register/track");
  },
  /** Her form came to the office with those of her colleagues. */
  async batched(page, walk) {
    const code = (await fileOf(walk, "Lý Thị Sáu")).split("/").at(-1) ?? "";
    await resume(page, code, { birth: ["30", "6", "1978"] });
    await page.waitForURL("**/register/track");
  },
  worker: (page, walk) => signInAs(page, walk, "0000000012"),
  /** The worker in another browser, reading his child's record. */
  async guardian(page, walk) {
    await signInAs(page, walk, "0000000012");
    await page.goto("/app/family");
    await page.locator('form[action="/app/family/acting"] button.button').click();
    await page.waitForURL("**/app");
  },
  pensioner: (page, walk) => signInAs(page, walk, "9800000001"),
  /** An account without a card, a month, a benefit or a visit. */
  async nobody(page, walk) {
    const password = await issuedTo(walk, binh);
    await signIn(page, "/sign-in", binh.insuranceNumber, password);
    await page.waitForURL("**/account/password*");
    await page.locator("[name=currentPassword]").fill(password);
    await page.locator("[name=newPassword]").fill(chosen);
    await page.locator('form[action="/account/password"] button.button').click();
    await page.waitForURL("**/account/ways/offer*");
  },
  async newcomer(page, walk) {
    await signIn(page, "/sign-in", phim.insuranceNumber, await issuedTo(walk, phim));
    await page.waitForURL("**/account/password*");
  },
  /** Pictures of one file's papers, and an account without a user: every page of the counter has its matter. */
  async officer(page, walk) {
    await walk.app.vssid("import", "persons", join(registerFolder, "persons.csv"));
    await signInAs(page, walk, "canbo.tuyphuoc", "/console/sign-in");
    await hasAccount(page, anh);
    const file = await fileFoundBy(page, "Võ Thị Hương");
    await page.goto(`${file}/papers`);
    await page.locator("[name=front]").setInputFiles(await idCard());
    await page.getByRole("main").locator("form button").first().click();
    await page.waitForURL(`**${file}`);
  },
  proved: (page, walk) => signInAs(page, walk, proved),
  supervisor: async (page, walk) => {
    const who = ["--username", "kiemsoat.hanhtrinh", "--name", "Đinh Thị Kiểm"];
    const printed = await walk.app.vssid("user", "add", ...who, "--role", "supervisor", "--office", officeCode);
    await signsInAtDesk(page, JSON.parse(printed));
    await page.waitForURL("**/console");
  },
  coordinator: (page, walk) => signInAs(page, walk, "dau.moi", "/console/sign-in"),
  colleague: (page, walk) => signInAs(page, walk, "canbo2.tuyphuoc", "/console/sign-in"),
  /** Keeps the list of a company's people. */
  clerk: (page, walk) => signInAs(page, walk, "dau.moi.may", "/console/sign-in"),
  newHand: entersNewHand,
  auditor: entersAuditor,
  chief: (page, walk) => signInAs(page, walk, "kiemsoat.tuyphuoc", "/console/sign-in"),
};

async function signInAs(page: Page, walk: Walk, login: string, at = "/sign-in"): Promise<void> {
  const member = (await walk.app.cast()).find(({ signIn: name }) => name === login);
  if (!member) throw new Error(`nobody in the cast signs in as ${login}`);
  if (member.isStaff) await signsInAtDesk(page, { username: login, password: member.password });
  else await signIn(page, at, login, member.password);
  await page.waitForURL(at === "/sign-in" ? "**/app" : /\/console(\/units)?$/);
}

async function signIn(page: Page, at: string, name: string, password: string): Promise<void> {
  await page.goto(at);
  await page.locator("[name=login]").fill(name);
  await page.locator("[name=password]").fill(password);
  await page.locator(`form[action="${at}"] button.button`).click();
}

/** Declared, handed in and accepted; the activation code is the one on the slip of the counter. */
async function issuedTo(walk: Walk, person: Declarant): Promise<string> {
  const officer = await walk.pageOf("officer");
  await hasAccount(officer, person);
  await officer.goto("/console/reissue?lang=vi");
  await officer.locator("[name=login]").fill(person.insuranceNumber);
  await officer.getByRole("button", { name: "Tìm" }).click();
  await tick(officer.getByRole("radio").first());
  await tick(officer.getByRole("radio", { name: "Phiếu giấy" }));
  for (const box of await officer.getByRole("checkbox").all()) await tick(box);
  await officer.getByRole("button", { name: "Cấp mã kích hoạt" }).click();
  return (await officer.locator("dd strong").textContent()) ?? "";
}
