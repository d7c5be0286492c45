/**
 * R5 (F24): backups killed at each of their steps while people live on, and restored elsewhere. What stands among the
 * backups is whole and comes back with equal hashes; half a one is never taken for a backup; whoever was erased since is
 * erased again; no message leaves a restored system before the operator says so. --kills=40.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { optionOf, tellAtMost } from "../bench/harness.ts";
import { identify } from "../src/account/identify.ts";
import { openSession } from "../src/account/open-session.ts";
import { raise } from "../src/account/proof.ts";
import { noteErasures } from "../src/backup/erasures.ts";
import { embeddedBinaries } from "../src/db/binaries.ts";
import { addressOf, inDatabase } from "../src/db/connection.ts";
import { startCluster } from "../src/db/embedded.ts";
import { createPool } from "../src/db/pool.ts";
import { projectRoot } from "../src/db/root.ts";
import { inTransaction } from "../src/db/transaction.ts";
import { askRequest } from "../src/rights/ask-request.ts";
import { decideRequest } from "../src/rights/desk.ts";
import { requestsOf } from "../src/rights/store.ts";
import { dice } from "../test/dice.ts";
import { CrashLife } from "./crash-life.ts";
import { Cast } from "./crash-people.ts";
import { KeptProcess } from "./kept-process.ts";
import { LivesStand, quiet } from "./lives-stand.ts";
import { freePort } from "./upgrade-stand.ts";

/** What a backup comes to, one after the other. */
const steps = ["begun", "copying", "log", "uploads", "written"] as const;
const isSmall = process.argv.includes("--small");
const KILLS = optionOf("kills") ?? (isSmall ? 8 : 40);
const CLIENTS = 3;
const LIMIT_MS = 120_000;
const SENT_WITHIN_MS = 20_000;

const home = mkdtempSync(join(tmpdir(), "vssid-backups-"));
const [dir, keyFile, into] = [join(home, "backups"), join(home, "backup.key"), join(home, "restored")];
const base = join(dir, "base");
const stand = new LivesStand();
const seen = { killed: 0, steps: new Map<string, number>(), half: [] as string[], ran: [] as string[] };
let born = 0;
const cast = new Cast(1);
try {
  process.exitCode = (await run()) ? 0 : 1;
} finally {
  await stand.close();
  rmSync(home, { recursive: true, force: true });
}

async function run(): Promise<boolean> {
  await stand.open({ webs: 1, workers: 1, officers: 1 });
  await vssid(["backup", "--new-key", keyFile]);
  const lives = live();
  for (let kill = 0; kill < KILLS; kill += 1) await killOne(dice(5 + kill));
  const underLoad = await vssid(["backup"]);
  await lives.end();
  // Its rows can be counted while nobody writes; a restored folder is compared with that.
  await wait(1500);
  const first = await vssid(["backup"]);
  const rehearsed = await vssid(["backup", "--rehearse", "--work", home]);
  const verified = await vssid(["backup", "--verify"]);
  const planted = await plantHalf();
  const person = await bornAndAccepted();
  const waiting = await lastWord();
  const second = await vssid(["backup"]);
  await eraseThe(person);
  const restored = await vssid(["restore", "--from", dir, "--into", into]);
  const care = restored.lines.find((line) => "erasedAgain" in line) ?? {};
  const after = await lookAtRestored(person);
  const whole = [underLoad, first, second].filter(({ code }) => code === 0).length;
  console.log(
    `  killed while: ${[...seen.steps].map(([step, times]) => `${step} ${times}`).join(", ")}; ${born} lives; ${waiting} messages`,
  );
  for (const line of [...seen.half, ...seen.ran].slice(0, 10)) console.log(`  ${line}`);
  const differing = (rehearsed.lines.at(-1)?.differing as string[] | undefined) ?? ["not rehearsed"];
  const faults = (verified.lines.at(-1)?.faults as string[] | undefined) ?? ["not verified"];
  const tell = (what: string, value: number, goal: number, extra = "") =>
    tellAtMost({ id: "R5", what, value, goal, extra: extra || `${seen.killed} backups killed` });
  return [
    tell("half a backup among the whole ones", seen.half.length, 0),
    tell(
      "backups that failed although nothing killed them",
      3 - whole,
      0,
      [underLoad, first, second].map(({ text }) => text.slice(-80)).join(" | "),
    ),
    tell("tables of the restored copy that differ", differing.length, 0, differing.join(", ")),
    tell("faults of the backups that are there", faults.length, 0, faults.join(", ").slice(0, 200)),
    tell("planted: a damaged backup that nobody sees", planted ? 0 : 1, 0),
    tell("erased persons that came back", care.erasedAgain === 1 && after.closed ? 0 : 1, 0, JSON.stringify(care)),
    tell("messages that left the restored system by themselves", after.sentBefore, 0, `${after.held} held`),
    tell(
      "held messages that did not leave when they were released",
      after.held > 0 ? after.unsent : 1,
      0,
      `${after.released} released`,
    ),
  ].every(Boolean);
}

