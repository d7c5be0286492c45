/**
 * R7 (F1, §4.1): each act is made to die at its first statement, its second, and so on until it passes unharmed: with
 * SIGKILL before the statement, after it, and with a fault thrown. Then it is asked again under the same key, and must
 * have happened once. --every=1 for every statement, --small every ninth.
 */
import { type ChildProcess, fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { optionOf } from "../bench/harness.ts";
import { ACTS, type ActName, BEFORE, CrashLife } from "./crash-life.ts";
import { judgeOracle } from "./lives-judge.ts";
import { LivesStand } from "./lives-stand.ts";

export interface Trap {
  at: number;
  mode: "before" | "after" | "throw";
}

const EVERY = optionOf("every") ?? (process.argv.includes("--small") ? 9 : 1);
const MODES = ["before", "after", "throw"] as const;
const stand = new LivesStand();
let child: ChildProcess | undefined;
const at = { port: 0, oracle: stand.oracle, bearer: "" };
let born = 0;
const seen = { points: 0, broken: [] as string[] };
try {
  await stand.open({ webs: 0, workers: 0, officers: 1 });
  at.bearer = stand.officers[0] ?? "";
  await serve();
  for (const mode of MODES) for (const act of ACTS) await everyStatement(act, mode);
  process.exitCode = (await tell()) ? 0 : 1;
} finally {
  child?.kill("SIGKILL");
  await stand.close();
}

async function everyStatement(act: ActName, mode: Trap["mode"]): Promise<void> {
  for (let nth = 1; ; nth += EVERY) {
    born += 1;
    const life = new CrashLife(born, at);
    for (const step of BEFORE[act]) await life.act(step);
    await set({ at: nth, mode });
    const key = randomUUID();
    const isAnswered = await life.once(act, key).then(
      () => true,
      () => false,
    );
    if (!isAnswered && child?.exitCode === null && child.signalCode === null) await once(child, "exit");
    const isUnharmed = child?.exitCode === null && child.signalCode === null && (await passed()) < nth;
    if (!isUnharmed) seen.points += 1;
    await revive();
    const answer = await life.act(act, key).catch((error: Error) => ({ status: 599, text: error.message }));
    // One officer holds three files at most, and this one receives for everybody.
    await stand.owner.query("update declaration set held_by = null, held_since = null where held_by is not null");
    if (answer.status >= 300) seen.broken.push(`${act} ${mode} ${nth}: ${answer.status} ${answer.text}`);
    if (isUnharmed) return;
  }
}

/** As a service manager and a minute of patience would: another process, and the key of the dead one may be taken over. */
async function revive(): Promise<void> {
  if (child?.exitCode !== null || child.signalCode !== null) await serve();
  await stand.owner.query(
    "update idempotency_key set created_at = created_at - interval '2 minutes' where status is null",
  );
}

async function serve(): Promise<void> {
  const script = fileURLToPath(new URL("./faults-crash-serve.js", import.meta.url));
  child = fork(script, { env: { ...process.env, ...stand.environment() } });
  const [told] = (await once(child, "message")) as [{ port: number }];
  at.port = told.port;
}

async function set(trap: Trap): Promise<void> {
  child?.send(trap);
  if (child) await once(child, "message");
}

async function passed(): Promise<number> {
  if (!child) return 0;
  child.send("count");
  const [told] = (await once(child, "message")) as [{ passed: number }];
  return told.passed;
}

async function tell(): Promise<boolean> {
  const found = await judgeOracle(stand.owner, stand.oracle, () => 0);
  const isHeld = found.lost.length + found.twice.length + seen.broken.length === 0 && seen.points > 0;
  for (const one of [...seen.broken, ...found.lost, ...found.twice].slice(0, 20)) console.log(`  ${one}`);
  console.log(
    `R7 acts that die at a statement of theirs and are asked again: ${seen.points} points of ${ACTS.length} acts in ${MODES.length} modes, ${found.acknowledged} acknowledged: ` +
      `acknowledged and lost: ${found.lost.length}, done twice: ${found.twice.length}, not done by asking again: ${seen.broken.length}: ${isHeld ? "held" : "short"}`,
  );
  return isHeld;
}
