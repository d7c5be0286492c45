/** A power cut by copy of the disk's image: what was flushed is in it, and a database opens on it. */
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { embeddedBinaries } from "../src/db/binaries.ts";
import { inDatabase } from "../src/db/connection.ts";
import { type Cluster, startCluster } from "../src/db/embedded.ts";
import { createPool } from "../src/db/pool.ts";
import { judgeOracle } from "./lives-judge.ts";
import { type LivesStand, quiet } from "./lives-stand.ts";
import { mountImage, unmount } from "./small-disk.ts";

/** What was under way at the cut may be there without an answer: that is no act done twice. */
const UNDER_WAY = 9;

export interface Cuts {
  cuts: number;
  acknowledged: number;
  lost: string[];
  twice: string[];
  slowest: number;
}

export const noCuts = (): Cuts => ({ cuts: 0, acknowledged: 0, lost: [], twice: [], slowest: 0 });

/** Milliseconds for which the database stood still. */
export async function cutPower(stand: LivesStand, disk: string, seen: Cuts): Promise<number> {
  const place = mkdtempSync(join(tmpdir(), "vssid-cut-"));
  const image = join(place, "disk.img");
  const known = join(place, "acknowledged.jsonl");
  const startedAt = performance.now();
  if (!existsSync(stand.oracle)) return 0;
  copyFileSync(stand.oracle, known);
  const all = processesOf(stand.cluster.pid() ?? 0);
  for (const pid of all) signal(pid, "SIGSTOP");
  spawnSync("cp", ["--sparse=always", disk, image]);
  for (const pid of all) signal(pid, "SIGCONT");
  const out = performance.now() - startedAt;
  try {
    await openAndJudge(image, join(place, "disk"), known, seen);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
  return out;
}

async function openAndJudge(image: string, folder: string, known: string, seen: Cuts): Promise<void> {
  if (!mountImage(image, folder)) throw new Error("the copy cannot be mounted");
  // Their processes live on here; after a real cut nobody has these numbers.
  for (const name of readdirSync(folder)) if (name.startsWith("pg.")) rmSync(join(folder, name), { recursive: true });
  rmSync(join(folder, "pg", "postmaster.pid"), { force: true });
  const openingAt = performance.now();
  let cluster: Cluster | undefined;
  try {
    cluster = await startCluster({ binDir: embeddedBinaries(), dataDir: join(folder, "pg") });
    const pool = createPool(inDatabase(cluster.connection, "vssid"), quiet);
    await pool.query("select 1");
    seen.slowest = Math.max(seen.slowest, performance.now() - openingAt);
    const found = await judgeOracle(pool, known, () => UNDER_WAY);
    await pool.end();
    seen.cuts += 1;
    seen.acknowledged += found.acknowledged;
    seen.lost.push(...found.lost);
    seen.twice.push(...found.twice);
  } finally {
    await cluster?.stop("immediate");
    unmount(folder);
  }
}

function processesOf(pid: number): number[] {
  if (!existsSync(`/proc/${pid}/task`)) return [];
  const children = readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, "utf8").trim().split(" ").filter(Boolean).map(Number),
  );
  return [pid, ...children];
}

function signal(pid: number, how: NodeJS.Signals): void {
  try {
    process.kill(pid, how);
  } catch {
    // A connection that has ended meanwhile.
  }
}
