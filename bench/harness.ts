/** What benches share: sides that take turns, medians of their ratios, one line a figure. */
import { spawn } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { Agent, get } from "node:http";
import { join } from "node:path";

export interface Side {
  name: string;
  /** Requests a second in one turn. */
  turn(): Promise<number>;
}

/** Every round gives each side one turn, in an order that moves on by one; absolute figures wander, ratios do not. */
export async function takeTurns(sides: readonly Side[], rounds: number): Promise<Map<string, number[]>> {
  const speeds = new Map(sides.map((side) => [side.name, [] as number[]]));
  for (let round = 0; round < rounds; round += 1) {
    for (let at = 0; at < sides.length; at += 1) {
      const side = sides[(at + round) % sides.length];
      if (side) speeds.get(side.name)?.push(await side.turn());
    }
  }
  return speeds;
}

/** Median of the ratios round by round: what slowed one round slowed both sides. */
export function medianRatio(above: readonly number[], below: readonly number[]): number {
  return median(above.map((speed, round) => speed / (below[round] ?? Number.NaN)));
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** The number of `--name=5000` on the command line. */
export function optionOf(name: string): number | undefined {
  const given = process.argv.find((one) => one.startsWith(`--${name}=`));
  return given === undefined ? undefined : Number(given.slice(name.length + 3));
}

/** The words of `--name=R40,R43` on the command line. */
export function wordsOf(name: string): string[] | undefined {
  const given = process.argv.find((one) => one.startsWith(`--${name}=`));
  return given?.slice(name.length + 3).split(",");
}

export interface Figure {
  id: string;
  what: string;
  value: number;
  goal: number;
  extra: string;
}

/** "G4 list over HTTP / …: 1.31 (goal 0.90) held — 3,120 / 2,380 req/s". True when it held. */
export function tellFigure({ id, what, value, goal, extra }: Figure): boolean {
  const isHeld = value >= goal;
  console.log(`${id} ${what}: ${value.toFixed(2)} (goal ${goal.toFixed(2)}) ${isHeld ? "held" : "short"} — ${extra}`);
  return isHeld;
}

/** The same where less is better: held when the value is at most the goal. */
export function tellAtMost({ id, what, value, goal, extra }: Figure): boolean {
  const isHeld = value <= goal;
  const shown = Number.isInteger(value) ? String(value) : value.toFixed(2);
  console.log(`${id} ${what}: ${shown} (goal at most ${goal}) ${isHeld ? "held" : "short"} — ${extra}`);
  return isHeld;
}

export interface Load {
  /** Headers of each request, drawn in turn. */
  requests: readonly { path: string; headers: Record<string, string> }[];
  connections: number;
  seconds: number;
  folder: string;
}

export interface Answered {
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
}

/** Every answer must be a good one. By wrk where there is one, else by our own client. */
export async function askFast(port: number, load: Load): Promise<Answered> {
  const wrk = (process.env.PATH ?? "")
    .split(":")
    .map((folder) => join(folder, "wrk"))
    .find((path) => existsSync(path));
  return wrk ? askWithWrk(wrk, port, load) : askOurselves(port, load);
}

async function askWithWrk(wrk: string, port: number, load: Load): Promise<Answered> {
  const script = join(load.folder, `wrk-${port}.lua`);
  const requests = load.requests.map(({ path, headers }) => {
    const fields = Object.entries(headers).map(([name, value]) => `["${name}"]="${value}"`);
    return `wrk.format("GET", "${path}", {${fields.join(",")}})`;
  });
  // The requests are made once; the answers are checked, because an error is quick. Each turn begins elsewhere.
  writeFileSync(
    script,
    `local all = nil
local at = 0
function init(args) all = {${requests.join(",\n")}}; math.randomseed(os.time()); at = math.random(#all) end
function request() at = at % #all + 1; return all[at] end
function done(summary, latency, requests)
  local bad = summary.errors.status + summary.errors.read + summary.errors.write + summary.errors.timeout
  io.write(string.format("\\nFIGURE %d %d %d %d %d\\n", summary.requests, summary.duration, bad,
    latency:percentile(50), latency:percentile(99)))
end
`,
  );
  const address = `http://127.0.0.1:${port}/`;
  const args = ["-t1", `-c${load.connections}`, `-d${load.seconds}s`, "-s", script, address];
  const out = await run(wrk, args);
  const [count = 0, microseconds = 0, bad, p50 = 0, p99 = 0] = (/FIGURE ([\d ]+)/.exec(out)?.[1] ?? "")
    .split(" ")
    .map(Number);
  if (bad !== 0) throw new Error(`${bad ?? "no"} requests failed`);
  return { perSecond: (count / microseconds) * 1e6, p50Ms: p50 / 1000, p99Ms: p99 / 1000 };
}

function run(program: string, args: string[]): Promise<string> {
  return new Promise((done, fail) => {
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"] });
    let out = "";
    child.stdout.on("data", (chunk: Buffer) => {
      out += chunk.toString();
    });
    child.on("error", fail);
    child.on("close", (code) => (code === 0 ? done(out) : fail(new Error(`${program} ended with ${code}`))));
  });
}

async function askOurselves(port: number, load: Load): Promise<Answered> {
  const agent = new Agent({ keepAlive: true, maxSockets: load.connections });
  const startedAt = performance.now();
  const endsAt = startedAt + load.seconds * 1000;
  let count = Math.floor(Math.random() * load.requests.length);
  const tookMs: number[] = [];
  const one = (at: number) =>
    new Promise<void>((done, fail) => {
      const { path, headers } = load.requests[at % load.requests.length] ?? { path: "/", headers: {} };
      get({ host: "127.0.0.1", port, path, headers, agent }, (reply) => {
        reply.resume();
        reply.on("end", () =>
          reply.statusCode && reply.statusCode < 400 ? done() : fail(new Error("a request failed")),
        );
      }).on("error", fail);
    });
  const lane = async () => {
    while (performance.now() < endsAt) {
      count += 1;
      const askedAt = performance.now();
      await one(count);
      tookMs.push(performance.now() - askedAt);
    }
  };
  await Promise.all(Array.from({ length: load.connections }, lane));
  agent.destroy();
  const perSecond = (tookMs.length / (performance.now() - startedAt)) * 1000;
  const sorted = tookMs.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  return { perSecond, p50Ms: at(0.5), p99Ms: at(0.99) };
}
