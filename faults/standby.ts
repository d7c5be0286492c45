/**
 * R4 (F25): the first server of the database is destroyed while people live on, and the second, which must have each
 * change before it is answered, takes over: nothing acknowledged is lost, people write again within five seconds, and
 * the old one is left alone when it comes back. First a second that need not have it, behind a line that stands still,
 * which must be seen to lose. Then a lone server whose log is followed: what is lost is of the last ten seconds, and the
 * restore says up to where it came. --kills=20.
 */
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type pg from "pg";
import { tellAtMost } from "../bench/harness.ts";
import { forgetStandby, makeStandby, promoteStandby, standbyState } from "../src/backup/standby.ts";
import { embeddedBinaries } from "../src/db/binaries.ts";
import { inDatabase } from "../src/db/connection.ts";
import { type Cluster, startCluster } from "../src/db/embedded.ts";
import { createPool } from "../src/db/pool.ts";
import { findRunAs, giveTo } from "../src/db/run-as.ts";
import { missesStandby } from "../src/promise/store-standby.ts";
import { openWire, type Wire } from "./cut-wire.ts";
import { fault, type Injection, wellAgain } from "./lives-faults.ts";
import { judgeOracle } from "./lives-judge.ts";
import { playLives } from "./lives-play.ts";
import { type LivesStand, quiet } from "./lives-stand.ts";
import { playLone } from "./standby-lone.ts";

const WRITABLE_GOAL_MS = 5000;
const LAG_MS = 4000;
const OLD_BACK_MS = 2500;
const UNDER_WAY = 9;

const home = mkdtempSync(join(tmpdir(), "vssid-standby-"));
const seen = { plantedLost: -1, writableMs: [] as number[], olds: 0, oldWrites: 0, oldReady: 0 };
let wire: Wire | undefined;
const folders = new WeakMap<Cluster, string>();
let nth = 0;

try {
  const isHeld = await playLives({
    title: "R4 the first server destroyed, the second promoted",
    ...{ small: 2, usual: 20, asked: 20 },
    stand: {
      isAllBetween: true,
      between: async (connection) => {
        if (!("host" in connection)) throw new Error("the trial's own database is on a socket");
        wire = await openWire(socketOf(connection.host));
        return { connectionString: `postgres://${connection.user}@127.0.0.1:${wire.port}/${connection.database}` };
      },
    },
    faults: (stand) => [takeOver(stand)],
  });
  console.log(
    `R4 planted: acts lost by a second that need not have them: ${seen.plantedLost}: ${seen.plantedLost > 0 ? "held" : "short"}`,
  );
  const slowest = Math.round(Math.max(...seen.writableMs));
  const told = [
    tellAtMost({
      ...{ id: "R4", what: "ms until people write again", value: slowest, goal: WRITABLE_GOAL_MS },
      extra: `${seen.writableMs.length} take-overs`,
    }),
    tellAtMost({
      ...{ id: "F25", what: "rows written to the old server after it came back", value: seen.oldWrites, goal: 0 },
      extra: `${seen.olds} times back, ${seen.oldReady} times taken for ready`,
    }),
  ];
  wire?.close();
  const isLoneHeld = await playLone(home);
  process.exitCode = isHeld && seen.plantedLost > 0 && told.every(Boolean) && isLoneHeld ? 0 : 1;
} finally {
  wire?.close();
  rmSync(home, { recursive: true, force: true });
}

function takeOver(stand: LivesStand): Injection {
  return fault("the first server destroyed", WRITABLE_GOAL_MS, async () => {
    if (seen.plantedLost < 0) seen.plantedLost = await plant(stand);
    const old = stand.cluster;
    const second = await standbyOf(old, undefined);
    await letWait(old, "second");
    await wait(500);
    const startedAt = performance.now();
    wire?.set("cut");
    await destroy(old);
    await promoteStandby(second.connection);
    wire?.set("whole");
    wire?.moveTo(socketOf(hostOf(second)));
    await writable(stand);
    const out = performance.now() - startedAt;
    seen.writableMs.push(out);
    stand.cluster = second;
    await wellAgain(stand);
    await comeBack(stand, old, second);
    return out;
  });
}

/** Everything of it at once, and it is not started again. */
async function destroy(cluster: Cluster): Promise<void> {
  const pid = cluster.pid();
  if (pid !== undefined) process.kill(pid, "SIGKILL");
  await cluster.stop("immediate");
}

