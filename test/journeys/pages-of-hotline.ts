import type { Page } from "@playwright/test";
import type { PageState } from "./open-pages.ts";
import type { Walk } from "./signed-in.ts";

/** The hotline as an office sits at it: a caller who was identified, a request that waits, what recurs. */
const call = "/console/hotline/calls/:id";

async function identified(walk: Walk): Promise<string> {
  callAt ||= await begin(walk);
  return callAt;
}
let callAt = "";

async function begin(walk: Walk): Promise<string> {
  const { request } = await walk.pageOf("officer");
  const token = await tokenAt(request, "/console/hotline");
  const begun = await request.post("/console/hotline/calls", {
    form: { _token: token, by: "bhxh", key: "0000000012", channel: "counter" },
    maxRedirects: 0,
  });
  const href = begun.headers().location ?? "";
  const said = { name: "Nguyễn Văn Mẫu", birth_day: "15", birth_month: "1", birth_year: "1990", paper: "yes" };
  await request.post(`${href}/check`, { form: { _token: token, ...said }, maxRedirects: 0 });
  const says = "Nộp tờ khai rồi mà chưa thấy tin nhắn nào.";
  const form = { _token: token, category: "not_arrived", says, act: "open" };
  await request.post(`${href}/ticket`, { form, maxRedirects: 0 });
  return href;
}

async function tokenAt(request: Page["request"], at: string): Promise<string> {
  return /name="_token" value="([^"]+)"/.exec(await (await request.get(at)).text())?.[1] ?? "";
}

export const hotlinePages: readonly PageState[] = [
  { says: "a caller who was identified", route: call, who: "officer", at: identified, scriptBytes: 1500 },
  {
    says: "a request for help",
    route: "/console/hotline/tickets/:code",
    who: "officer",
    async at(walk) {
      await identified(walk);
      return walk.follow("officer", "/console/hotline?show=own", /^\/console\/hotline\/tickets\/HT-/);
    },
  },
  { says: "the desk of the hotline", route: "/console/hotline", who: "officer" },
  { says: "what recurs at the hotline", route: "/console/hotline/themes", who: "officer" },
];
