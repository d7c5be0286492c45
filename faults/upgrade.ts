/**
 * R46 (F22, F23): two processes of version N serve behind a proxy; the migrations of N+1 are applied while they do and
 * while a report reads for a minute; a process of N starts again beside the newer schema; processes of N+1 join, those of N leave; then processes are
 * restarted in turn. N+1 is the present tree with `--migrations` more that only add and other names of scripts. Last,
 * the real migrations are replayed (upgrade-history.ts). A short one: --restarts=3 --rate=40 --reader=5.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { optionOf, tellAtMost, tellFigure } from "../bench/harness.ts";
import { embeddedBinaries } from "../src/db/binaries.ts";
import { addressOf, type Connection, inDatabase } from "../src/db/connection.ts";
import { startCluster } from "../src/db/embedded.ts";
import { migrate } from "../src/db/migrate.ts";
import { createPool } from "../src/db/pool.ts";
import { projectRoot } from "../src/db/root.ts";
import { forCommand, makeHouse } from "../src/house.ts";
import { fakeSmsc } from "../src/notices/providers.fixture.ts";
import { parseEnvironment } from "../src/settings.ts";
import { newRingText } from "../src/vault/ring-file.ts";
import { openBalancer } from "./upgrade-balancer.ts";
import { replayHistory } from "./upgrade-history.ts";
import { Load } from "./upgrade-load.ts";
import {
  busyTables,
  freePort,
  layRelease,
  makeNext,
  missingScripts,
  type Running,
  startRelease,
} from "./upgrade-stand.ts";
import { countLooks, fillPeople, type People, readLong } from "./upgrade-store.ts";

const RATE = optionOf("rate") ?? 200;
const RESTARTS = optionOf("restarts") ?? 50;
const MIGRATIONS = optionOf("migrations") ?? 30;
const READER_MS = (optionOf("reader") ?? 60) * 1000;
const GRACE_SECONDS = 2;
const DRAIN_GOAL_MS = 10_000;
const P99_GOAL_MS = 500;
const LOOKS_MS = 1500;
/** Nothing changes: what this machine makes of the rate by itself. */
const QUIET_MS = 15_000;

