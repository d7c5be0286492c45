/**
 * Hostile requests over real sockets against every address, as everybody who can ask: whatever comes, no fault of ours,
 * nothing of our inside, nobody else's data, no hang, and the process lives on with bounded memory.
 * `bin/faults hostile --requests=100000 --seed=1`; each failure is told with the seed that plays it again
 * (`--seed=4711 --requests=1`). Needs /proc.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { optionOf } from "../bench/harness.ts";
import { routeFinder } from "./hostile-address.ts";
import { type ApiDocument, type Base, basesOfDocument } from "./hostile-bases.ts";
import { canariesOfCast } from "./hostile-cast.ts";
import type { Answer } from "./hostile-judge.ts";
import { type Silence, shootAll, walk } from "./hostile-run.ts";
import type { Session, Shot } from "./hostile-shots.ts";

export interface Prepared {
  routeNames: readonly string[];
  sessions: Record<string, Session>;
  bases: Base[];
  foreign: string[];
}
export interface Question {
  id: number;
  renew?: string;
  /** Opens every file that is kept. */
  opensKept?: true;
}

const SLOWEST_MS = 2000;
const PEAK_MB_MAX = 1024;
const AT_ONCE = 4;
const PAGES_EACH = 120;
const ALONE_MS = 20_000;

/** A short run cannot come by everywhere. */
const missable = (requests: number) => (requests >= 50_000 ? 0 : Number.MAX_SAFE_INTEGER);
const alive: Shot = { seed: 0, actor: "", method: "GET", url: "/readyz", headers: {}, isRaw: false };
let asked = 0;

const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
const folder = mkdtempSync(join(tmpdir(), "vssid-hostile-"));
const server = fork(fileURLToPath(new URL("./faults-hostile-serve.js", import.meta.url)), [folder], {
  env: { ...process.env, NODE_ENV: "production" },
});
try {
  const [{ port, prepared }] = (await once(server, "message")) as [{ port: number; prepared: Prepared }];
  process.exitCode = (await runAll(port, prepared)) ? 0 : 1;
} finally {
  agent.destroy();
  if (server.exitCode === null) {
    const ended = once(server, "exit");
    server.disconnect();
    await ended;
  }
  rmSync(folder, { recursive: true, force: true });
}

async function runAll(port: number, { routeNames, sessions, bases: ofTable, foreign }: Prepared): Promise<boolean> {
  const routeOf = routeFinder(routeNames);
  const send = (shot: Shot) => (shot.isRaw ? cutOff(port, shot) : ask(port, shot));
  const document = await documentOf(port);
  const bases = [...ofTable];
  for (const actor of Object.keys(sessions)) {
    bases.push(...basesOfDocument(document, actor, foreign));
    const from = ofTable.filter((one) => one.actor === actor && one.method === "GET" && one.kind === "page");
    const pages = await walk({ send, sessions, routeOf }, actor, ["/", ...from.map(({ url }) => url)], PAGES_EACH);
    bases.push(...pages);
  }
  const requests = optionOf("requests") ?? 100_000;
  const firstSeed = optionOf("seed") ?? 1;
  console.log(`hostile: ${bases.length} whole requests to change, ${requests} hostile ones from seed ${firstSeed} on`);
  const startedAt = performance.now();
  const { faults, answers, routes, slowest } = await shootAll({
    ...{ firstSeed, requests, atOnce: AT_ONCE, slowestMs: SLOWEST_MS, bases, foreign, sessions, routeOf, send },
    canaries: canariesOfCast(foreign),
    renew: async (actor) => (await tellServer<{ session: Session }>({ renew: actor })).session,
    tell: (done) => {
      if (done % 10_000 === 0) console.log(`${done} sent`);
    },
  });
  for (const fault of faults) console.log(fault);
  const seconds = (performance.now() - startedAt) / 1000;
  const { peakMb, isPolluted } = await tellServer<{ peakMb: number; isPolluted: boolean }>({});
  const isAlive = server.exitCode === null && (await statusOf(port)) === 200;
  const counts = [...answers].toSorted(([a], [b]) => a - b).map(([status, times]) => `${status || "none"}: ${times}`);
  console.log(`answers ${counts.join(", ")}; ${(requests / seconds).toFixed(0)} a second`);
  const missed = routeNames.filter((name) => !routes.has(name));
  return [
    figure("answers that are faults", faults.length, 0),
    figure(`addresses never asked, of ${routeNames.length}${named(missed)}`, missed.length, missable(requests)),
    figure(`slowest answer in ms: ${slowest.what}`, Math.round(slowest.ms), SLOWEST_MS),
    figure("most memory of the server in MB", peakMb, PEAK_MB_MAX),
    figure("process gone, or its prototypes polluted", Number(!isAlive) + Number(isPolluted), 0),
  ].every(Boolean);
}

