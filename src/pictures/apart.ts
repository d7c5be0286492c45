import { type ChildProcessByStdio, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import type { Readable, Writable } from "node:stream";

/** Node asks for 600 MB and uses a tenth of them; the rest is room for a picture of forty million points at its worst. */
const DATA_KB_MOST = 1280 * 1024;

/**
 * No secret in its environment, a bound on its memory, and no network where the kernel lets anybody have a network
 * namespace of their own.
 */
const walls = `ulimit -d ${DATA_KB_MOST}; unshare -cn true && exec unshare -cn "$0" "$@"; exec "$0" "$@"`;
const shell = process.platform === "linux" && existsSync("/bin/sh") ? ["/bin/sh", "-c", walls] : [];
const frugal = { MALLOC_ARENA_MAX: "2", UV_THREADPOOL_SIZE: "1" };

/** A program of ours in a process of its own, for what strangers send; `args` stand in its argv. */
export function spawnApart(program: string, args: readonly string[]): ChildProcessByStdio<Writable, Readable, null> {
  const node = [process.execPath, "--max-old-space-size=128", "--input-type=module", "-e", program, ...args];
  const [command = "", ...rest] = [...shell, ...node];
  return spawn(command, rest, { env: frugal, stdio: ["pipe", "pipe", "ignore"] });
}
