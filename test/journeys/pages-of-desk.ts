import type { Page } from "@playwright/test";
import { type PageState, submit } from "./open-pages.ts";
import { traveller } from "./pages/desk.ts";
import { fileOf, type Walk } from "./signed-in.ts";

/** What goes beyond one file at the counter: files that change office, batches, records of one person, deaths. */
const waiting = "Đinh Văn K'Brôi";
const twoNumbers = "Nguyễn Thị Thắm";

const file = (act: string) => async (walk: Walk) => `${await fileOf(walk, waiting)}/${act}`;
const batch = (walk: Walk) => walk.follow("officer", "/console/batches", /^\/console\/batches\/\d+$/);
const report = (shelf: string) => (walk: Walk) =>
  walk.follow("officer", `/console/disputes?show=${shelf}`, /^\/console\/disputes\/[\w-]{36}$/);
const merge = (walk: Walk) => walk.follow("officer", "/console/merges", /^\/console\/merges\/\d+$/);

/** The address of a person's record, as the search leads there; asked beside the page, so that it stays where it is. */
async function person(walk: Walk, name = twoNumbers): Promise<string> {
  const { request } = await walk.pageOf("officer");
  const asked = await (await request.get("/console/persons")).text();
  const token = /name="_token" value="([^"]+)"/.exec(asked)?.[1] ?? "";
  const found = await request.post("/console/persons", { form: { _token: token, q: name } });
  return /href="(\/console\/persons\/[0-9a-f-]{36})"/.exec(await found.text())?.[1] ?? "";
}

const closed = (walk: Walk) => person(walk, "Ngô Quốc Bảo");
const flag = (walk: Walk) => walk.follow("chief", "/console/looks", /^\/console\/looks\/\d+$/);

async function search(page: Page): Promise<void> {
  await page.locator("[name=q]").fill(twoNumbers);
  await submit(page);
  await page.waitForLoadState();
}

const pair = async (walk: Walk) => walk.follow("officer", await person(walk), /\/with\//);

/** Declared for another office: its code alone is known here. */
async function elsewhere(walk: Walk): Promise<string> {
  const { request } = await walk.pageOf("stranger");
  const [day = "", month = "", year = ""] = traveller.birth;
  const data = {
    for: "self",
    paper: { kind: "cccd", number: traveller.idNumber },
    fullName: traveller.name,
    sex: 1,
    birth: `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`,
    insuranceNumber: traveller.insuranceNumber,
    phone: traveller.phone,
    address: { communeCode: "21952", street: "Thôn Mẫu 2" },
    officeCode: "52T02",
  };
  const drafted = await request.post("/api/v1/declarations", { data });
  const { code, accessToken } = (await drafted.json()) as { code: string; accessToken: string };
  const confirmed = await request.post(`/api/v1/declarations/${code}/confirmation`, {
    headers: { "x-file-token": accessToken },
    data: {},
  });
  if (confirmed.ok()) elsewhereCode = code;
  return elsewhereCode;
}
let elsewhereCode = "";

const bring = async (walk: Walk) => `/console/bring/${elsewhereCode || (await elsewhere(walk))}`;

async function recordNothing(page: Page): Promise<void> {
  await page.locator("main summary").last().click();
  await page.locator('main form[action$="/death"] button').click();
}

export const deskPages: PageState[] = [
  { says: "files that came and went", route: "/console/transfers", who: "officer" },
  { says: "the way to another office", route: "/console/files/:code/hand-over", who: "officer", at: file("hand-over") },
  {
    says: "the way to no office",
    route: "/console/files/:code/hand-over",
    who: "officer",
    at: file("hand-over"),
    post: (page) => page.locator('main form[method="post"] button').click(),
  },
  { says: "a form that names another office", route: "/console/bring/:code", who: "officer", at: bring },
  { says: "a form brought without a reason", route: "/console/bring/:code", who: "officer", at: bring, post: submit },
  { says: "the batches", route: "/console/batches", who: "officer" },
  { says: "a batch of nobody", route: "/console/batches", who: "officer", post: submit },
  { says: "an open batch", route: "/console/batches/:id", who: "officer", at: batch },
  { says: "a scan of nothing", route: "/console/batches/:id/lines", who: "officer", at: batch, post: submit },
  {
    says: "a file of a batch",
    route: "/console/files/:code",
    who: "officer",
    at: (walk) => fileOf(walk, "Lý Thị Sáu"),
  },
  { says: "the search of persons", route: "/console/persons", who: "officer" },
  { says: "a search of nobody", route: "/console/persons", who: "officer", post: submit },
  { says: "persons that were found", route: "/console/persons", who: "officer", status: 200, post: search },
  { says: "a person's record", route: "/console/persons/:person", who: "officer", at: person },
  {
    says: "a death without a day",
    route: "/console/persons/:person/death",
    who: "officer",
    at: person,
    post: recordNothing,
  },
  { says: "two records side by side", route: "/console/persons/:person/with/:other", who: "officer", at: pair },
  {
    says: "a record without a case",
    route: "/console/persons/:person",
    who: "officer",
    at: closed,
    status: 403,
  },
  { says: "unusual looks", route: "/console/looks", who: "chief" },
  { says: "an unusual look", route: "/console/looks/:id", who: "chief", at: flag },
  { says: "a verdict without grounds", route: "/console/looks/:id/verdict", who: "chief", at: flag, post: submit },
  { says: "the records of a file", route: "/console/files/:code/duplicates", who: "officer", at: file("duplicates") },
  { says: "the reported facts", route: "/console/disputes", who: "officer" },
  {
    says: "the reports that were answered",
    route: "/console/disputes",
    who: "officer",
    at: "/console/disputes?show=answered",
  },
  { says: "a reported fact", route: "/console/disputes/:id", who: "officer", at: report("open") },
  { says: "a report that was answered", route: "/console/disputes/:id", who: "officer", at: report("answered") },
  {
    says: "an answer without an outcome",
    route: "/console/disputes/:id/answer",
    who: "officer",
    at: report("open"),
    post: answerNothing,
  },
  { says: "the proposed merges", route: "/console/merges", who: "officer" },
  { says: "a proposed merge", route: "/console/merges/:id", who: "officer", at: merge },
];

async function answerNothing(page: Page): Promise<void> {
  await page.locator('form[action$="/answer"]').getByRole("button").click();
}
