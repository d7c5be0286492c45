import { randomUUID } from "node:crypto";
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { CannotStart } from "./cannot-start.ts";

/** Who has a database folder open. */
export interface Holder {
  pid: number;
  /** Tells this process from another that got the same number later. */
  birth: string;
  since: string;
  socketDir: string;
}

export class FolderHeld extends CannotStart {
  readonly holder: Holder;
  constructor(folder: string, holder: Holder) {
    super(`${folder} is held by process ${holder.pid} since ${holder.since}. Stop that one first.`);
    this.holder = holder;
  }
}

/** Takes the folder, or throws FolderHeld. The answer lets it go. A lock left by a dead process counts for nothing. */
export function holdFolder(folder: string, socketDir: string): () => void {
  const lock = lockFileOf(folder);
  const mine = JSON.stringify({
    pid: process.pid,
    birth: birthOf(process.pid) ?? "",
    since: new Date().toISOString(),
    socketDir,
  } satisfies Holder);
  for (;;) {
    if (createWhole(lock, mine)) break;
    const seen = readText(lock);
    const holder = seen === undefined ? undefined : parseHolder(seen);
    if (holder && isAlive(holder)) throw new FolderHeld(folder, holder);
    if (seen !== undefined) clearAway(lock, seen);
  }
  return () => {
    if (readText(lock) === mine) rmSync(lock, { force: true });
  };
}

/** The living holder, if there is one. */
export function holderOf(folder: string): Holder | undefined {
  const text = readText(lockFileOf(folder));
  const holder = text === undefined ? undefined : parseHolder(text);
  return holder && isAlive(holder) ? holder : undefined;
}

/** Boot and start time of a process on Linux; undefined when there is none (or no way to know). */
export function birthOf(pid: number): string | undefined {
  const stat = readText(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  const startTicks = afterName(stat)[19];
  return `${readText("/proc/sys/kernel/random/boot_id")?.trim() ?? ""}:${startTicks ?? ""}`;
}

/** A process that has ended and was not yet collected by its parent answers to signals, and holds nothing. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    const stat = readText(`/proc/${pid}/stat`);
    return stat === undefined || afterName(stat)[0] !== "Z";
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** The fields of /proc/PID/stat that follow the name of the program, which may hold anything. */
function afterName(stat: string): string[] {
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
}

function lockFileOf(folder: string): string {
  return `${folder}.lock`;
}

/** Written beside and linked into place: nobody ever reads half a lock. False when it exists. */
function createWhole(lock: string, text: string): boolean {
  const draft = `${lock}.${randomUUID()}`;
  try {
    writeFileSync(draft, text, { mode: 0o600 });
    linkSync(draft, lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Removes the dead lock that was seen; a fresh one that came in between is put back. */
function clearAway(lock: string, seen: string): void {
  const aside = `${lock}.${randomUUID()}`;
  try {
    renameSync(lock, aside);
  } catch {
    return;
  }
  const taken = readText(aside);
  if (taken !== undefined && taken !== seen) createWhole(lock, taken);
  rmSync(aside, { force: true });
}

function isAlive(holder: Holder): boolean {
  if (!isRunning(holder.pid)) return false;
  const birth = birthOf(holder.pid);
  return birth === undefined || holder.birth === "" || birth === holder.birth;
}

function parseHolder(text: string): Holder | undefined {
  try {
    return JSON.parse(text) as Holder;
  } catch {
    return undefined;
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
