/**
 * The budgets of pages that a browser can tell (bytes, requests, script, LCP, CLS, TBT, INP on slow 3G with a processor
 * four times slower, the card without a network), and G19: a page of 50 rows against the same data as JSON, sides taking turns.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ownerOf } from "../src/db/connection.ts";
import { createPool } from "../src/db/pool.ts";
import { projectRoot } from "../src/db/root.ts";
import { forCommand, makeHouse } from "../src/house.ts";
import { parseEnvironment } from "../src/settings.ts";
import { PAGE_SIZE } from "../src/visits/rules-list.ts";
import { browserShell, wholeBrowser } from "../test/browsers.ts";
import {
  askFast,
  median,
  medianRatio,
  optionOf,
  type Side,
  takeTurns,
  tellAtMost,
  tellFigure,
  wordsOf,
} from "./harness.ts";
import { costOf, openBrowser, type PageCost } from "./pages-browser.ts";
import { type Opening, offlineOpening } from "./pages-offline.ts";
import { withinOneYear } from "./pages-store.ts";
import { fill, type SignedIn, signIn } from "./reads-store.ts";

const PERSONS = 200;
const VISITS_EACH = 50;
const SIGNED_IN = 50;
const CONNECTIONS = 8;
const SECONDS = 2;
const ROUNDS = optionOf("rounds") ?? 5;
const OPENINGS = 3;
/**
 * The whole browser reads every form for its filler and its keeper of passwords once the page has come: some 60 ms of
 * work on two fields, which four times slower is more than a whole page may block. That is no page's.
 */
const inWholeBrowser = wordsOf("browser")?.includes("whole") ?? false;

const portal = ["/", "/help", "/register", "/register/resume", "/sign-in", "/account/recovery"];
const account = ["/app", "/app/card", "/app/participation", "/app/benefits", "/app/visits", "/app/more"];

interface Budget {
  id: string;
  what: string;
  goal: { portal: number; account?: number };
  of(cost: PageCost): number;
}

const budgets: Budget[] = [
  { id: "weight", what: "text and styles, bytes compressed", goal: { portal: 14_336 }, of: (cost) => cost.bytes },
  { id: "style", what: "the whole style, bytes gzipped", goal: { portal: 12_288, account: 12_288 }, of: styleOf },
  {
    id: "requests",
    what: "requests before the first paint",
    goal: { portal: 2, account: 2 },
    of: (cost) => cost.requests,
  },
  { id: "script", what: "bytes of script", goal: { portal: 5000, account: 30_720 }, of: (cost) => cost.scriptBytes },
  { id: "LCP", what: "ms to the largest paint", goal: { portal: 2200, account: 2200 }, of: (cost) => cost.lcpMs },
  { id: "CLS", what: "layout shift", goal: { portal: 0.02, account: 0.02 }, of: (cost) => cost.cls },
  { id: "TBT", what: "ms of blocking", goal: { portal: 100, account: 100 }, of: (cost) => cost.tbtMs },
  {
    id: "INP",
    what: "ms from a press to the next paint",
    goal: { portal: 200, account: 200 },
    of: (cost) => cost.inpMs,
  },
];
const OFFLINE_GOAL_MS = 1000;

const folder = mkdtempSync(join(tmpdir(), "vssid-bench-"));
const environment = parseEnvironment({ VSSID_DATA_DIR: folder }, projectRoot);
if (!environment.ok) throw new Error(environment.faults.join("; "));
const house = await makeHouse(environment.value, forCommand);
const server = fork(fileURLToPath(new URL("./bench-pages-serve.js", import.meta.url)), [folder], {
  env: { ...process.env, NODE_ENV: "production" },
});
try {
  const owner = createPool(ownerOf(house), { log: house.log, size: 1, statementTimeoutMs: 0, asApp: false });
  await fill(owner, PERSONS, VISITS_EACH);
  await withinOneYear(owner);
  const people = await signIn(owner, SIGNED_IN, house.clock.now());
  await owner.end();
  const [{ port }] = (await once(server, "message")) as [{ port: number }];
  const parts: Record<string, (port: number, people: readonly SignedIn[]) => Promise<boolean>> = {
    offline: measureOffline,
    budgets: measureBudgets,
    G19: measureG19,
  };
  const only = wordsOf("only") ?? Object.keys(parts);
  const held: boolean[] = [];
  for (const [name, measure] of Object.entries(parts)) {
    if (only.includes(name)) held.push(await measure(port, people));
  }
  if (held.length === 0) throw new Error(`--only takes ${Object.keys(parts).join(", ")}`);
  process.exitCode = held.every(Boolean) ? 0 : 1;
} finally {
  if (server.exitCode === null) {
    const ended = once(server, "exit");
    server.kill();
    await ended;
  }
  await house.close();
  rmSync(folder, { recursive: true, force: true });
}

