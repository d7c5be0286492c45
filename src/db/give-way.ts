/**
 * An import gives way to whoever reads meanwhile: its process, the threads that read for it and the connection that
 * writes for it get the processor when nobody else wants it. What it takes and when it is kept stays the same.
 */
import { readFileSync } from "node:fs";
import { constants, setPriority } from "node:os";
import { join } from "node:path";
import type pg from "pg";
import type { House } from "./house.ts";
import { postmasterOf } from "./postmaster.ts";

const BEHIND = constants.priority.PRIORITY_BELOW_NORMAL;
const LAST = constants.priority.PRIORITY_LOW;
/** The process of our own PostgreSQL; undefined where the operator has a server of their own, which we leave alone. */
const servers = new WeakMap<pg.Pool, number | undefined>();

/** For a process that imports and does nothing else, before it starts its threads. */
export function giveWay({ pool, settings }: House): void {
  lower(0);
  knowServer(pool, settings.dataDir);
}

/**
 * For a thread that reads ahead for an import: it stands behind its own process and connection too. These take one file
 * after the other, so whatever they wait for the processor the whole import waits; the reader has files to spare.
 */
export function standLast(): void {
  // On Linux the calling thread alone.
  lower(0, LAST);
}

export function knowServer(pool: pg.Pool, dataDir: string): void {
  servers.set(pool, postmasterOf(join(dataDir, "pg")));
}

/** The connection of a process that gave way follows it. */
export function giveWayOn(pool: pg.Pool, client: pg.PoolClient): void {
  const server = servers.get(pool);
  const { processID: pid } = client as { processID?: number };
  if (server !== undefined && pid && parentOf(pid) === server) lower(pid);
}

/** Of a process that serves people too: answers whether the connection stands behind now, and must serve nobody else. */
export function standBehind(client: pg.PoolClient, dataDir: string): boolean {
  const server = postmasterOf(join(dataDir, "pg"));
  const { processID: pid } = client as { processID?: number };
  if (server === undefined || !pid || parentOf(pid) !== server) return false;
  lower(pid);
  return true;
}

/** Where the system does not let us, the import is only less polite. */
function lower(pid: number, to = BEHIND): void {
  try {
    setPriority(pid, to);
  } catch {
    // Another user's process, or no such thing here.
  }
}

function parentOf(pid: number): number | undefined {
  try {
    const parent = /\) \S+ (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8"))?.[1];
    return parent === undefined ? undefined : Number(parent);
  } catch {
    return undefined;
  }
}