const folder = mkdtempSync(join(tmpdir(), "vssid-upgrade-"));
const ring = join(folder, "ring.json");
writeFileSync(ring, newRingText(), { mode: 0o600 });
const cluster = await startCluster({ binDir: embeddedBinaries(), dataDir: join(folder, "pg") });
const smsc = await fakeSmsc();
const running = new Set<Running>();
const drains: { tookMs: number; code: number | null }[] = [];
try {
  const live = await makeDatabase("vssid");
  const held = [...(await changeVersions(live)), await history(await makeDatabase("history"))];
  process.exitCode = held.every(Boolean) ? 0 : 1;
} finally {
  for (const { child } of running) child.kill("SIGKILL");
  await smsc.stop();
  await cluster.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function makeDatabase(name: string): Promise<Connection> {
  const pool = createPool(cluster.connection, { log: console as never, size: 1, asApp: false, statementTimeoutMs: 0 });
  await pool.query(`create database ${name}`);
  await pool.end();
  return inDatabase(cluster.connection, name);
}

async function changeVersions(connection: Connection): Promise<boolean[]> {
  const env = environmentFor(connection);
  const parsed = parseEnvironment(env, projectRoot);
  if (!parsed.ok) throw new Error(parsed.faults.join("; "));
  const house = await makeHouse(parsed.value, forCommand);
  const owner = createPool(connection, { log: house.log, size: 4, statementTimeoutMs: 0, asApp: false });
  const people = await fillPeople(owner, house);
  const old = layRelease(join(folder, "n"));
  const next = layRelease(join(folder, "n+1"));
  makeNext(next, MIGRATIONS);
  const balancer = await openBalancer();
  const start = async (release: string) => {
    const one = await startRelease(release, await freePort(), env);
    running.add(one);
    balancer.add(one.port);
    while (balancer.ready() < running.size) await wait(50);
    return one;
  };
  const end = async (one: Running) => {
    drains.push(await one.end());
    running.delete(one);
    balancer.remove(one.port);
  };
  const [first, second] = [await start(old), await start(old)];
  const load = new Load(balancer.port, people);
  const loading = load.run(RATE);
  console.log(`  … two processes of N serve ${RATE} requests a second`);
  load.goesThrough("nothing");
  await wait(QUIET_MS);
  load.goesThrough("migrations");
  const reading = readLong(owner, busyTables, wait(READER_MS));
  const applied = await migrate(connection, next);
  await reading;
  console.log(`  … ${applied.length} migrations of N+1 are in, with a reader of ${READER_MS / 1000} s in the way`);
  load.goesThrough("the change of version");
  await end(first);
  const again = await start(old);
  const third = await start(next);
  const missing = [...(await missingScripts(next, again.port)), ...(await missingScripts(old, third.port))];
  const heard = await signedOutSeconds(people, again.port, third.port);
  await end(second);
  await end(again);
  await start(next);
  console.log("  … N has left");
  load.goesThrough("restarts");
  for (let at = 0; at < RESTARTS; at += 1) {
    const [longest] = running;
    if (longest) await end(longest);
    await start(next);
  }
  load.stop();
  await loading;
  for (const one of [...running]) await end(one);
  await wait(LOOKS_MS);
  const looks = await countLooks(owner);
  await owner.end();
  await house.close();
  await balancer.close();
  return tell(load, applied.length, looks, missing, heard);
}

function environmentFor(connection: Connection): Record<string, string> {
  return {
    VSSID_PROFILE: "production",
    VSSID_SECRET: Buffer.alloc(32, 7).toString("base64"),
    VSSID_DATA_DIR: folder,
    VSSID_KEY_RING: ring,
    VSSID_PROXIES: "127.0.0.1",
    VSSID_LEAVE_SECONDS: String(GRACE_SECONDS),
    DATABASE_URL: addressOf(connection),
    SMPP_URL: smsc.url,
    SMTP_URL: "smtp://127.0.0.1:1",
  };
}

/** Signs in at one process, out at the other: how long the first still lets that session in, at most. */
async function signedOutSeconds(people: People, one: number, other: number): Promise<number> {
  const at = (port: number, path: string) => `http://127.0.0.1:${port}/api/v1/${path}`;
  const headers = { "content-type": "application/json", "x-forwarded-for": "10.9.9.9" };
  const body = JSON.stringify(people.members[0]);
  const { token } = (await (await fetch(at(one, "session"), { method: "POST", headers, body })).json()) as {
    token: string;
  };
  const bearer = { authorization: `Bearer ${token}`, "x-forwarded-for": "10.9.9.9" };
  await fetch(at(one, "me"), { headers: bearer });
  await fetch(at(other, "session"), { method: "DELETE", headers: bearer });
  const outAt = performance.now();
  while ((await fetch(at(one, "me"), { headers: bearer })).ok && performance.now() < outAt + 20_000) await wait(50);
  return (performance.now() - outAt) / 1000;
}

function tell(load: Load, applied: number, looks: number, missing: readonly string[], heard: number): boolean[] {
  const { asked, failures, tookMs, goodReads } = load.seen;
  const total = Object.values(asked).reduce((sum, one) => sum + one, 0);
  const why = [...failures].map(([what, count]) => `${count} × ${what}`).join(", ") || "none";
  const sum = (entries: [string, number][]) => entries.reduce((all, [, count]) => all + count, 0);
  const p99 = percentiles(tookMs);
  const slowKinds = [...load.seen.slow].map(([kind, count]) => `${count} ${kind}`).join(", ") || "none";
  const mix = Object.entries(asked).map(([kind, count]) => `${count} ${kind}`);
  const slowest = Math.max(...drains.map((one) => one.tookMs));
  const bad = drains.filter(({ code }) => code !== 0).length;
  const of = `${applied} migrations, ${drains.length} processes that left, ${total} requests at ${RATE}/s (${mix.join(", ")})`;
  return [
    tellAtMost({ id: "R46", what: "failed requests", value: sum([...failures]), goal: 0, extra: `${of}: ${why}` }),
    tellAtMost({
      ...{ id: "R46", what: "cut uploads", goal: 0 },
      value: sum([...failures].filter(([what]) => what.startsWith("upload"))),
      extra: `of ${asked.upload}`,
    }),
    tellAtMost({
      ...{ id: "R46", what: "p99, ms from the intended start", goal: P99_GOAL_MS, value: p99.value },
      extra: `${p99.extra}; above half a second: ${slowKinds}; ${byPhase(load)}`,
    }),
    tellAtMost({
      ...{ id: "F23", what: "slowest process to leave, ms", value: Math.round(slowest), goal: DRAIN_GOAL_MS },
      extra: `${GRACE_SECONDS} s of grace in it; ${bad} of ${drains.length} ended otherwise than with 0`,
    }) && bad === 0,
    tellAtMost({
      id: "F23",
      what: "reads that the trail lost",
      value: goodReads - looks,
      goal: 0,
      extra: `${looks} kept`,
    }),
    tellAtMost({
      id: "F22",
      what: "scripts of one version that the other lacks",
      value: missing.length,
      goal: 0,
      extra: missing.join(" ") || "none",
    }),
    tellAtMost({
      id: "T16",
      what: "s until the other process knew of a signing out",
      value: heard,
      goal: 5,
      extra: "3 s are remembered",
    }),
    tellFigure({
      id: "R46",
      what: "processes restarted under load",
      value: RESTARTS,
      goal: RESTARTS,
      extra: "in turn",
    }),
  ];
}

/** Where the rate alone is more than the machine carries, the first of these says so. */
function byPhase({ seen: { phases, tookMs } }: Load): string {
  const told = phases.map(({ what, from }, at) => {
    const { value, extra } = percentiles(tookMs.slice(from, phases[at + 1]?.from));
    return `${what} p99 ${value.toFixed(0)} (${extra.split(",")[0]})`;
  });
  return `through ${told.join(", ")}`;
}

async function history(connection: Connection): Promise<boolean> {
  const seen = await replayHistory(connection, join(folder, "replay"), {
    ...{ last: 30, perSecond: RATE, readerMs: READER_MS },
  });
  const why = [...seen.failures].map(([what, count]) => `${count} × ${what}`).join(", ") || "none";
  const failed = [...seen.failures.values()].reduce((sum, one) => sum + one, 0);
  const isWhole = tellAtMost({
    ...{ id: "F22", what: "failed statements while the real migrations came", value: failed, goal: 0 },
    extra: `the last ${seen.applied}, one by one, ${seen.asked} statements at ${RATE}/s: ${why}`,
  });
  const p99 = percentiles(seen.tookMs);
  return (
    tellAtMost({ id: "F22", what: "p99 of these, ms", goal: P99_GOAL_MS, ...p99 }) && isWhole && seen.applied === 30
  );
}

function percentiles(tookMs: readonly number[]): { value: number; extra: string } {
  const sorted = tookMs.toSorted((one, other) => one - other);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return {
    value: at(0.99),
    extra: `p50 ${at(0.5).toFixed(0)}, p99.9 ${at(0.999).toFixed(0)}, longest ${at(1).toFixed(0)} ms`,
  };
}
