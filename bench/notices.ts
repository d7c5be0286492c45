/**
 * R10–R15: messages out of the outbox through two SMS providers on loopback, two senders, the fifteen minutes run in
 * ninety seconds. Argument: messages of a burst (100,000). Exit 0 only when every goal is held.
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type pg from "pg";
import { createPool } from "../src/db/pool.ts";
import { projectRoot } from "../src/db/root.ts";
import { forCommand, makeHouse } from "../src/house.ts";
import { parseEnvironment } from "../src/settings.ts";
import { tellAtMost } from "./harness.ts";
import { type Counted, type PeerMode, type PeersTold, SCALE, WINDOW_MS } from "./notices-plan.ts";
import { emptyOutbox, fillOutbox, type Result, resultOf } from "./notices-store.ts";

const [burst = 100_000] = process.argv.slice(2).map(Number);
const SENDERS = 2;
const few = Math.max(500, Math.round(burst / 10));

const folder = mkdtempSync(join(tmpdir(), "vssid-bench-"));
const environment = parseEnvironment({ VSSID_DATA_DIR: folder }, projectRoot);
if (!environment.ok) throw new Error(environment.faults.join("; "));
const house = await makeHouse(environment.value, forCommand);
const owner = createPool(house.connection, { log: house.log, size: 2, statementTimeoutMs: 0, asApp: false });
const peers = start("notices-peers", []);
const [{ ports, mailPort }] = (await once(peers, "message")) as [{ ports: number[]; mailPort: number }];
const providers = JSON.stringify(
  ports.map((port, at) => ({ name: "ab"[at], url: `smpp://bench:bench@127.0.0.1:${port}`, weight: 50 })),
);
const senders: ChildProcess[] = [];
const tell = (told: PeersTold) => peers.send(told);
const rate = ({ sent, lastMs }: Result) => `${sent} sent, the last after ${(lastMs / 1000).toFixed(1)} s`;
let asks = 0;
try {
  await Promise.all(Array.from({ length: SENDERS }, startSender));
  const held = [
    await steady(),
    await wholeBurst(),
    ...(await oneDead()),
    await allDead(),
    ...(await killed()),
    await bulkAhead(),
  ];
  process.exitCode = held.every(Boolean) ? 0 : 1;
} finally {
  for (const child of [...senders, peers]) child.kill("SIGKILL");
  await owner.end();
  await house.close();
  rmSync(folder, { recursive: true, force: true });
}

function start(name: string, args: string[]): ChildProcess {
  const script = fileURLToPath(new URL(`./bench-${name}.js`, import.meta.url));
  return fork(script, args, { env: { ...process.env, NODE_ENV: "production" } });
}

async function startSender(): Promise<ChildProcess> {
  const sender = start("notices-send", [folder, providers, `smtp://127.0.0.1:${mailPort}`]);
  senders.push(sender);
  await once(sender, "message");
  return sender;
}

async function counted(): Promise<Counted> {
  asks += 1;
  tell({ ask: asks });
  for (;;) {
    const [said] = (await once(peers, "message")) as [Counted];
    if (said.ask === asks) return said;
  }
}

/** Queues so many messages, waits until none is left or twice the window is over. */
async function play(count: number, during: () => Promise<void> = async () => {}): Promise<Result & Counted> {
  await emptyOutbox(owner);
  tell({ forget: true });
  await fillOutbox(owner, { count, from: 0, lane: "outcome", windowMs: WINDOW_MS });
  const [result] = await Promise.all([untilSent(owner), during()]);
  return { ...result, ...(await counted()) };
}

async function untilSent(pool: pg.Pool): Promise<Result> {
  const endsAt = Date.now() + 2 * WINDOW_MS;
  for (;;) {
    const result = await resultOf(pool, "outcome");
    if (result.open === 0 || Date.now() > endsAt) return result;
    await wait(250);
  }
}

