/**
 * Lighthouse, as it judges a telephone, on the main pages: performance at least 98, accessibility and best practice 100,
 * the largest paint of the portal within 1.2 s. `--network=slow-3g`: performance at least 90 there.
 * It is 185 MB with what it needs, so it is no dependency of ours: a pinned one is put beside the other caches of
 * node_modules when this is asked for.
 */
import { execFile, fork } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { ownerOf } from "../src/db/connection.ts";
import { createPool } from "../src/db/pool.ts";
import { projectRoot } from "../src/db/root.ts";
import { forCommand, makeHouse } from "../src/house.ts";
import { parseEnvironment } from "../src/settings.ts";
import { browserShell } from "../test/browsers.ts";
import { median, optionOf, wordsOf } from "./harness.ts";
import { fill, signIn } from "./reads-store.ts";

const VERSION = "12.8.2";
const ROUNDS = optionOf("rounds") ?? 3;
const PERSONS = 20;
const VISITS_EACH = 20;
const LARGEST_REPORT = 64 * 1024 * 1024;
const isSlow = wordsOf("network")?.[0] === "slow-3g";
const goals = { performance: isSlow ? 90 : 98, accessibility: 100, "best-practices": 100 } as const;
/** 400 ms and 400 kbit/s, a processor four times slower; without it Lighthouse's own: slow 4G. */
const slow3g = ["rttMs=400", "throughputKbps=400", "cpuSlowdownMultiplier=4"].map((one) => `--throttling.${one}`);
const LARGEST_PAINT_MS = 1200;
type Category = keyof typeof goals;
const categories = Object.keys(goals) as Category[];

const open = ["/", "/register", "/sign-in", "/help", "/guides", "/guides/new", "/find", "/install"];
const own = ["/app", "/app/card", "/app/participation", "/app/benefits", "/app/visits", "/app/more"];

const run = promisify(execFile);
const TRIES_MAX = 3;
/** Without a window of its own where there is such a one: its tabs and buttons are pages too, and draw beside ours. */
const browser = browserShell();
const program = await install();
const folder = mkdtempSync(join(tmpdir(), "vssid-lighthouse-"));
const environment = parseEnvironment({ VSSID_DATA_DIR: folder }, projectRoot);
if (!environment.ok) throw new Error(environment.faults.join("; "));
const house = await makeHouse(environment.value, forCommand);
const server = fork(fileURLToPath(new URL("./bench-pages-serve.js", import.meta.url)), [folder], {
  env: { ...process.env, NODE_ENV: "production" },
});
try {
  const owner = createPool(ownerOf(house), { log: house.log, size: 1, statementTimeoutMs: 0, asApp: false });
  await fill(owner, PERSONS, VISITS_EACH);
  const [person] = await signIn(owner, 1, house.clock.now());
  await owner.end();
  const [{ port }] = (await once(server, "message")) as [{ port: number }];
  console.log(["page".padEnd(22), ...categories.map((name) => name.padStart(15)), "LCP ms".padStart(8)].join(""));
  const isHeld = [];
  for (const path of [...open, ...own]) {
    isHeld.push(await judge(`http://127.0.0.1:${port}${path}`, own.includes(path) ? person?.token : undefined));
  }
  process.exitCode = isHeld.every(Boolean) ? 0 : 1;
} finally {
  if (server.exitCode === null) {
    const ended = once(server, "exit");
    server.kill();
    await ended;
  }
  await house.close();
  rmSync(folder, { recursive: true, force: true });
}

/** Where the pinned program lies, brought there the first time. */
async function install(): Promise<string> {
  const home = join(projectRoot, "node_modules", ".cache", `lighthouse-${VERSION}`);
  const path = join(home, "node_modules", "lighthouse", "cli", "index.js");
  if (existsSync(path)) return path;
  console.log(`lighthouse ${VERSION} is put into ${home}, once`);
  const quiet = ["--no-audit", "--no-fund", "--no-save", "--omit=optional", "--ignore-scripts"];
  await run("npm", ["install", ...quiet, "--prefix", home, `lighthouse@${VERSION}`]);
  return path;
}

interface Report {
  categories: Record<Category, { score: number | null; auditRefs: { id: string; weight: number }[] }>;
  audits: Record<string, { title: string; score: number | null; numericValue?: number }>;
}

/** One line a page: the median of the rounds, and what is wanting. */
async function judge(address: string, token: string | undefined): Promise<boolean> {
  const reports: Report[] = [];
  for (let round = 0; round < ROUNDS; round += 1) reports.push(await report(address, token));
  const scores = categories.map((name) => Math.round(median(reports.map((one) => scoreOf(one, name)))));
  const short = categories.filter((name, at) => (scores[at] ?? 0) < goals[name]);
  const paint = Math.round(median(reports.map(paintOf)));
  const isLate = !isSlow && token === undefined && !(paint <= LARGEST_PAINT_MS);
  const faults = [...wanting(reports, short), ...(isLate ? [`LCP over ${LARGEST_PAINT_MS} ms`] : [])];
  const isHeld = short.length === 0 && !isLate;
  const verdict = isHeld ? "held" : `short: ${faults.join("; ")}`;
  const figures = [...scores.map((one) => String(one).padStart(15)), String(paint).padStart(8)];
  console.log([new URL(address).pathname.padEnd(22), ...figures, ` ${verdict}`].join(""));
  return isHeld;
}

function scoreOf({ categories: judged }: Report, name: Category): number {
  return 100 * (judged[name].score ?? 0);
}

function paintOf({ audits }: Report): number {
  return audits["largest-contentful-paint"]?.numericValue ?? Number.NaN;
}

function wanting([first]: readonly Report[], short: readonly Category[]): string[] {
  if (!first) return [];
  const ids = short.flatMap((name) => first.categories[name].auditRefs.filter(({ weight }) => weight > 0));
  return ids
    .map(({ id }) => first.audits[id])
    .flatMap((audit) => (audit && (audit.score ?? 1) < 0.9 ? [audit.title] : []));
}

/** A browser that once records no trace is asked again: that says nothing of the page. */
async function report(address: string, token: string | undefined): Promise<Report> {
  for (let left = TRIES_MAX - 1; ; left -= 1) {
    try {
      return await reportOnce(address, token);
    } catch (error) {
      if (left === 0 || !/recording the trace|NO_NAVSTART/.test(String((error as { stderr?: string }).stderr)))
        throw error;
    }
  }
}

/** Simulated, as Lighthouse does by itself. */
async function reportOnce(address: string, token: string | undefined): Promise<Report> {
  const session = token ? [`--extra-headers=${JSON.stringify({ Cookie: `vssid_session=${token}` })}`] : [];
  const asked = ["--output=json", "--quiet", `--only-categories=${categories.join(",")}`, ...(isSlow ? slow3g : [])];
  const { stdout } = await run(
    process.execPath,
    [program, address, ...asked, "--chrome-flags=--headless=new --no-sandbox", ...session],
    { maxBuffer: LARGEST_REPORT, env: { ...process.env, CHROME_PATH: browser } },
  );
  const told = JSON.parse(stdout) as Report & { runtimeError?: { message: string }; finalDisplayedUrl: string };
  if (told.runtimeError) throw new Error(`${address}: ${told.runtimeError.message}`);
  if (told.finalDisplayedUrl !== address) throw new Error(`${address} led to ${told.finalDisplayedUrl}`);
  return told;
}
