/**
 * F28: one process as `bin/start` runs it, with the PostgreSQL that it keeps itself: process, server, or both killed
 * while people live on, and a second start beside the first. Started again it takes the folder up; nothing acknowledged
 * is lost, one server has the folder, and the lock is the living process's. --kills=40.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { holderOf, isRunning } from "../src/db/folder-lock.ts";
import { postmasterOf } from "../src/db/postmaster.ts";
import { projectRoot } from "../src/db/root.ts";
import { fault, type Injection, wellAgain } from "./lives-faults.ts";
import { playLives } from "./lives-play.ts";
import type { LivesStand } from "./lives-stand.ts";
import { freePort } from "./upgrade-stand.ts";

const SECOND_MS = 20_000;
const GONE_MS = 20_000;

const seen = { looks: 0, wrong: [] as string[], refusals: 0, seconds: 0, isPlantSeen: false };
const isHeld = await playLives({
  title: "R1 bin/start and its database killed",
  ...{ small: 8, usual: 60, asked: 60 },
  stand: { isOwnDatabase: true },
  faults: (stand) => [
    killed(stand, "SIGKILL of the process", 5000, () => stand.webs[0]?.kill()),
    killed(stand, "SIGKILL of its database", 3000, () => endServer(stand)),
    killed(stand, "SIGKILL of both", 5000, () => {
      endServer(stand);
      stand.webs[0]?.kill();
    }),
    fault("a second start beside it", 0, async () => {
      if (!seen.isPlantSeen) await plant(stand);
      await startSecond(stand);
      return look(stand);
    }),
  ],
});
for (const line of seen.wrong.slice(0, 20)) console.log(`  ${line}`);
const isGood = seen.wrong.length === 0 && seen.looks > 0;
console.log(
  `F28 planted: a second server on the folder is seen: ${seen.isPlantSeen ? "held" : "short"}; ` +
    `${seen.looks} looks at the folder: ${seen.wrong.length} with another number of servers, a lock of nobody's, or a server left behind: ${isGood ? "held" : "short"}`,
);
const isToldWho = seen.seconds > 0 && seen.refusals === seen.seconds;
console.log(
  `F28 ${seen.seconds} second starts, told who holds the folder: ${seen.refusals}: ${isToldWho ? "held" : "short"}`,
);
process.exitCode = isHeld && isGood && isToldWho && seen.isPlantSeen ? 0 : 1;

function killed(stand: LivesStand, name: string, goalMs: number, kill: () => void): Injection {
  return fault(name, goalMs, async () => {
    const before = postmasterOf(stand.dataDir);
    const isServerToGo = name !== "SIGKILL of its database";
    kill();
    const out = await wellAgain(stand);
    await look(stand);
    if (isServerToGo && before !== undefined && isRunning(before) && postmasterOf(stand.dataDir) !== before) {
      seen.wrong.push(`server ${before} lives on`);
    }
    return out;
  });
}

function endServer({ dataDir }: LivesStand): void {
  const pid = postmasterOf(dataDir);
  if (pid !== undefined) process.kill(pid, "SIGKILL");
}

/** One server, and the lock is that of the process which is kept; the old ones may take a moment to go. */
async function look(stand: LivesStand): Promise<number> {
  const startedAt = performance.now();
  const isGood = () => serversOn(stand.dataDir).length === 1 && holderOf(stand.dataDir)?.pid === stand.webs[0]?.pid;
  while (!isGood() && performance.now() < startedAt + GONE_MS) await wait(50);
  seen.looks += 1;
  if (!isGood()) {
    const holder = holderOf(stand.dataDir)?.pid;
    seen.wrong.push(`servers ${serversOn(stand.dataDir).join(", ")}, held by ${holder}, kept ${stand.webs[0]?.pid}`);
  }
  return performance.now() - startedAt;
}

/**
 * Main processes of PostgreSQL in this folder: those of its connections have other titles. One that was just born still
 * has its parent's, and is told by that parent.
 */
function serversOn(dataDir: string): number[] {
  const found = readdirSync("/proc")
    .map(Number)
    .filter((pid) => {
      try {
        return (
          readlinkSync(`/proc/${pid}/cwd`) === dataDir &&
          readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").includes("-D")
        );
      } catch {
        return false;
      }
    });
  return found.filter((pid) => !found.includes(parentOf(pid)));
}

/** Behind the name, which may hold anything: its state, then its parent. */
function parentOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return 0;
  }
}

async function startSecond(stand: LivesStand): Promise<void> {
  seen.seconds += 1;
  const child = spawn(process.execPath, [join(projectRoot, "dist", "main.js")], {
    stdio: ["ignore", "ignore", "pipe"],
    env: { PATH: process.env.PATH, ...stand.aloneEnvironment(), PORT: String(await freePort()) },
  });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  const hurry = setTimeout(() => child.kill("SIGKILL"), SECOND_MS);
  const [code] = await once(child, "exit");
  clearTimeout(hurry);
  if (code === 1 && said.includes(`held by process ${stand.webs[0]?.pid}`)) seen.refusals += 1;
}

/** A stranger that looks like a server in the folder must be counted. */
async function plant({ dataDir }: LivesStand): Promise<void> {
  const stranger = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)", "-", "-D"], {
    cwd: dataDir,
    stdio: "ignore",
  });
  await once(stranger, "spawn");
  await wait(200);
  seen.isPlantSeen = serversOn(dataDir).length === 2;
  const ended = once(stranger, "exit");
  stranger.kill("SIGKILL");
  await ended;
}
