import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readlinkSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { isRunning } from "./folder-lock.ts";

/** What a PostgreSQL folder tells about its server: `postmaster.pid` holds the process number and its state. */
export function hasCluster(dataDir: string): boolean {
  return existsSync(join(dataDir, "PG_VERSION"));
}

/** True once the server with this process number takes connections. */
export function isReady(dataDir: string, pid: number | undefined): boolean {
  const lines = pidFile(dataDir);
  return Number(lines[0]) === pid && lines[7]?.trim() === "ready";
}

/** The running server of this folder, if there is one; a number used by another program since does not count. */
export function postmasterOf(dataDir: string): number | undefined {
  const pid = Number(pidFile(dataDir)[0]);
  return pid > 0 && isRunning(pid) && worksIn(pid, dataDir) ? pid : undefined;
}

export function logTail(path: string): string {
  try {
    return readFileSync(path, "utf8").trimEnd().split("\n").slice(-8).join("\n");
  } catch {
    return "";
  }
}

function pidFile(dataDir: string): string[] {
  try {
    return readFileSync(join(dataDir, "postmaster.pid"), "utf8").split("\n");
  } catch {
    return [];
  }
}

function worksIn(pid: number, dataDir: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(dataDir);
  } catch {
    const { stdout } = spawnSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" });
    return (stdout ?? "").includes(dataDir);
  }
}