/** The old one starts again, and people are led to it by mistake: the product must not go there. */
async function comeBack(stand: LivesStand, old: Cluster, second: Cluster): Promise<void> {
  const again = await startCluster({ binDir: embeddedBinaries(), dataDir: folderOf(old) });
  const pool = createPool(inDatabase(again.connection, "vssid"), quiet);
  if (!(await missesStandby(pool))) throw new Error("the alarm standby_away is not raised where the second is away");
  // Else it would only wait for a second that does not come, and the product would not be what leaves it alone.
  await pool.query("alter system reset synchronous_standby_names");
  await pool.query("select pg_reload_conf()");
  const before = await rowsOf(pool);
  wire?.moveTo(socketOf(hostOf(again)));
  const endsAt = performance.now() + OLD_BACK_MS;
  while (performance.now() < endsAt) {
    const ready = await Promise.all([...stand.webs, ...stand.workers].map((one) => one.isReady()));
    seen.oldReady += ready.filter(Boolean).length;
    await wait(100);
  }
  seen.oldWrites += (await rowsOf(pool)) - before;
  seen.olds += 1;
  wire?.moveTo(socketOf(hostOf(second)));
  await pool.end();
  await again.stop("immediate");
  rmSync(folderOf(old), { recursive: true, force: true });
  await wellAgain(stand);
}

/** A second that nobody waits for, its line frozen for a while, then promoted: judged beside, people notice nothing. */
async function plant(stand: LivesStand): Promise<number> {
  const line = await openWire(socketOf(hostOf(stand.cluster)));
  const second = await standbyOf(stand.cluster, `host=127.0.0.1 port=${line.port} user=vssid`);
  const known = join(home, "known.jsonl");
  try {
    line.set("frozen");
    await wait(LAG_MS);
    copyFileSync(stand.oracle, known);
    line.set("cut");
    await promoteStandby(second.connection);
    const pool = createPool(inDatabase(second.connection, "vssid"), quiet);
    const { lost } = await judgeOracle(pool, known, () => UNDER_WAY);
    await pool.end();
    return lost.length;
  } finally {
    line.close();
    await second.stop("immediate");
    await until(stand.cluster, (pool) => forgetStandby(pool, "second"));
    rmSync(folderOf(second), { recursive: true, force: true });
  }
}

function folderOf(cluster: Cluster): string {
  return folders.get(cluster) ?? hostOf(cluster).replace(/\.run$/, "");
}

async function standbyOf(first: Cluster, reach: string | undefined): Promise<Cluster> {
  nth += 1;
  const into = join(home, `s${nth}`);
  const binDir = embeddedBinaries();
  const runAs = findRunAs(join(binDir, "postgres"));
  await makeStandby({
    connection: first.connection,
    into,
    name: "second",
    reach,
    onMade: (path) => giveTo(runAs, path),
  });
  const second = await startCluster({ binDir, dataDir: into });
  folders.set(second, into);
  await until(first, async (pool) => (await standbyState(pool)).standbys.some(({ state }) => state === "streaming"));
  return second;
}

/** From here on nothing is answered before the second has it. */
async function letWait(first: Cluster, name: string): Promise<void> {
  await withPool(first, async (pool) => {
    await pool.query(`alter system set synchronous_standby_names = '${name}'`);
    await pool.query("select pg_reload_conf()");
  });
  await until(first, async (pool) => (await standbyState(pool)).isSafe);
  const pool = createPool(inDatabase(first.connection, "vssid"), quiet);
  const isMissed = await missesStandby(pool).finally(() => pool.end());
  if (isMissed) throw new Error("the alarm standby_away is raised where the second is there");
}

async function until(cluster: Cluster, isSo: (pool: pg.Pool) => Promise<boolean>): Promise<void> {
  const giveUpAt = performance.now() + 30_000;
  await withPool(cluster, async (pool) => {
    while (!(await isSo(pool))) {
      if (performance.now() > giveUpAt) throw new Error("the second does not follow the first");
      await wait(50);
    }
  });
}

async function withPool(cluster: Cluster, work: (pool: pg.Pool) => Promise<unknown>): Promise<void> {
  const pool = createPool(cluster.connection, quiet);
  try {
    await work(pool);
  } finally {
    await pool.end();
  }
}

async function rowsOf(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    "select ((select count(*) from declaration_event) + (select count(*) from audit_event) + (select count(*) from notice_attempt))::int as n",
  );
  return rows[0]?.n ?? 0;
}

/** Somebody's change is answered, the way that people's go. */
async function writable(stand: LivesStand): Promise<void> {
  const asked = {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: '{"login":"7","password":"x"}',
  };
  for (;;) {
    const isUp = await stand.owner.query("create table if not exists trial_written (n int)").then(
      () => true,
      () => false,
    );
    const reply = await fetch(`http://127.0.0.1:${stand.balancer.port}/api/v1/session`, {
      ...{ ...asked, signal: AbortSignal.timeout(2000) },
    }).catch(() => undefined);
    await reply?.arrayBuffer();
    // Refused for what was typed, which takes a look at the tables; 5xx: not yet.
    if (isUp && reply && reply.status < 500) return;
    await wait(20);
  }
}

function hostOf({ connection }: Cluster): string {
  return "host" in connection ? connection.host : "";
}

function socketOf(host: string): string {
  return join(host, ".s.PGSQL.5432");
}
