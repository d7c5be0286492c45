import type { Page } from "@playwright/test";
import { type PageState, submit } from "./open-pages.ts";
import { tick } from "./pages/declare.ts";
import { anh } from "./pages/people.ts";
import { claimPages } from "./pages-of-claims.ts";
import { clocksPages } from "./pages-of-clocks.ts";
import { counterPages } from "./pages-of-counter.ts";
import { coveragePages } from "./pages-of-coverage.ts";
import { deskPages } from "./pages-of-desk.ts";
import { drivePages } from "./pages-of-drive.ts";
import { pagesOfFactors } from "./pages-of-factors.ts";
import { guardianPages } from "./pages-of-guardian.ts";
import { hotlinePages } from "./pages-of-hotline.ts";
import { keysPages } from "./pages-of-keys.ts";
import { letterPages } from "./pages-of-letters.ts";
import { pagesOfPush } from "./pages-of-push.ts";
import { reachPages } from "./pages-of-reach.ts";
import { rightsPages } from "./pages-of-rights.ts";
import { rosterPages } from "./pages-of-roster.ts";
import { staffPages } from "./pages-of-staff.ts";
import { textPages } from "./pages-of-texts.ts";
import { fileOf, type Walk, type Who } from "./signed-in.ts";

const app = [
  "/app",
  "/app/more",
  "/app/looks",
  "/app/card",
  "/app/participation",
  "/app/benefits",
  "/app/benefits/papers",
  "/app/visits",
];

/** One person's own pages: with one visit and arrears, with many visits, with nothing at all. */
const citizens: PageState[] = [
  ...(["worker", "pensioner", "nobody"] as const).flatMap((who) =>
    [...app, "/app/disputes"].map((route) => ({ says: `${route} of the ${who}`, route, who })),
  ),
  ...(["bhyt", "bhtn&view=list", "tnld&view=table"] as const).map((fund) => ({
    says: `the years in ${fund}`,
    route: "/app/participation",
    who: "worker" as const,
    at: `/app/participation?fund=${fund}`,
  })),
  {
    says: "a month that is not paid",
    route: "/app/participation/:fund/:month",
    who: "worker",
    at: "/app/participation/bhxh/2026-07",
  },
  { says: "one visit", route: "/app/visits/:id", who: "worker", at: firstVisit("worker") },
  { says: "one visit of many", route: "/app/visits/:id", who: "pensioner", at: firstVisit("pensioner") },
  { says: "another year of visits", route: "/app/visits", who: "pensioner", at: "/app/visits?year=2025" },
  { says: "the form of a dispute", route: "/app/disputes/new", who: "worker", at: aDispute },
  { says: "a dispute without words", route: "/app/disputes", who: "worker", at: aDispute, post: submit },
  { says: "the password page", route: "/account/password", who: "worker" },
  { says: "a password change without passwords", route: "/account/password", who: "worker", post: changePassword },
  { says: "the devices", route: "/account/devices", who: "worker" },
  { says: "the first password to be changed", route: "/account/password", who: "newcomer" },
  { says: "the first password changed wrongly", route: "/account/password", who: "newcomer", post: changePassword },
  { says: "a record of somebody else", route: "*", who: "worker", at: "/app/visits/1", status: 404 },
];

function firstVisit(who: Who) {
  return (walk: Walk) => walk.follow(who, "/app/visits", /\/app\/visits\/[\w-]{8,}/);
}

