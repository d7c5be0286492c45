import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { openSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { test as base, type Page } from "@playwright/test";
import pg from "pg";
import { addressOf, type Connection, clientConfig, inDatabase } from "../../src/db/connection.ts";
import { projectRoot } from "../../src/db/root.ts";
import type { CastMember } from "../../src/seed/rules-cast.ts";
import { createDatabase, dropDatabase, type PgVersion, templateName } from "../clusters.ts";
import { type Citizen, type IdentityProvider, startIdentityProvider } from "../identity-provider.ts";
import { fileOfRun, noteMessages } from "../leaks/run.ts";
import { type PushService, startPushService } from "../push-service.ts";
import { clusterOf, storiesTemplate } from "./clusters-setup.ts";
import { dataDirOfStories, runCommand, secretOfStories, startOfStory } from "./command.ts";
import { type Mail, startProviders, type TextMessage } from "./providers.ts";

export { expect } from "@playwright/test";
export { registerFolder, startOfStory } from "./command.ts";

/** The built product as it is delivered: its own process, a database of its own, real mail and SMS sockets. */
export interface RunningApp {
  baseUrl: string;
  mails: Mail[];
  texts: TextMessage[];
  /** A text from this telephone to the number of refusals. */
  reply(from: string, text: string): Promise<void>;
  moveClock(iso: string, then?: Moved): Promise<void>;
  /**
   * One command of the operator on the same database; what it printed. Rejects when it ends badly. Staff who are added
   * are made up: they come with an authenticator, as the demo's own.
   */
  vssid(...args: string[]): Promise<string>;
  /** The made-up people of the demo and their sign-ins; none where the stories brought their own people. */
  cast(): Promise<CastMember[]>;
  /** What the authenticator of this member of staff shows now; it opens, also where it was used before. */
  digits(username: string): Promise<string>;
  /** The push service of the browsers, see test/push-service.ts. */
  push: PushService;
  /** What stands in the database, for whoever counts again. */
  rows<T extends object>(text: string, values?: readonly unknown[]): Promise<T[]>;
  /** From now on nobody answers there. */
  stopIdentityProvider(): Promise<void>;
}

/** `sweeps`: what the worker does each minute of real time is done at once. */
export interface Moved {
  sweeps?: boolean;
}

export interface StaffMember {
  username: string;
  password: string;
}

export interface JourneyOptions {
  postgres: PgVersion;
  /** Who is in the register before the server starts: the people of the stories, or nobody, and then the demo's. */
  people: "stories" | "demo";
  /** Who can sign in at an identity provider beside the system; nobody: there is none. */
  identities: { citizens: readonly Citizen[] };
}

/** BHXH cơ sở Tuy Phước. */
export const officeCode = "52T01";
const readyLimitMs = 60_000;

export const test = base.extend<Record<never, never>, JourneyOptions & { app: RunningApp; officer: StaffMember }>({
  postgres: ["pg18", { option: true, scope: "worker" }],
  people: ["stories", { option: true, scope: "worker" }],
  identities: [{ citizens: [] }, { option: true, scope: "worker" }],
  app: [
    async ({ postgres, people, identities }, use) => {
      const cluster = clusterOf(postgres);
      const name = `j_${randomUUID().replaceAll("-", "")}`;
      const dataDir = dataDirOfStories();
      await createDatabase(cluster, name, people === "stories" ? storiesTemplate : templateName);
      const providers = await startProviders();
      const push = await startPushService();
      const port = await freePort();
      const baseUrl = `http://127.0.0.1:${port}`;
      const identity = identities.citizens.length
        ? await startIdentityProvider(`${baseUrl}/sign-in/eid/return`, identities.citizens)
        : undefined;
      const env = {
        PORT: String(port),
        DATABASE_URL: addressOf(inDatabase(cluster, name)),
        SMTP_URL: providers.smtpUrl,
        SMPP_URL: providers.smppUrl,
        VSSID_PUSH_HOSTS: push.host,
        VSSID_DATA_DIR: dataDir,
        VSSID_SECRET: secretOfStories,
        VSSID_CLOCK: startOfStory,
        ...(identity ? eidEnv(identity) : {}),
      };
      const server = startServer(env);
      try {
        await becomesReady(server, baseUrl);
        const running: RunningApp = {
          baseUrl,
          mails: providers.mails,
          texts: providers.texts,
          reply: providers.reply,
          push,
          moveClock: (at, then) => moveClock(baseUrl, at, then),
          vssid: (...args) => runCommand(env, madeUp(args)),
          digits: (username) => digitsOf(inDatabase(cluster, name), baseUrl, username),
          cast: () => castOf(inDatabase(cluster, name)),
          rows: (text, values = []) => rowsOf(inDatabase(cluster, name), text, values),
          stopIdentityProvider: async () => identity?.stop(),
        };
        apps.set(new URL(baseUrl).port, running);
        await use(running);
      } finally {
        await stopServer(server);
        await providers.stop();
        const pushed = push.received.map(({ payload }) => payload);
        noteMessages(`journeys-${port}`, [...providers.mails, ...providers.texts, ...pushed]);
        await push.stop();
        await identity?.stop();
        await dropDatabase(cluster, name);
        rmSync(dataDir, { recursive: true, force: true });
      }
    },
    { scope: "worker", timeout: 2 * readyLimitMs },
  ],
  officer: [
    async ({ app }, use) => {
      const who = ["--username", "canbo.hanhtrinh", "--name", "Cao Thị Cẩm Bình"];
      const printed = await app.vssid("user", "add", ...who, "--role", "officer", "--office", officeCode);
      await use(JSON.parse(printed) as StaffMember);
    },
    { scope: "worker" },
  ],
  baseURL: async ({ app }, use) => use(app.baseUrl),
});

function eidEnv({ issuer, clientId, clientSecret }: IdentityProvider): Record<string, string> {
  return {
    VSSID_EID_ISSUER: issuer,
    VSSID_EID_CLIENT_ID: clientId,
    VSSID_EID_CLIENT_SECRET: clientSecret,
    VSSID_EID_LEVEL_CLAIM: "level",
  };
}

/** By port: whoever has only a page finds the system behind it. */
const apps = new Map<string, RunningApp>();

const madeUp = (args: string[]): string[] =>
  args.slice(0, 2).join(" ") === "user add" ? ["demo", "hire", ...args.slice(2)] : args;

/** The one way to the desk: name, password and the digits of the authenticator on one page. */
export async function signsInAtDesk(
  page: Page,
  { username, password }: StaffMember,
  at = "/console/sign-in",
): Promise<void> {
  await page.goto(at);
  const app = apps.get(new URL(page.url()).port);
  if (!app) throw new Error(`nobody runs ${page.url()}`);
  await page.locator("[name=username]").fill(username);
  await page.locator("[name=password]").fill(password);
  await page.locator("[name=code]").fill(await app.digits(username));
  await page.locator('form[action="/console/sign-in"] button.button').click();
  await page.waitForURL(({ pathname }) => pathname !== "/console/sign-in");
}

/** The clock of a story goes back and forth: its digits are taken again, as no clock of the world would have it. */
async function digitsOf(database: Connection, baseUrl: string, username: string): Promise<string> {
  const client = new pg.Client(clientConfig(database));
  await client.connect();
  try {
    await client.query(
      "update staff_authenticator set last_step = 0 where staff_id = (select staff_id from staff where username = $1)",
      [username],
    );
  } finally {
    await client.end();
  }
  const shown = await fetch(`${baseUrl}/dev/authenticators.json`);
  const members = (await shown.json()) as { username: string; digits: string }[];
  const found = members.find((member) => member.username === username);
  if (!found) throw new Error(`${username} is not among the made-up staff`);
  return found.digits;
}

async function castOf(database: Connection): Promise<CastMember[]> {
  const [cast] = await rowsOf<{ value: CastMember[] }>(
    database,
    "select value from setting where name = 'demo_cast'",
    [],
  );
  return cast?.value ?? [];
}

async function rowsOf<T extends object>(database: Connection, text: string, values: readonly unknown[]): Promise<T[]> {
  const client = new pg.Client(clientConfig(database));
  await client.connect();
  try {
    return (await client.query<T>(text, [...values])).rows;
  } finally {
    await client.end();
  }
}

function startServer(env: Record<string, string>): ChildProcess {
  const name = `journeys-${env.PORT}`;
  const [log, addresses] = [fileOfRun("log", name), fileOfRun("addresses", name)];
  const watched = addresses ? [`--import=${join(projectRoot, "test/leaks/addresses.mjs")}`] : [];
  return spawn(process.execPath, [...watched, join(projectRoot, "dist/main.js")], {
    env: {
      ...{ PATH: process.env.PATH ?? "", TZ: "UTC", VSSID_LOG_LEVEL: "info" },
      ...(addresses ? { VSSID_ADDRESSES: addresses } : {}),
      ...env,
    },
    stdio: ["ignore", log ? openSync(log, "a") : "ignore", "inherit"],
  });
}

async function becomesReady(server: ChildProcess, baseUrl: string): Promise<void> {
  const giveUpAt = Date.now() + readyLimitMs;
  while (server.exitCode === null && Date.now() < giveUpAt) {
    const answer = await fetch(`${baseUrl}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    await wait(50);
  }
  throw new Error("the server did not become ready; see its messages above");
}

async function stopServer(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  const ended = once(server, "exit");
  server.kill("SIGTERM");
  await ended;
}

async function moveClock(baseUrl: string, at: string, then: Moved = {}): Promise<void> {
  const answer = await fetch(`${baseUrl}/dev/clock`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ at, ...then }),
  });
  if (!answer.ok) throw new Error(`the clock could not be moved to ${at}: ${answer.status}`);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}
