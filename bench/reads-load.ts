/** G7 and G14: what a read costs the database by its own count, and how long a read waits while files come in. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type pg from "pg";
import { askFast, median, medianRatio, tellAtMost } from "./harness.ts";

type Requests = readonly { path: string; headers: Record<string, string> }[];

const READS = 10_000;
/** A backend that rests tells the statistics what it did within ten seconds (PGSTAT_IDLE_INTERVAL). */
const STATISTICS_MS = 12_000;

/** Transactions a read, of which each holds one statement; the house's own pulse is in it. */
export async function countStatements(
  owner: pg.Pool,
  port: number,
  requests: Requests,
  what: string,
): Promise<boolean> {
  // Who is signed in is asked again every few seconds, which is in the figure.
  await readAll(port, requests, requests.length);
  const before = await transactions(owner);
  const askedBefore = await sessionsAsked(owner);
  const { rows } = await owner.query<{ last: string }>("select coalesce(max(event_id), 0) as last from audit_event");
  await readAll(port, requests, READS);
  const statements = (await transactions(owner)) - before;
  // Each batch of the audit is a transaction of its own.
  const audited = await owner.query<{ batches: string }>(
    "select count(distinct xmin::text) as batches from audit_event where event_id > $1",
    [rows[0]?.last],
  );
  const batches = Number(audited.rows[0]?.batches);
  const asked = (await sessionsAsked(owner)) - askedBefore;
  return tellAtMost({
    id: "G7",
    what: `SQL statements ${what}, besides the batches of the audit`,
    value: (statements - batches) / READS,
    goal: 1.1,
    extra: `${statements} for ${READS} reads, counted by the database, ${batches} of them batches of the audit, ${asked} who is signed in (once in 3 s a session)`,
  });
}

async function readAll(port: number, requests: Requests, count: number): Promise<void> {
  let at = 0;
  const lane = async () => {
    while (at < count) {
      const { path, headers } = requests[at++ % requests.length] ?? { path: "/", headers: {} };
      const reply = await fetch(`http://127.0.0.1:${port}${path}`, { headers });
      await reply.arrayBuffer();
      if (reply.status >= 400) throw new Error(`${path} answered ${reply.status}`);
    }
  };
  await Promise.all(Array.from({ length: 8 }, lane));
}

/** How often a session was looked up: by how much a slow machine's figure is higher. */
async function sessionsAsked(owner: pg.Pool): Promise<number> {
  const { rows } = await owner.query<{ count: string }>(
    "select coalesce(idx_scan, 0) + coalesce(seq_scan, 0) as count from pg_stat_user_tables where relname = 'session'",
  );
  return Number(rows[0]?.count);
}

async function transactions(owner: pg.Pool): Promise<number> {
  await wait(STATISTICS_MS);
  const { rows } = await owner.query<{ count: string }>(
    "select xact_commit + xact_rollback as count from pg_stat_database where datname = current_database()",
  );
  return Number(rows[0]?.count);
}

const SECONDS = 3;
const ROUNDS = 5;

/** Idle and importing take turns: the import is held between its own turns by stopping its process. */
export async function readWhileImporting(port: number, requests: Requests, folder: string): Promise<boolean> {
  const script = fileURLToPath(new URL("./bench-reads-import.js", import.meta.url));
  const importer = fork(script, [folder], { env: { ...process.env, NODE_ENV: "production" } });
  try {
    await once(importer, "message");
    const ask = async () => (await askFast(port, { requests, connections: 2, seconds: SECONDS, folder })).p99Ms;
    const [idle, busy]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      importer.kill("SIGSTOP");
      await wait(500);
      idle.push(await ask());
      importer.kill("SIGCONT");
      await wait(500);
      busy.push(await ask());
    }
    return tellAtMost({
      id: "G14",
      what: "p99 of the list while claim files are imported / idle",
      value: medianRatio(busy, idle),
      goal: 2.5,
      extra: `${median(busy).toFixed(2)} / ${median(idle).toFixed(2)} ms at 2 connections`,
    });
  } finally {
    importer.kill("SIGKILL");
  }
}