async function aDispute(walk: Walk): Promise<string> {
  return walk.follow("worker", "/app/card", /\/app\/disputes\/new\?[^"]+/);
}

async function changePassword(page: Page): Promise<void> {
  await page.locator('form[action="/account/password"] button.button').click();
}

const inOrder = "Trần Thị Thuý Hoà";
const unlike = "Võ Thị Hương";
const nearlyLapsed = "Phạm Văn Lực";
const refused = "Huỳnh Thị Nga";
const accepted = "Lê Thị Mận";

const file =
  (name: string, act = "") =>
  async (walk: Walk) =>
    `${await fileOf(walk, name)}${act}`;
const act = (name: string) => `/console/files/:code/${name}`;

/** The counter: the queue, files in each of their states, and what is done with them. */
const officers: PageState[] = [
  { says: "the queue", route: "/console", who: "officer" },
  { says: "the queue of my own files", route: "/console", who: "officer", at: "/console?show=mine" },
  { says: "a search by name", route: "/console/find", who: "officer", at: "/console/find?q=Nguy%E1%BB%85n" },
  { says: "a search without a result", route: "/console/find", who: "officer", at: "/console/find?q=zzzz" },
  ...[inOrder, unlike, nearlyLapsed, refused, accepted].map((name) => ({
    says: `the file of ${name}`,
    route: "/console/files/:code",
    who: "officer" as const,
    at: file(name),
  })),
  { says: "a file that a colleague holds", route: "/console/files/:code", who: "colleague", at: file(inOrder) },
  { says: "a file of nobody", route: "*", who: "officer", at: "/console/files/BD-2222-2222", status: 404 },
  { says: "the reception", route: act("reception"), who: "officer", at: file(nearlyLapsed, "/reception") },
  {
    says: "a reception without a paper",
    route: act("reception"),
    who: "officer",
    at: file(nearlyLapsed, "/reception"),
    async post(page) {
      for (const box of await page.getByRole("main").getByRole("textbox").all()) await box.fill("");
      await submit(page);
    },
  },
  { says: "the second reading", route: act("reading"), who: "officer", at: file(unlike, "/reading") },
  { says: "the page for pictures", route: act("papers"), who: "officer", at: file(unlike, "/papers") },
  {
    says: "pictures that were not chosen",
    route: act("papers"),
    who: "officer",
    at: file(unlike, "/papers"),
    post: submit,
  },
  { says: "the refusal", route: act("refusal"), who: "officer", at: file(inOrder, "/refusal") },
  {
    says: "a refusal without grounds",
    route: act("refusal"),
    who: "officer",
    at: file(inOrder, "/refusal"),
    post: submit,
  },
  {
    says: "a refusal before it is sent",
    route: act("refusal"),
    who: "officer",
    at: file(inOrder, "/refusal"),
    status: 200,
    async post(page) {
      await tick(page.getByRole("checkbox").first());
      await submit(page);
    },
  },
  {
    says: "an act that came too late",
    route: act("refusal"),
    who: "officer",
    at: file(refused, "/refusal"),
    status: 409,
  },
  { says: "the new password", route: "/console/reissue", who: "officer" },
  { says: "a new password for a wrong number", route: "/console/reissue", who: "officer", post: submit },
  {
    says: "a new password before it is issued",
    route: "/console/reissue",
    who: "officer",
    status: 200,
    post: findHolder,
  },
  {
    says: "a new password without checks",
    route: "/console/reissue/slip",
    who: "officer",
    at: "/console/reissue",
    post: issueUnchecked,
  },
  {
    says: "the slip with a new password",
    route: "/console/reissue/slip",
    who: "officer",
    at: "/console/reissue",
    status: 200,
    post: issue,
  },
  { says: "the outbox", route: "/console/outbox", who: "officer" },
  { says: "the outbox of one file", route: "/console/outbox", who: "officer", at: outboxOf(refused) },
  {
    says: "the outbox without a message",
    route: "/console/outbox",
    who: "officer",
    at: "/console/outbox?show=failing",
  },
  { says: "one message", route: "/console/outbox/:id", who: "officer", at: firstNotice },
];

async function firstNotice(walk: Walk): Promise<string> {
  return walk.follow("officer", "/console/outbox", /\/console\/outbox\/\d+/);
}

function outboxOf(name: string) {
  return async (walk: Walk) => `/console/outbox?code=${(await fileOf(walk, name)).split("/").at(-1)}`;
}

/** Whoever gets a new password is signed out: this is somebody whom no other page here needs. */
async function findHolder(page: Page): Promise<void> {
  await page.locator("[name=login]").fill(anh.insuranceNumber);
  await submit(page);
}

const pressIssue = (page: Page) => page.locator('form[action="/console/reissue/slip"] button').click();

async function issueUnchecked(page: Page): Promise<void> {
  await findHolder(page);
  await page.waitForSelector("[name=paper]", { state: "attached" });
  await pressIssue(page);
}

async function issue(page: Page): Promise<void> {
  await findHolder(page);
  await page.waitForSelector("[name=paper]", { state: "attached" });
  await tick(page.getByRole("radio").first());
  await tick(page.locator("[name=handOver][value=slip]"));
  for (const box of await page.getByRole("checkbox").all()) await tick(box);
  await pressIssue(page);
}

export const signedInPages: readonly PageState[] = [
  ...counterPages,
  ...citizens,
  ...officers,
  ...clocksPages,
  ...guardianPages,
  ...pagesOfFactors,
  ...keysPages,
  ...deskPages,
  ...pagesOfPush,
  ...staffPages,
  ...textPages,
  ...letterPages,
  ...rosterPages,
  ...drivePages,
  ...hotlinePages,
  ...claimPages,
  ...reachPages,
  ...rightsPages,
  ...coveragePages,
];
