/**
 * The whole system dies in the middle of a burst: app and worker with SIGKILL, the database with SIGKILL, and all is
 * started again as an operator starts it. What was waiting leaves by class and then by deadline, and no due time moved.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import pino from "pino";
import { embeddedBinaries } from "../src/db/binaries.ts";
import { addressOf, inDatabase } from "../src/db/connection.ts";
import { startCluster } from "../src/db/embedded.ts";
import { createPool } from "../src/db/pool.ts";
import { usualPace } from "../src/notices/channel.ts";
import { accept, fakeSmsc } from "../src/notices/providers.fixture.ts";
import { newRingText } from "../src/vault/ring-file.ts";
import { countOpen, type Due, fillMixed, waitingInOrder } from "./notices-store.ts";
import { listen } from "./trials-sms.ts";

const COUNT = 600;
const ANSWER_MS = 40;
const folder = mkdtempSync(join(tmpdir(), "vssid-restart-"));
writeFileSync(join(folder, "ring.json"), newRingText(), { mode: 0o600 });
const cluster = await startCluster({ binDir: embeddedBinaries(), dataDir: join(folder, "pg") });
const log = pino({ level: "silent" });
const quiet = { log, size: 2, statementTimeoutMs: 0, asApp: false };
const first = createPool(cluster.connection, quiet);
await first.query("create database vssid");
await first.end();
const connection = inDatabase(cluster.connection, "vssid");
const pool = createPool(connection, quiet);
const smsc = await fakeSmsc((session, pdu, count) => void setTimeout(() => accept(session, pdu, count), ANSWER_MS));
const port = await freePort();
let system: ChildProcess | undefined;
try {
  process.exitCode = (await play()) ? 0 : 1;
} finally {
  system?.kill("SIGKILL");
  await pool.end();
  await smsc.stop();
  await cluster.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function play(): Promise<boolean> {
  await start();
  const made = await fillMixed(pool, COUNT);
  while (smsc.submits.length < COUNT / 6) await wait(20);
  system?.kill("SIGKILL");
  const pid = cluster.pid();
  if (pid !== undefined) process.kill(pid, "SIGKILL");
  if (system) await once(system, "exit");
  console.log(`  … ${smsc.submits.length} were out when app, worker and database were killed`);
  await databaseIsUp();
  const waiting = await waitingInOrder(pool);
  const moved = differing(made, waiting);
  const before = smsc.submits.length;
  await start();
  const startedAt = Date.now();
  while ((await countOpen(pool)) > 0 && Date.now() < startedAt + 150_000) await wait(250);
  const left = await countOpen(pool);
  const phones = smsc.submits.map(({ to }) => to.replace(/^84/, "0"));
  const lost = made.filter(({ recipient }) => !phones.includes(recipient)).length;
  const untouched = waiting.filter(({ state }) => state === "queued").map(({ recipient }) => recipient);
  const after = phones.slice(before).filter((phone) => untouched.includes(phone));
  const farthest = Math.max(...untouched.map((phone, place) => Math.abs(after.indexOf(phone) - place)));
  const twice = phones.length - new Set(phones).size;
  const isHeld =
    moved === 0 && lost === 0 && left === 0 && farthest <= usualPace.smsWindow && twice <= usualPace.smsWindow;
  console.log(
    `restart of everything in the middle of ${COUNT} of four classes: ${moved} due times moved (goal 0), lost ${lost} (goal 0), left ${left} (goal 0), ` +
      `${untouched.length} left by class and deadline, none more than ${farthest} places off (goal ${usualPace.smsWindow}, the window), ` +
      `${twice} sent twice (at most the window): ${isHeld ? "held" : "short"}`,
  );
  return isHeld;
}

function differing(made: readonly Due[], now: readonly Due[]): number {
  const due = new Map(made.map(({ recipient, due_at: at }) => [recipient, at.getTime()]));
  return now.filter(({ recipient, due_at: at }) => due.get(recipient) !== at.getTime()).length;
}

/** As an operator starts it: one process, production. */
async function start(): Promise<void> {
  const main = fileURLToPath(new URL("./main.js", import.meta.url));
  system = spawn(process.execPath, [main], {
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      ...process.env,
      NODE_ENV: "production",
      VSSID_PROFILE: "production",
      VSSID_SECRET: Buffer.alloc(32, 7).toString("base64"),
      VSSID_KEY_RING: join(folder, "ring.json"),
      VSSID_DATA_DIR: folder,
      DATABASE_URL: addressOf(connection),
      SMPP_URL: smsc.url,
      SMTP_URL: "smtp://127.0.0.1:1",
      PORT: String(port),
    },
  });
  const startedAt = Date.now();
  for (;;) {
    const isUp = await fetch(`http://127.0.0.1:${port}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isUp) return;
    if (system.exitCode !== null || Date.now() > startedAt + 60_000) throw new Error("the system does not start");
    await wait(100);
  }
}

async function databaseIsUp(): Promise<void> {
  for (;;) {
    await wait(100);
    const isUp = await pool.query("select 1").then(
      () => true,
      () => false,
    );
    if (isUp) return;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  const free = await listen(server);
  await new Promise<void>((done) => {
    server.close(() => done());
  });
  return free;
}
