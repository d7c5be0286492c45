/** R4, the lone server whose log is followed onto another disk: what its end costs, and whether the restore says so. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { tellAtMost } from "../bench/harness.ts";
import { makeKeyFile } from "../src/backup/key.ts";
import { embeddedBinaries } from "../src/db/binaries.ts";
import { inDatabase } from "../src/db/connection.ts";
import { startCluster } from "../src/db/embedded.ts";
import { createPool } from "../src/db/pool.ts";
import { projectRoot } from "../src/db/root.ts";
import { CrashLife } from "./crash-life.ts";
import { Cast } from "./crash-people.ts";
import { judgeOracle } from "./lives-judge.ts";
import { LivesStand, quiet } from "./lives-stand.ts";

const MOST_LOST_MS = 10_000;
const CLIENTS = 3;
const LIVE_MS = process.argv.includes("--small") ? 14_000 : 60_000;
/** Under way at the end: there without an answer is no act done twice. */
const UNDER_WAY = 9;
const OTHER_CAST = 2;

/** True when what was lost is of the last ten seconds, and the restore says up to where it came. */
export async function playLone(home: string): Promise<boolean> {
  const stand = new LivesStand();
  const [dir, keyFile, into] = [join(home, "backups"), join(home, "backup.key"), join(home, "restored")];
  makeKeyFile(keyFile);
  const env = { VSSID_BACKUP_DIR: dir, VSSID_BACKUP_KEY_FILE: keyFile, VSSID_BACKUP_LOG: "follow" };
  try {
    await stand.open({ webs: 1, workers: 1, officers: 1, env });
    const environment = stand.environment();
    await vssid(["backup"], environment);
    const marks = await live(stand, LIVE_MS);
    const killedAt = Date.now();
    const pid = stand.cluster.pid();
    if (pid !== undefined) process.kill(pid, "SIGKILL");
    await Promise.all([stand.cluster.stop("immediate"), stand.endProcesses()]);
    rmSync(stand.dataDir, { recursive: true, force: true });
    const safe = marks.findLast(({ at }) => at <= killedAt - MOST_LOST_MS)?.lines ?? 0;
    const { code, lines } = await vssid(["restore", "--from", dir, "--into", into], environment);
    const reached = Date.parse(String(lines.find((line) => "restoredTo" in line)?.restoredTo ?? ""));
    return code === 0 && (await judge({ stand, home, into, safe, killedAt, reached }));
  } finally {
    await stand.close();
  }
}

interface Ended {
  stand: LivesStand;
  home: string;
  into: string;
  /** Acts that were acknowledged ten seconds before the end and more. */
  safe: number;
  killedAt: number;
  /** What the restore says; not a number: it says nothing. */
  reached: number;
}

async function judge({ stand, home, into, safe, killedAt, reached }: Ended): Promise<boolean> {
  const known = join(home, "lone.jsonl");
  const all = linesOf(stand.oracle);
  writeFileSync(known, `${all.slice(0, safe).join("\n")}\n`);
  const cluster = await startCluster({ binDir: embeddedBinaries(), dataDir: join(into, "pg") });
  const pool = createPool(inDatabase(cluster.connection, "vssid"), quiet);
  try {
    const early = await judgeOracle(pool, known, () => UNDER_WAY);
    const late = await judgeOracle(pool, stand.oracle, () => UNDER_WAY);
    appendFileSync(
      known,
      `${JSON.stringify({ person: "5299999999", act: "declare", answer: "done", secret: "issued" })}\n`,
    );
    const planted = await judgeOracle(pool, known, () => UNDER_WAY);
    const isSeen = planted.lost.length === early.lost.length + 1;
    console.log(`R4 planted: an act that no log has: ${isSeen ? "held" : "short"}`);
    const spanMs = Number.isNaN(reached) ? Number.POSITIVE_INFINITY : killedAt - reached;
    const extra = `${late.lost.length} of ${all.length} acknowledged acts were lost at the very end`;
    return [
      isSeen && safe > 0,
      tellAtMost({
        id: "R4",
        what: "acts older than ten seconds that a lone server lost",
        value: early.lost.length,
        goal: 0,
        extra,
      }),
      tellAtMost({
        ...{ id: "R4", what: "ms before the end up to which the restore says that it came", value: Math.round(spanMs) },
        ...{ goal: MOST_LOST_MS, extra: "" },
      }),
    ].every(Boolean);
  } finally {
    await pool.end();
    await cluster.stop("immediate");
  }
}

/** People declare and are decided; how many answers there were, each half second. */
async function live(stand: LivesStand, ms: number): Promise<{ at: number; lines: number }[]> {
  const endsAt = Date.now() + ms;
  const marks: { at: number; lines: number }[] = [];
  const cast = new Cast(OTHER_CAST);
  const one = async () => {
    while (Date.now() < endsAt) {
      const at = { port: stand.balancer.port, oracle: stand.oracle, bearer: stand.officers[0] ?? "" };
      const life = new CrashLife(cast.adult(), at);
      for (const act of ["declare", "confirm", "receive", "accept"] as const) await life.act(act);
    }
  };
  const living = Promise.all(Array.from({ length: CLIENTS }, one));
  while (Date.now() < endsAt) {
    await wait(500);
    marks.push({ at: Date.now(), lines: linesOf(stand.oracle).length });
  }
  await living;
  return marks;
}

function linesOf(file: string): string[] {
  return existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean) : [];
}

async function vssid(args: readonly string[], env: Record<string, string>) {
  const child = spawn(process.execPath, [join(projectRoot, "dist", "cli.js"), ...args], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { PATH: process.env.PATH, ...env },
  });
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => {
    text += chunk.toString();
  });
  const [code] = (await once(child, "exit")) as [number | null];
  const lines = text.split("\n").flatMap((line): Record<string, unknown>[] => {
    return line.startsWith("{") ? [JSON.parse(line)] : [];
  });
  return { code, lines };
}
