/**
 * Faults of sending, with real sockets and processes, each by name: no message is lost, and none goes out twice but
 * where the product counts it (reliability: F9–F14, F17, F18, F30). `FAULTS_ONLY=text` plays those whose name holds it.
 * Exit 0 only when all held.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { ownerOf } from "../src/db/connection.ts";
import { createDb, createPool } from "../src/db/pool.ts";
import { projectRoot } from "../src/db/root.ts";
import { forCommand, makeHouse } from "../src/house.ts";
import { parseEnvironment } from "../src/settings.ts";
import { Stand } from "./notices-stand.ts";
import { killedBusy, killTrials, pauseTrials, twoSenders } from "./trials-kill.ts";
import { mailTrials } from "./trials-mail.ts";
import { poison } from "./trials-poison.ts";
import { clockTrials, shuffledReceipts } from "./trials-receipts.ts";
import { databaseTrials, smsTrials } from "./trials-sms.ts";

const folder = mkdtempSync(join(tmpdir(), "vssid-faults-"));
const environment = parseEnvironment({ VSSID_DATA_DIR: folder }, projectRoot);
if (!environment.ok) throw new Error(environment.faults.join("; "));
const house = await makeHouse(environment.value, forCommand);
const pool = createPool(ownerOf(house), { log: house.log, size: 4, statementTimeoutMs: 0, asApp: false });
const stand = new Stand({ pool, db: createDb(pool), connection: house.connection, killDatabase });
const only = process.env.FAULTS_ONLY ?? "";
const receipts = Number(process.env.FAULTS_RECEIPTS ?? 100_000);
const all = [
  ...smsTrials,
  ...mailTrials,
  shuffledReceipts(receipts),
  ...killTrials,
  ...pauseTrials,
  twoSenders,
  killedBusy,
  poison,
  ...databaseTrials,
  ...clockTrials,
];
const trials = all.filter(({ name }) => name.includes(only));
let short = 0;
try {
  for (const { name, run } of trials) {
    const startedAt = performance.now();
    const told = await run(stand).catch((error: Error) => ({ isHeld: false, what: error.stack ?? error.message }));
    await stand.close();
    if (!told.isHeld) short += 1;
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    console.log(`${name}: ${told.what}: ${told.isHeld ? "held" : "short"} (${seconds} s)`);
  }
  console.log(`${trials.length - short} of ${trials.length} trials held`);
  process.exitCode = short === 0 && trials.length > 0 ? 0 : 1;
} finally {
  await stand.close();
  await pool.end();
  await house.close();
  rmSync(folder, { recursive: true, force: true });
}

/** The supervisor of the house starts it again; resolves once it answers. */
async function killDatabase(how: "SIGKILL" | "SIGINT"): Promise<void> {
  const [pid = ""] = readFileSync(join(folder, "pg", "postmaster.pid"), "utf8").split("\n");
  process.kill(Number(pid), how);
  for (;;) {
    await wait(50);
    const isUp = await pool.query("select 1").then(
      () => true,
      () => false,
    );
    if (isUp) return;
  }
}