/** People who declare, confirm, are received and decided, as long as it goes on. */
function live(): { end(): Promise<void> } {
  let isOn = true;
  const one = async () => {
    while (isOn) {
      await bornAndAccepted().catch((error: Error) => seen.ran.push(error.message));
      await wait(200);
    }
  };
  const running = Array.from({ length: CLIENTS }, one);
  return {
    async end() {
      isOn = false;
      await Promise.all(running);
    },
  };
}

async function bornAndAccepted(): Promise<string> {
  born += 1;
  const life = new CrashLife(cast.adult(), {
    port: stand.balancer.port,
    oracle: stand.oracle,
    bearer: stand.officers[0] ?? "",
  });
  for (const act of ["declare", "confirm", "receive", "accept"] as const) await life.act(act);
  const { rows } = await stand.owner.query<{ person_id: string }>(
    "select person_id from account order by person_id desc limit 1",
  );
  return rows[0]?.person_id ?? "";
}

/** Killed when it has come to a step, or a moment after; what stands among the whole ones must be one of before. */
async function killOne(random: ReturnType<typeof dice>): Promise<void> {
  const step = random.pick(steps);
  const before = wholeOnes();
  const child = start(["backup"]);
  const ended = once(child, "exit");
  const giveUpAt = Date.now() + LIMIT_MS;
  while (!hasCome(step) && child.exitCode === null && Date.now() < giveUpAt) await wait(2);
  await wait(random.below(60));
  if (child.exitCode !== null) return;
  child.kill("SIGKILL");
  await ended;
  seen.killed += 1;
  seen.steps.set(step, (seen.steps.get(step) ?? 0) + 1);
  for (const name of wholeOnes().filter((one) => !before.includes(one))) {
    const { code } = await vssid(["backup", "--verify"]);
    if (code !== 0) seen.half.push(`${name} after a kill while ${step}`);
  }
}

function wholeOnes(): string[] {
  return existsSync(base) ? readdirSync(base).filter((name) => !name.endsWith(".part")) : [];
}

function hasCome(step: (typeof steps)[number]): boolean {
  const draft = existsSync(base) ? readdirSync(base).find((name) => name.endsWith(".part")) : undefined;
  if (!draft) return false;
  const files = existsSync(join(base, draft)) ? readdirSync(join(base, draft)) : [];
  if (step === "begun") return true;
  if (step === "copying") return files.includes("base");
  if (step === "log") return files.some((name) => /^[0-9A-F]{24}/.test(name));
  return step === "uploads" ? files.includes("uploads") : files.includes("manifest");
}

/** A file is taken out of a backup: verifying must see it. */
async function plantHalf(): Promise<boolean> {
  const [name = ""] = wholeOnes();
  const file = join(base, name, "base");
  renameSync(file, join(home, "taken"));
  const { code } = await vssid(["backup", "--verify"]);
  renameSync(join(home, "taken"), file);
  return code !== 0;
}

