/** The stage of the benches of messages: a house, two providers on loopback, senders in processes of their own. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { ownerOf } from "../src/db/connection.ts";
import { createPool } from "../src/db/pool.ts";
import { projectRoot } from "../src/db/root.ts";
import { forCommand, makeHouse } from "../src/house.ts";
import { parseEnvironment } from "../src/settings.ts";
import { type Counted, type PeersTold, SCALE, WINDOW_MS } from "./notices-plan.ts";
import { emptyOutbox, fillOutbox, isOpen, openOf, type Result, resultOf } from "./notices-store.ts";

const folder = mkdtempSync(join(tmpdir(), "vssid-bench-"));
const environment = parseEnvironment({ VSSID_DATA_DIR: folder }, projectRoot);
if (!environment.ok) throw new Error(environment.faults.join("; "));
export const house = await makeHouse(environment.value, forCommand);
export const owner = createPool(ownerOf(house), { log: house.log, size: 2, statementTimeoutMs: 0, asApp: false });
const peers = start("notices-peers", []);
const [{ ports, mailPort }] = (await once(peers, "message")) as [{ ports: number[]; mailPort: number }];
const providers = JSON.stringify(
  ports.map((port, at) => ({ name: "ab"[at], url: `smpp://bench:bench@127.0.0.1:${port}`, weight: 50 })),
);
export const senders: ChildProcess[] = [];
/** Resident memory in MB: the most that one sender held in the first burst, and in all that came after it. */
const memory = { firstBurst: 0, after: 0, isFirst: true };
let asks = 0;

export const tell = (told: PeersTold) => peers.send(told);

export async function close(): Promise<void> {
  for (const child of [...senders, peers]) child.kill("SIGKILL");
  await owner.end();
  await house.close();
  rmSync(folder, { recursive: true, force: true });
}

function start(name: string, args: string[]): ChildProcess {
  const script = fileURLToPath(new URL(`./bench-${name}.js`, import.meta.url));
  return fork(script, args, { env: { ...process.env, NODE_ENV: "production" } });
}

export async function startSender(scale = SCALE): Promise<ChildProcess> {
  const sender = start("notices-send", [folder, providers, `smtp://127.0.0.1:${mailPort}`, String(scale)]);
  senders.push(sender);
  await once(sender, "message");
  sender.on("message", ({ rssMb }: { rssMb: number }) => {
    const when = memory.isFirst ? "firstBurst" : "after";
    memory[when] = Math.max(memory[when], rssMb);
  });
  return sender;
}

/** From here on a sender has filled what it fills once: code, buffers, a heap of its usual size. */
export function firstBurstEnded(): void {
  memory.isFirst = false;
}

/** By how much a sender grew beyond its first burst, whatever it sent after it. */
export function memoryMb(): { most: number; growth: number } {
  const most = Math.max(memory.firstBurst, memory.after);
  return { most, growth: Math.max(0, memory.after - memory.firstBurst) };
}

export const pids = () => ({
  senders: senders.map(({ pid = 0 }) => pid),
  peers: peers.pid ?? 0,
  postmaster: Number(readFileSync(join(folder, "pg", "postmaster.pid"), "utf8").split("\n")[0]),
});

/** The supervisor of the house starts it again; resolves once it answers. */
export async function killDatabase(): Promise<void> {
  process.kill(pids().postmaster, "SIGKILL");
  for (;;) {
    await wait(50);
    const isUp = await owner.query("select 1").then(
      () => true,
      () => false,
    );
    if (isUp) return;
  }
}

export async function counted(): Promise<Counted> {
  asks += 1;
  tell({ ask: asks });
  for (;;) {
    const [said] = (await once(peers, "message")) as [Counted];
    if (said.ask === asks) return said;
  }
}

export interface Play {
  during?: () => Promise<void>;
  /** Until so many telephones have it, not only until all is sent. */
  untilReached?: boolean;
}

/** Queues so many messages, waits until none is left or twice the window is over. */
export async function play(count: number, { during, untilReached = false }: Play = {}): Promise<Result & Counted> {
  await clear();
  await fillOutbox(owner, { count, from: 0, lane: "outcome", windowMs: WINDOW_MS });
  const reached = async () => !untilReached || (await counted()).got >= count;
  const [result] = await Promise.all([untilSent(reached), during?.()]);
  return { ...result, ...(await counted()) };
}

export async function clear(): Promise<void> {
  await emptyOutbox(owner);
  tell({ forget: true });
}

export async function untilSent(isReached: () => Promise<boolean> = async () => true): Promise<Result> {
  const endsAt = Date.now() + 2 * WINDOW_MS;
  let toldAt = Date.now();
  for (;;) {
    // A database that has just been killed says nothing for a moment.
    const isWaiting = await isOpen(owner, "outcome").catch(() => true);
    for (const sender of senders) if (sender.connected) sender.send("memory");
    if ((!isWaiting && (await isReached())) || Date.now() > endsAt) return resultOf(owner, "outcome");
    if (Date.now() - toldAt > 10_000) {
      const open = await openOf(owner, "outcome").catch(() => "?");
      console.log(`  … ${open} are waiting`);
      toldAt = Date.now();
    }
    await wait(250);
  }
}
