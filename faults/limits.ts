/**
 * F27: a process of the web whose thread stands for two seconds, that gets no more open files, or no more memory, while
 * people read. It is not ready then, no answer ends in its middle as if it were whole, people are served by the other
 * process, and all is well again by itself. First a server that tells halves, and a health check of nobody, which must
 * be seen. Needs prlimit. --rounds=10.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { Agent, createServer, request, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { optionOf, tellAtMost } from "../bench/harness.ts";
import type { KeptProcess } from "./kept-process.ts";
import { LivesStand } from "./lives-stand.ts";
import { someAddress } from "./some-address.ts";
import { listen } from "./trials-sms.ts";
import { fillPeople, type People } from "./upgrade-store.ts";

const isSmall = process.argv.includes("--small");
const ROUNDS = optionOf("rounds") ?? (isSmall ? 1 : 10);
const STANDS_MS = 2000;
const HELD_MS = 3000;
const BACK_GOAL_MS = 10_000;
const LANES = 8;
const SPARE_FILES = 4;
const SPARE_BYTES = 8 * 2 ** 20;
const GIVE_UP_MS = 60_000;

const home = mkdtempSync(join(tmpdir(), "vssid-limits-"));
const standing = join(home, "standing.mjs");
// SIGUSR2: what somebody's long calculation does to the thread.
writeFileSync(
  standing,
  `process.on("SIGUSR2", () => { const end = performance.now() + ${STANDS_MS}; while (performance.now() < end); });`,
);
interface Fault {
  name: string;
  /** Whether or not somebody gets no answer meanwhile. */
  isAlwaysRed: boolean;
  /** Resolves when it is over. */
  break(web: KeptProcess): Promise<void>;
}

const faults: readonly Fault[] = [
  {
    name: `the thread stands for ${STANDS_MS} ms`,
    isAlwaysRed: true,
    async break(web) {
      web.kill("SIGUSR2");
      await wait(STANDS_MS);
    },
  },
  {
    name: `no more open files for ${HELD_MS} ms`,
    isAlwaysRed: true,
    break: (web) => limited(web, "nofile", filesOf(web.pid ?? 0) + SPARE_FILES, HELD_MS),
  },
  {
    name: `no more memory for ${HELD_MS} ms`,
    isAlwaysRed: false,
    break: (web) => limited(web, "as", addressesOf(web.pid ?? 0) + SPARE_BYTES, HELD_MS),
  },
];

const stand = new LivesStand();
try {
  if (spawnSync("prlimit", ["--version"]).status !== 0) {
    console.log("F27: no prlimit: short");
    process.exitCode = 1;
  } else {
    const env = { NODE_OPTIONS: `--import=${pathToFileURL(standing).href}` };
    await stand.open({ webs: 2, workers: 0, officers: 0, env });
    process.exitCode = (await play()) ? 0 : 1;
  }
} finally {
  await stand.close();
  rmSync(home, { recursive: true, force: true });
}

async function play(): Promise<boolean> {
  const people = await fillPeople(stand.owner, stand.house, { persons: 1000, membersCount: 10 });
  const held = [await tellPlanted(people)];
  for (const fault of faults) held.push(await playFault(fault, people));
  return held.every(Boolean);
}

/** The limit is that of the process: one that ends for want of it begins anew without. */
async function limited(web: KeptProcess, what: "nofile" | "as", most: number, ms: number): Promise<void> {
  const { pid } = web;
  const before = spawnSync(
    "prlimit",
    ["--pid", String(pid), `--${what}`, "--raw", "--noheadings", "--output=SOFT,HARD"],
    {
      encoding: "utf8",
    },
  );
  const [soft = "unlimited"] = before.stdout.trim().split(/\s+/);
  const set = (value: string) =>
    spawnSync("prlimit", ["--pid", String(pid), `--${what}=${value}:`], { stdio: "ignore" });
  set(String(most));
  await wait(ms);
  if (web.pid === pid) set(soft);
}

function filesOf(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).length;
}

function addressesOf(pid: number): number {
  const kilobytes = /^VmSize:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kilobytes) * 1024;
}