/** The second opening on the telephones of three people; the middle one is told. */
async function measureOffline(port: number, people: readonly SignedIn[]): Promise<boolean> {
  const browser = await openBrowser(wholeBrowser());
  const openings: Opening[] = [];
  try {
    for (const { token } of people.slice(0, OPENINGS)) {
      openings.push(await offlineOpening(browser, `http://127.0.0.1:${port}`, token));
    }
  } finally {
    await browser.close();
  }
  const middle = (of: (one: Opening) => number) => Math.round(median(openings.map(of)));
  return tellAtMost({
    id: "offline",
    what: "ms of the second opening without a network until the card's number can be read",
    value: middle(({ toBox, toCard }) => toBox + toCard),
    goal: OFFLINE_GOAL_MS,
    extra: `processor four times slower; ${middle(({ toBox }) => toBox)} to the box, ${middle(({ toCard }) => toCard)} from the PIN on`,
  });
}

async function measureBudgets(port: number, [person]: readonly SignedIn[]): Promise<boolean> {
  const browser = await openBrowser(inWholeBrowser ? wholeBrowser() : browserShell());
  const faces = { portal: [] as PageCost[], account: [] as PageCost[] };
  try {
    const root = `http://127.0.0.1:${port}`;
    // What the browser itself loads in its first minute is no page's.
    await costOf(browser, root);
    for (const path of portal) faces.portal.push(await calmest(() => costOf(browser, root + path)));
    for (const path of account) faces.account.push(await calmest(() => costOf(browser, root + path, person?.token)));
  } finally {
    await browser.close();
  }
  const told = (["portal", "account"] as const).flatMap((face) =>
    budgets.map((budget) => tellWorst(face, budget, faces[face])),
  );
  return told.every(Boolean);
}

/** What else ran on the machine makes an opening slow, never quick: the median of three in time, sizes are the same. */
async function calmest(open: () => Promise<PageCost>): Promise<PageCost> {
  const openings: PageCost[] = [];
  for (let at = 0; at < OPENINGS; at += 1) openings.push(await open());
  const [first] = openings;
  if (!first) throw new Error("nothing was opened");
  const middle = (of: (cost: PageCost) => number) => median(openings.map(of));
  return {
    ...first,
    lcpMs: Math.round(middle((cost) => cost.lcpMs)),
    tbtMs: Math.round(middle((cost) => cost.tbtMs)),
    inpMs: middle((cost) => cost.inpMs),
  };
}

/** The worst page of a face speaks for all of them. */
function tellWorst(face: "portal" | "account", { id, what, goal, of }: Budget, costs: readonly PageCost[]): boolean {
  const limit = goal[face];
  if (limit === undefined) return true;
  const worst = costs.toSorted((a, b) => of(b) - of(a))[0];
  if (!worst) throw new Error(`no page of the ${face}`);
  const extra = `${worst.path}, the worst of ${costs.length}`;
  return tellAtMost({ id, what: `${face}: ${what}`, value: of(worst), goal: limit, extra });
}

function styleOf({ styleBytes }: PageCost): number {
  return styleBytes;
}

async function measureG19(port: number, people: readonly SignedIn[]): Promise<boolean> {
  const asPage = requestsTo("/app/visits", people);
  const asJson = requestsTo("/bench/visits", people);
  await isWhole(port, asPage[0], /\/app\/visits\/[\w-]{36}"/g, PAGE_SIZE);
  await isWhole(port, asJson[0], /"visitId"/g, VISITS_EACH);
  const side = (name: string, requests: Asked[]): Side => ({
    name,
    turn: async () => (await askFast(port, { requests, connections: CONNECTIONS, seconds: SECONDS, folder })).perSecond,
  });
  const sides = [side("page", asPage), side("JSON", asJson)];
  await takeTurns(sides, 1);
  const speeds = await takeTurns(sides, ROUNDS);
  const [pages = [], json = []] = [speeds.get("page"), speeds.get("JSON")];
  return tellFigure({
    id: "G19",
    what: `page with ${PAGE_SIZE} of the ${VISITS_EACH} visits of a year, and their sums / the year's data as JSON`,
    value: medianRatio(pages, json),
    goal: 0.35,
    extra: `${Math.round(median(pages))} / ${Math.round(median(json))} req/s at ${CONNECTIONS} connections`,
  });
}

type Asked = { path: string; headers: Record<string, string> };

function requestsTo(path: string, people: readonly SignedIn[]): Asked[] {
  return people.map(({ token }) => ({ path, headers: { cookie: `vssid_session=${token}` } }));
}

/** An error page is quick: both sides must hold every row before they are timed. */
async function isWhole(port: number, asked: Asked | undefined, row: RegExp, count: number): Promise<void> {
  const reply = await fetch(`http://127.0.0.1:${port}${asked?.path}`, { headers: asked?.headers ?? {} });
  const rows = (await reply.text()).match(row)?.length ?? 0;
  if (rows !== count) throw new Error(`${asked?.path} holds ${rows} rows`);
}