/** A few of them by name; hundreds would say nothing. */
function named(missed: readonly string[]): string {
  return missed.length > 0 && missed.length < 9 ? ` (${missed.join(", ")})` : "";
}

function figure(what: string, value: number, most: number): boolean {
  const isHeld = value <= most;
  const goal = most === Number.MAX_SAFE_INTEGER ? "no goal" : `at most ${most}`;
  console.log(`hostile ${what}: ${value} (${goal}) ${isHeld ? "held" : "short"}`);
  return isHeld;
}

async function statusOf(port: number): Promise<number> {
  const heard = await ask(port, alive);
  return "ended" in heard ? 0 : heard.status;
}

async function documentOf(port: number): Promise<ApiDocument> {
  const heard = await ask(port, { ...alive, url: "/api/openapi.json" });
  if ("ended" in heard) throw new Error(`no document of the API: ${heard.ended}`);
  return JSON.parse(heard.body) as ApiDocument;
}

function tellServer<T>(question: Omit<Question, "id">): Promise<T> {
  asked += 1;
  const id = asked;
  server.send({ id, ...question });
  return new Promise((done) => {
    const hear = (said: { id?: number }) => {
      if (said.id !== id) return;
      server.off("message", hear);
      done(said as T);
    };
    server.on("message", hear);
  });
}

/** A line kept open that the server closed meanwhile says nothing of this request: it goes again on one of its own. */
async function ask(port: number, shot: Shot): Promise<Answer | Silence> {
  const { heard, wasReused } = await askOn(port, shot, agent);
  return "ended" in heard && wasReused ? (await askOn(port, shot, new Agent())).heard : heard;
}

function askOn(port: number, { method, url: path, headers, payload }: Shot, line: Agent) {
  const length = payload && !headers["transfer-encoding"] ? { "content-length": String(payload.length) } : {};
  return new Promise<{ heard: Answer | Silence; wasReused: boolean }>((done) => {
    const startedAt = performance.now();
    const asked = { host: "127.0.0.1", port, path, method, agent: line, headers: { ...headers, ...length } };
    const call = request(asked, (reply) => {
      const chunks: Buffer[] = [];
      const { statusCode: status = 0, headers: held } = reply;
      const end = () => {
        const heard = {
          status,
          headers: held,
          body: Buffer.concat(chunks).toString("utf8"),
          ms: performance.now() - startedAt,
        };
        done({ heard, wasReused: false });
      };
      reply.on("data", (chunk: Buffer) => chunks.push(chunk));
      // Refused before all was sent: the head is the answer.
      reply.on("error", end);
      reply.on("end", end);
    });
    call.setTimeout(ALONE_MS, () => call.destroy(new Error("no answer in time")));
    call.on("error", (error: NodeJS.ErrnoException) =>
      done({ heard: { ended: error.code ?? error.message }, wasReused: call.reusedSocket }),
    );
    call.end(payload);
  });
}

/** The head, a part of the body that it promises, and then the line is cut. */
function cutOff(port: number, { method, url, headers, payload = Buffer.alloc(0) }: Shot): Promise<Silence> {
  return new Promise((done) => {
    const socket = connect(port, "127.0.0.1");
    const lines = Object.entries(headers).flatMap(([name, held]) => [held].flat().map((one) => `${name}: ${one}`));
    const head = [`${method} ${url} HTTP/1.1`, "host: 127.0.0.1", `content-length: ${payload.length + 100}`, ...lines];
    socket.on("error", () => done({ ended: "cut" }));
    socket.on("close", () => done({ ended: "cut" }));
    socket.write(`${head.join("\r\n")}\r\n\r\n`);
    socket.write(payload.subarray(0, Math.floor(payload.length / 2)), () => setTimeout(() => socket.destroy(), 5));
  });
}