async function playFault({ name, isAlwaysRed, break: act }: Fault, people: People): Promise<boolean> {
  let slowest = 0;
  let lied = 0;
  let ended = 0;
  const seen = newSeen();
  const served = newSeen();
  for (let round = 0; round < ROUNDS; round += 1) {
    const web = stand.webs[round % stand.webs.length] as KeptProcess;
    const pid = web.pid;
    const reading = [readOn(web.port, people, seen), readOn(stand.balancer.port, people, served)];
    await wait(500);
    const isRed = redWithin(web, HELD_MS + 3000);
    const before = seen.cut + seen.refused;
    await act(web);
    const overAt = performance.now();
    if (!(await isRed) && (isAlwaysRed || seen.cut + seen.refused > before)) lied += 1;
    while (!(await isGood(web.port)) && performance.now() - overAt < GIVE_UP_MS) await wait(20);
    slowest = Math.max(slowest, performance.now() - overAt);
    await wait(500);
    if (web.pid !== pid) ended += 1;
    await Promise.all(reading.map(({ end }) => end()));
  }
  const { whole, refused, cut, halves } = seen;
  const extra = `${whole} whole, ${refused} refused, ${cut} without an answer; ${ended} times it ended and began anew`;
  const failed = served.refused + served.cut + served.halves.length;
  console.log(`  ${name}: of ${served.whole + failed} answers through the proxy ${failed} were none`);
  for (const half of [...halves, ...served.halves].slice(0, 5)) console.log(`  half: ${half}`);
  const tell = (what: string, value: number, goal: number, more = extra) =>
    tellAtMost({ id: "F27", what: `${name}: ${what}`, value, goal, extra: more });
  return [
    tell("times it was ready and did not answer", lied, 0),
    tell("answers that ended in their middle as if they were whole", halves.length + served.halves.length, 0),
    tell("ms until it is ready again", Math.round(slowest), BACK_GOAL_MS),
  ].every(Boolean);
}

/** A look by somebody new each time, as a proxy's after its line was lost; silence for a second is no. */
async function isGood(port: number): Promise<boolean> {
  const agent = new Agent({ keepAlive: false });
  const reply = await get(port, "/readyz?brief", {}, agent, 1000);
  agent.destroy();
  return reply?.status === 200;
}

async function redWithin(web: KeptProcess, ms: number): Promise<boolean> {
  const endsAt = performance.now() + ms;
  while (performance.now() < endsAt) {
    if (!(await isGood(web.port))) return true;
    await wait(50);
  }
  return false;
}

interface Seen {
  whole: number;
  /** 503 and the like, whole. */
  refused: number;
  /** No answer, or one whose line broke: whoever asked knows it. */
  cut: number;
  halves: string[];
}

function newSeen(): Seen {
  return { whole: 0, refused: 0, cut: 0, halves: [] };
}

/** Pages, records and the start of a session, over lines that stay open and new ones. */
function readOn(port: number, people: Pick<People, "readers">, seen: Seen): { end(): Promise<void> } {
  let isOn = true;
  let nth = 0;
  const lane = async (at: number) => {
    const agent = new Agent({ keepAlive: at % 2 === 0 });
    while (isOn) {
      nth += 1;
      const authorization = `Bearer ${people.readers[nth % people.readers.length]}`;
      const path = ["/api/v1/me/visits", "/", "/sign-in", "/api/v1/me"][nth % 4] ?? "/";
      const isProgram = path.startsWith("/api");
      const reply = await get(port, path, isProgram ? { authorization } : {}, agent, 8000);
      if (!reply) seen.cut += 1;
      else if (!isWhole(reply.text, isProgram)) seen.halves.push(`${path} ${reply.status} ${reply.text.slice(-60)}`);
      else if (reply.status === 200) seen.whole += 1;
      else seen.refused += 1;
      await wait(reply ? 5 : 50);
    }
    agent.destroy();
  };
  const running = Promise.all(Array.from({ length: LANES }, (_, at) => lane(at)));
  return {
    async end() {
      isOn = false;
      await running;
    },
  };
}

function isWhole(text: string, isProgram: boolean): boolean {
  if (!isProgram) return /<\/html>\s*$/.test(text);
  try {
    return typeof JSON.parse(text) === "object";
  } catch {
    return false;
  }
}

/** Undefined: none, or not to its end. */
function get(
  port: number,
  path: string,
  headers: Record<string, string>,
  agent: Agent,
  limitMs: number,
): Promise<{ status: number; text: string } | undefined> {
  return new Promise((done) => {
    const asked = request(
      { host: "127.0.0.1", port, path, agent, headers: { ...headers, "x-forwarded-for": someAddress() } },
      (reply) => {
        let text = "";
        reply.setEncoding("utf8");
        reply.on("data", (chunk: string) => {
          text += chunk;
        });
        reply.on("close", () => done(reply.complete ? { status: reply.statusCode ?? 0, text } : undefined));
        reply.on("error", () => done(undefined));
      },
    );
    asked.setTimeout(limitMs, () => asked.destroy());
    asked.on("error", () => done(undefined));
    asked.end();
  });
}

/** Halves told as wholes are counted, and a port behind which nobody is, is not ready. */
async function tellPlanted(people: People): Promise<boolean> {
  const liar: Server = createServer((_asked, reply) => reply.end('{"visits": [{"id": "1"'));
  const port = await listen(liar);
  const seen = newSeen();
  const reading = readOn(port, people, seen);
  await wait(200);
  await reading.end();
  liar.closeAllConnections();
  await new Promise((done) => liar.close(done));
  const isSeen = seen.halves.length > 0 && seen.whole === 0 && !(await isGood(port));
  console.log(`F27 planted: ${seen.halves.length} halves and nobody at the door: ${isSeen ? "held" : "short"}`);
  return isSeen;
}