async function steady(): Promise<boolean> {
  await emptyOutbox(owner);
  tell({ forget: true });
  for (let round = 0; round < 40; round += 1) {
    await fillOutbox(owner, { count: 25, from: round * 25, lane: "outcome", windowMs: WINDOW_MS });
    await wait(250);
  }
  const result = await untilSent(owner);
  const what = "seconds from queueing to the provider at 100 a second";
  const isQuick = tellAtMost({
    id: "R10",
    what: `median ${what}`,
    value: result.p50Ms / 1000,
    goal: 1,
    extra: rate(result),
  });
  return (
    tellAtMost({
      id: "R10",
      what: `p99 ${what}`,
      value: result.p99Ms / 1000,
      goal: 10,
      extra: `${result.late} late`,
    }) && isQuick
  );
}

async function wholeBurst(): Promise<boolean> {
  const result = await play(burst);
  return tellAtMost({
    id: "R11",
    what: `late or unsent of ${burst} in ninety seconds`,
    value: result.late + result.open,
    goal: 0,
    extra: rate(result),
  });
}

async function oneDead(): Promise<boolean[]> {
  const ways: [PeerMode, string][] = [
    ["reset", "cut off"],
    ["silent", "silent on the line"],
    ["hole", "taking without an answer"],
    ["throttle", "always too busy"],
    ["slow", "two seconds late"],
  ];
  const held: boolean[] = [];
  for (const [mode, says] of ways) {
    tell({ modes: [mode, "ok"] });
    await wait(1000);
    const result = await play(few);
    const extra = `p99 ${(result.p99Ms / 1000).toFixed(1)} s, ${result.twice} sent twice of ${result.unknown} with an unknown try`;
    held.push(
      tellAtMost({
        id: "R12",
        what: `late or unsent of ${few}, one provider ${says}`,
        value: result.late + result.open,
        goal: 0,
        extra,
      }),
    );
  }
  tell({ modes: ["ok", "ok"] });
  return held;
}

async function allDead(): Promise<boolean> {
  tell({ modes: ["reset", "reset"] });
  const outage = (WINDOW_MS * 2) / 3;
  const result = await play(few, async () => {
    await wait(outage);
    tell({ modes: ["ok", "ok"] });
  });
  return tellAtMost({
    id: "R13",
    what: `late or unsent of ${few}, both providers dead two thirds of the time`,
    value: result.late + result.open,
    goal: 0,
    extra: rate(result),
  });
}

async function killed(): Promise<boolean[]> {
  let kills = 0;
  const result = await play(burst, async () => {
    for (let at = 0; at < 5; at += 1) {
      await wait(3000 * SCALE * 10);
      if ((await resultOf(owner, "outcome")).open === 0) return;
      const victim = senders.shift();
      victim?.kill("SIGKILL");
      kills += 1;
      await startSender();
    }
  });
  const perKill = kills === 0 ? 0 : result.twice / kills;
  return [
    tellAtMost({
      id: "R14",
      what: `lost or late of ${burst} over ${kills} killed senders`,
      value: result.late + result.open,
      goal: 0,
      extra: rate(result),
    }),
    tellAtMost({
      id: "R14",
      what: "copies too many a kill",
      value: perKill,
      goal: 16,
      extra: `${result.twice} in all`,
    }),
  ];
}

async function bulkAhead(): Promise<boolean> {
  await emptyOutbox(owner);
  tell({ forget: true });
  await fillOutbox(owner, { count: burst * 10, from: 0, lane: "campaign", windowMs: WINDOW_MS * 100 });
  await wait(2000);
  await fillOutbox(owner, { count: 1000, from: burst * 10, lane: "outcome", windowMs: WINDOW_MS });
  const result = await untilSent(owner);
  return tellAtMost({
    id: "R15",
    what: `p99 seconds of 1000 outcomes behind ${burst * 10} campaign messages`,
    value: result.p99Ms / 1000,
    goal: 10,
    extra: rate(result),
  });
}
