import type { Page } from "@playwright/test";
import { expect } from "./fixtures.ts";
import { type PageState, submit } from "./open-pages.ts";
import { hasHandedIn } from "./pages/backstage.ts";
import type { Declarant } from "./pages/people.ts";
import { deadNumber } from "./providers.ts";
import type { Walk } from "./signed-in.ts";

/** A result that reached nobody, as the office finds it, and the messages in the account. */
const vang: Declarant = {
  name: "Đoàn Thị Vắng",
  sex: "Nữ",
  birth: ["4", "2", "1971"],
  idNumber: "052171000420",
  insuranceNumber: "0000000420",
  phone: deadNumber,
};

/** Her file was refused, and the text about it came back. */
async function task(walk: Walk): Promise<string> {
  const officer = await walk.pageOf("officer");
  if (!(await firstTask(officer))) {
    const code = await hasHandedIn(officer, vang);
    const data = { grounds: ["form_not_signed"], sentence: "Tờ khai chưa ký. Khai lại, in và ký trước khi nộp." };
    expect((await officer.request.post(`/api/v1/declarations/${code}/refusal`, { data })).ok()).toBe(true);
    await expect.poll(() => firstTask(officer), { timeout: 20_000 }).toBeTruthy();
  }
  return (await firstTask(officer)) ?? "";
}

async function firstTask({ request }: Page): Promise<string | undefined> {
  const list = await (await request.get("/console/unreached")).text();
  return /href="(\/console\/unreached\/\d+)"/.exec(list)?.[1];
}

const route = "/console/unreached/:id";
const press = (act: string) => (page: Page) => page.locator(`main form[action$="/${act}"] button`).click();

export const reachPages: readonly PageState[] = [
  {
    says: "the results told to nobody that are done",
    route: "/console/unreached",
    who: "officer",
    at: "/console/unreached?show=done",
  },
  { says: "a result that reached nobody", route, who: "officer", at: task },
  { says: "the results that reached nobody", route: "/console/unreached", who: "officer" },
  { says: "the number to call", route: `${route}/phone`, who: "officer", at: task, status: 200, post: press("phone") },
  { says: "a result told in no way", route: `${route}/told`, who: "officer", at: task, post: press("told") },
  {
    says: "the letter with a result",
    route: `${route}/letter`,
    who: "officer",
    at: async (walk) => `${await task(walk)}/letter`,
  },
  { says: "the messages in the account", route: "/app/inbox", who: "worker" },
  { says: "a message in the account", route: "/app/inbox/:id", who: "worker", at: firstMessage },
  { says: "a search for messages of nobody", route: "/console/outbox", who: "officer", post: find("zzzz") },
  { says: "a search for messages", route: "/console/outbox", who: "officer", status: 200, post: find("0999900002") },
];

function firstMessage(walk: Walk): Promise<string> {
  return walk.follow("worker", "/app/inbox", /\/app\/inbox\/\d+/);
}

function find(typed: string) {
  return async (page: Page): Promise<void> => {
    await page.locator("[name=q]").fill(typed);
    await submit(page);
  };
}
