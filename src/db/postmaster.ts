import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readlinkSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { isRunning } from "./folder-lock.ts";

/** What a PostgreSQL folder tells about its server: `postmaster.pid` holds the process number and its state. */
export function hasCluster(dataDir: string): boolean {
  return existsSync(join(dataDir, "PG_VERSION"));
}

/** True once the server with this process number takes connections, be it of those who only read. */
export function isReady(dataDir: string, pid: number | undefined): boolean {
  const lines = pidFile(dataDir);
  return Number(lines[0]) === pid && lines[7]?.trim() === "ready";
}

/** Those of its processes that a start or an end waits for; a connection that is being opened is called otherwise. */
const WORKERS = /^postgres: (?:\S+: )?(startup|checkpointer|background writer|io worker|walwriter|walreceiver)\b/;

/**
 * Whether the server plays its log, or writes everything down before its end, and a text that is another one as long
 * as that goes on: its state, when its control file was written, the processor time of its processes. Without one that
 * plays the log the others may turn for ever, for nobody.
 */
export function workOf(dataDir: string, pid: number): { isBusy: boolean | undefined; progress: string } {
  const state = pidFile(dataDir)[7]?.trim() ?? "";
  const children = childrenOf(pid);
  const working = children?.filter(({ title }) => WORKERS.test(title)) ?? [];
  const isEnding = state === "stopping" && working.length > 0;
  const isPlaying = working.some(({ title }) => WORKERS.exec(title)?.[1] === "startup");
  const turning = isEnding || isPlaying ? working.map(({ time, title }) => `${time} ${title}`) : [];
  const progress = [state, controlWrittenAt(dataDir), ...turning].join("\n");
  return { isBusy: children && (isEnding || isPlaying), progress };
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

function controlWrittenAt(dataDir: string): number {
  return statSync(join(dataDir, "global", "pg_control"), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

interface Child {
  /** Processor time so far, in whatever unit. */
  time: string;
  title: string;
}

/** Undefined: this machine has neither /proc nor `ps`. */
function childrenOf(pid: number): Child[] | undefined {
  try {
    const list = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
    return list === "" ? [] : list.split(" ").flatMap(childOf);
  } catch {
    const { status, stdout } = spawnSync("ps", ["-A", "-o", "ppid=,time=,command="], { encoding: "utf8" });
    if (status !== 0) return undefined;
    return stdout.split("\n").flatMap((line) => {
      const [, parent, time = "", title = ""] = /^\s*(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
      return Number(parent) === pid ? [{ time, title }] : [];
    });
  }
}

function childOf(pid: string): Child[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const [user, system] = stat
      .slice(stat.lastIndexOf(")") + 2)
      .split(" ")
      .slice(11, 13);
    const title = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
    return [{ time: `${user} ${system}`, title }];
  } catch {
    return [];
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