/** A message that waits when the copy is made. */
async function lastWord(): Promise<number> {
  await stand.owner.query(
    `insert into notice (dedupe_key, class, channel, template, lang, recipient, fields, created_at, queued_at, due_at, next_at)
     values ('trial:waiting', 'outcome', 'sms', 'password_changed', 'vi', '0918000330', '{}', now(), now(), now() + interval '2 days', now() + interval '1 day')`,
  );
  const { rows } = await stand.owner.query("select count(*)::int as n from notice");
  return rows[0]?.n ?? 0;
}

async function eraseThe(personId: string): Promise<void> {
  const { house } = stand;
  const now = house.clock.now();
  const asked = { scope: "full", kind: "bearer", device: "", now, proofs: ["password"] } as const;
  const { sessionId } = await inTransaction(house.db, (tx) => openSession(tx, { personId }, asked));
  const citizen = { kind: "citizen", personId, scope: "full", sessionId } as const;
  await raise(house.db, citizen, "password", now);
  await askRequest(house, citizen, { kind: "erase", says: "Tôi ra nước ngoài ở", agree: true }, house.clock.now());
  const staff = await identify(house, { bearer: stand.officers[0] ?? "" });
  const [request] = await requestsOf(house.db, personId);
  if (staff.kind !== "staff" || !request) throw new Error("nobody can decide");
  const { requestId } = request;
  await decideRequest(house, staff, { requestId, outcome: "erased", answer: "Đã xóa theo yêu cầu." });
  const backup = { dir, keyFile, followsLog: false };
  await noteErasures({ ...house, settings: { ...house.settings, backup } });
}

/** The restored folder under a server and a worker of its own. */
async function lookAtRestored(personId: string) {
  const cluster = await startCluster({ binDir: embeddedBinaries(), dataDir: join(into, "pg") });
  const connection = inDatabase(cluster.connection, "vssid");
  const pool = createPool(connection, { ...quiet, size: 2 });
  const environment = { ...backupEnvironment(), DATABASE_URL: addressOf(connection) };
  const worker = await new KeptProcess(await freePort(), environment).start();
  try {
    const submits = stand.smsc.submits.length;
    const count = async (where: string) =>
      ((await pool.query(`select count(*)::int as n from notice where ${where}`)).rows[0]?.n ?? 0) as number;
    const held = await count("last_error = 'held_after_restore'");
    await wait(5000);
    const sentBefore = stand.smsc.submits.length - submits;
    const { rows } = await pool.query("select status from account where person_id = $1", [personId]);
    const said = await vssid(["restore", "--release-notices"], environment);
    const released = Number(said.lines.at(-1)?.released ?? 0);
    const giveUpAt = Date.now() + SENT_WITHIN_MS;
    const open = "channel = 'sms' and state in ('queued', 'sending', 'unknown')";
    while ((await count(open)) > 0 && Date.now() < giveUpAt) await wait(200);
    return { held, sentBefore, released, unsent: await count(open), closed: rows[0]?.status === "closed" };
  } finally {
    await worker.end();
    await pool.end();
    await cluster.stop("immediate");
  }
}

function backupEnvironment(): Record<string, string> {
  return {
    ...stand.environment(),
    VSSID_BACKUP_DIR: dir,
    ...(existsSync(keyFile) ? { VSSID_BACKUP_KEY_FILE: keyFile } : {}),
  };
}

function start(args: readonly string[], environment = backupEnvironment()): ChildProcess {
  return spawn(process.execPath, [join(projectRoot, "dist", "cli.js"), ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: process.env.PATH, ...environment },
  });
}

async function vssid(args: readonly string[], environment = backupEnvironment()) {
  if (args.includes("--new-key")) delete (environment as Record<string, string | undefined>).VSSID_BACKUP_DIR;
  const child = start(args, environment);
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      text += chunk.toString();
    });
  }
  const [code] = await once(child, "exit");
  const lines = text
    .split("\n")
    .flatMap((line): Record<string, unknown>[] => (line.startsWith("{") ? [JSON.parse(line)] : []));
  return { code: code as number | null, lines, text };
}
