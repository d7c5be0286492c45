import { Agent, request as ask } from "node:http";
import type { Browser, Page } from "@playwright/test";
import { expect, type RunningApp, type StaffMember } from "../journeys/fixtures.ts";
import { accept, attach, find, receive, sitDown } from "../journeys/pages/counter.ts";
import { answerAll, confirm } from "../journeys/pages/declare.ts";
import { passwordIn, textsTo } from "../journeys/pages/messages.ts";
import { idCard } from "../journeys/pages/pictures.ts";
import { activate, activationOf } from "../journeys/pages/secrets.ts";
import type { DrivePerson } from "./people.ts";

/** People of the lists register: some by the pages, with an officer at the counter; the others by the API. */
const chosen = "con thuyen nho tren dong song xanh";

export async function registerInBrowser(
  { app, browser, officer }: { app: RunningApp; browser: Browser; officer: StaffMember },
  people: readonly DrivePerson[],
): Promise<void> {
  const counter = await sitDown(browser, officer);
  const picture = await idCard();
  for (const person of people) {
    const context = await browser.newContext({ baseURL: app.baseUrl });
    const page = await context.newPage();
    await answerAll(page, person);
    const code = await confirm(page);
    await find(counter, code, person.name);
    await receive(counter, "original", "signed", "face");
    await attach(counter, picture);
    await accept(counter);
    await activate(page, person, await activationOf(app, person), chosen);
    await context.close();
  }
  await counter.context().close();
}

/** An officer holds three files at the most. */
const LANES = 3;

type Answer = { status: number; body: Record<string, unknown> };

/** Each asks from a place of their own, as people do; what one place may ask in a minute stays as it is. */
function caller(app: RunningApp) {
  const { hostname, port } = new URL(app.baseUrl);
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  let calls = 0;
  return (method: string, path: string, data: object | URLSearchParams, headers: Record<string, string> = {}) => {
    calls += 1;
    const isForm = data instanceof URLSearchParams;
    const body = isForm ? data.toString() : JSON.stringify(data);
    const type = isForm ? "application/x-www-form-urlencoded" : "application/json";
    const from = `127.0.${1 + Math.floor((calls % 5000) / 250)}.${1 + (calls % 250)}`;
    return new Promise<Answer>((done, failed) => {
      const sent = ask(
        {
          ...{ hostname, port, method, path, agent, localAddress: from },
          headers: { ...headers, "content-type": type },
        },
        (answer) => {
          let text = "";
          answer.setEncoding("utf8").on("data", (part: string) => {
            text += part;
          });
          const isJson = /json/.test(answer.headers["content-type"] ?? "");
          answer.on("end", () => done({ status: answer.statusCode ?? 0, body: isJson ? JSON.parse(text) : {} }));
        },
      );
      sent.on("error", failed);
      sent.end(body);
    });
  };
}

/** How far a person of the crowd goes. */
export type Step = "declared" | "handed_in" | "approved" | "signed_in";

export async function registerByApi(
  app: RunningApp,
  counter: Page,
  crowd: readonly { person: DrivePerson; until: Step }[],
): Promise<void> {
  const call = caller(app);
  const cookies = await counter.context().cookies();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  const staff = { cookie, origin: app.baseUrl };
  const token = await counter.locator("[name=_token]").first().inputValue();
  await inLanes(crowd, async ({ person, until }) => {
    const drafted = await good(call("POST", "/api/v1/declarations", declarationOf(person)));
    const code = String(drafted.code);
    const opens = { "x-file-token": String(drafted.accessToken) };
    await good(call("POST", `/api/v1/declarations/${code}/confirmation`, {}, opens));
    if (until === "declared") return;
    const paper = { kind: "cccd", number: person.idNumber, name: person.name, birth: isoOf(person) };
    const seen = { paper, originalSeen: true, formSigned: true, faceMatches: true, copyKept: true };
    await good(call("POST", `/api/v1/declarations/${code}/reception`, seen, staff));
    if (until === "handed_in") {
      // Nobody may hold more than three files: this one waits for the next officer.
      await good(call("POST", `/console/files/${code}/release`, new URLSearchParams({ _token: token }), staff));
      return;
    }
    await good(call("POST", `/api/v1/declarations/${code}/acceptance`, {}, staff));
  });
  const signing = crowd.filter(({ until }) => until === "signed_in");
  await inLanes(signing, async ({ person }) => {
    const issued = await passwordTo(app, person);
    const opened = await good(call("POST", "/api/v1/session", { login: person.insuranceNumber, password: issued }));
    const bearer = { authorization: `Bearer ${opened.token}` };
    const words = { currentPassword: issued, newPassword: chosen };
    await good(call("PUT", "/api/v1/account/password", words, bearer));
  });
}

async function passwordTo(app: RunningApp, person: DrivePerson): Promise<string> {
  const texts = () => textsTo(app, person.phone, /duoc chap nhan/);
  await expect.poll(() => texts().length, { timeout: 300_000 }).toBeGreaterThan(0);
  return passwordIn(texts()[0]?.text ?? "");
}

async function good(asked: Promise<Answer>): Promise<Record<string, unknown>> {
  const { status, body } = await asked;
  if (status >= 400) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body;
}

async function inLanes<T>(things: readonly T[], work: (thing: T) => Promise<void>): Promise<void> {
  const left = [...things];
  const lane = async () => {
    for (let next = left.shift(); next; next = left.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

const isoOf = ({ birth: [day, month, year] }: DrivePerson) =>
  `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;

const declarationOf = (person: DrivePerson) => ({
  for: "self",
  paper: { kind: "cccd", number: person.idNumber },
  fullName: person.name,
  sex: person.sex === "Nam" ? 1 : 2,
  birth: isoOf(person),
  insuranceNumber: person.insuranceNumber,
  phone: person.phone,
  address: { communeCode: "21952", street: "Thôn Mẫu 2" },
  officeCode: "52T01",
});
