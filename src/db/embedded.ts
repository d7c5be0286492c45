import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { CannotStart } from "./cannot-start.ts";
import type { Connection } from "./connection.ts";
import { holdFolder, isRunning } from "./folder-lock.ts";
import { hasCluster, isReady, logTail, postmasterOf } from "./postmaster.ts";
import { findRunAs, giveTo, type RunAs } from "./run-as.ts";
import { type WatchPace, watchServer } from "./server-watch.ts";

/** Our supervisor of a PostgreSQL of our own: made on first use, started again when it dies, gone when we go. */
export interface ClusterOptions {
  /** Folder of `initdb` and `postgres`. */
  binDir: string;
  dataDir: string;
  /** Over the settings below; tests turn fsync off. */
  settings?: Record<string, string>;
  onRestart?: (reason: string) => void;
  startLimitMs?: number;
  /** When a server that lets nobody in is ended; tests wait less. */
  watch?: Partial<WatchPace>;
}

export interface Cluster {
  connection: Connection;
  pid(): number | undefined;
  stop(how?: "fast" | "immediate"): Promise<void>;
}

export const clusterUser = "vssid";
const stopLimitMs = 15_000;
const againMs = 1_000;
const longestAgainMs = 10_000;
/** PostgreSQL gives its own processes five seconds. */
const quitLimitMs = 7_000;
const largestLogBytes = 20_000_000;

/**
 * A connection that answers a list would give its memory back to the system after every one, and fetch it again page by
 * page for the next: nearly half of what a read cost the server. It keeps up to 4 MB instead.
 */
const keepsMemory = `GLIBC_TUNABLES=${["trim_threshold=4194304", "mmap_threshold=4194304", "top_pad=262144"]
  .map((one) => `glibc.malloc.${one}`)
  .join(":")}`;

/** For a small machine. Statements and row details stay out of the log: they hold personal data. */
const settingsOfOurs: Record<string, string> = {
  listen_addresses: "",
  max_connections: "80",
  shared_buffers: "192MB",
  max_wal_size: "2GB",
  // What was written since a checkpoint is played again after a cut: a minute of it, not five.
  checkpoint_timeout: "1min",
  wal_compression: "off",
  checkpoint_completion_target: "0.9",
  random_page_cost: "1.1",
  jit: "off",
  // Somebody's report takes one core: with several it would take all of a small machine from who signs in.
  max_parallel_workers_per_gather: "0",
  timezone: "UTC",
  log_timezone: "UTC",
  log_line_prefix: "%m [%p] ",
  log_error_verbosity: "terse",
  log_min_error_statement: "panic",
  // After a cut every file is flushed before anything is played: one call, not one for each of thousands.
  ...(process.platform === "linux" ? { recovery_init_sync_method: "syncfs" } : {}),
};

/** Throws FolderHeld when another process has the folder. */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const dataDir = resolve(options.dataDir);
  mkdirSync(dirname(dataDir), { recursive: true });
  const socketDir = socketDirOf(dataDir);
  const letGo = holdFolder(dataDir, socketDir);
  try {
    const runAs = findRunAs(join(options.binDir, "postgres"));
    makeSocketDir(socketDir, runAs);
    await endLeftover(dataDir);
    if (!hasCluster(dataDir)) initialise(options.binDir, dataDir, runAs);
    const server = await supervise({ ...options, dataDir }, socketDir, runAs);
    return {
      connection: connectionOf(socketDir, options),
      pid: server.pid,
      async stop(how = "fast") {
        await server.stop(how);
        rmSync(socketDir, { recursive: true, force: true });
        letGo();
      },
    };
  } catch (error) {
    letGo();
    throw error;
  }
}

/** A socket bears the number of the port, also where nobody listens there. */
function connectionOf(socketDir: string, { settings }: ClusterOptions): Connection {
  const port = settings?.port === undefined ? {} : { port: Number(settings.port) };
  return { host: socketDir, ...port, user: clusterUser, database: "postgres" };
}

/** Beside the data when the path fits into the 107 bytes of a socket address, else in the temporary folder. */
function socketDirOf(dataDir: string): string {
  const beside = `${dataDir}.run`;
  if (Buffer.byteLength(join(beside, ".s.PGSQL.5432")) <= 100) return beside;
  const mark = createHash("sha256").update(dataDir).digest("hex").slice(0, 12);
  return join(tmpdir(), `vssid-${mark}`);
}

function makeSocketDir(socketDir: string, runAs: RunAs): void {
  mkdirSync(socketDir, { recursive: true, mode: 0o700 });
  const owner = statSync(socketDir).uid;
  if (owner !== process.getuid?.() && owner !== runAs.uid) {
    throw new CannotStart(`${socketDir} belongs to another user. Remove it, or choose another VSSID_DATA_DIR.`);
  }
  chmodSync(socketDir, 0o700);
  giveTo(runAs, socketDir);
}

/** A server whose supervisor was killed where it could not be told: ask it to stop, and wait. */
async function endLeftover(dataDir: string): Promise<void> {
  const pid = postmasterOf(dataDir);
  if (pid === undefined) return;
  process.kill(pid, "SIGINT");
  if (await isGone(pid, stopLimitMs)) return;
  process.kill(pid, "SIGQUIT");
  if (await isGone(pid, stopLimitMs)) return;
  throw new CannotStart(`PostgreSQL process ${pid} still has ${dataDir} open and does not stop.`);
}

async function isGone(pid: number, limitMs: number): Promise<boolean> {
  const giveUpAt = Date.now() + limitMs;
  while (isRunning(pid)) {
    if (Date.now() > giveUpAt) return false;
    await wait(10);
  }
  return true;
}

/** Made beside and renamed: a start that was cut short leaves nothing half made. */
function initialise(binDir: string, dataDir: string, runAs: RunAs): void {
  const draft = `${dataDir}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  giveTo(runAs, draft);
  const [command = "", ...args] = [...runAs.prefix, join(binDir, "initdb"), "-D", draft, "-U", clusterUser, ...locale];
  const made = spawnSync(command, args, { encoding: "utf8", cwd: draft });
  if (made.status !== 0) {
    rmSync(draft, { recursive: true, force: true });
    throw new CannotStart(
      `PostgreSQL could not make its folder ${dataDir}:\n${made.stderr || made.error?.message || ""}`,
    );
  }
  renameSync(draft, dataDir);
}

const locale = [
  "--auth=trust",
  "--encoding=UTF8",
  "--locale=C",
  "--locale-provider=icu",
  "--icu-locale=vi-VN",
  "--no-instructions",
];

interface Server {
  pid(): number | undefined;
  stop(how: "fast" | "immediate"): Promise<void>;
}

async function supervise(options: ClusterOptions, socketDir: string, runAs: RunAs): Promise<Server> {
  let isStopping = false;
  let child: ChildProcess | undefined;
  let restart: Promise<void> | undefined;
  const start = () =>
    startServer(options, socketDir, runAs, {
      isWanted: () => !isStopping,
      onSpawn: (spawned) => {
        child = spawned;
      },
    });
  const watch = (server: ChildProcess): void => {
    server.once("exit", (code, signal) => {
      if (isStopping) return;
      options.onRestart?.(`PostgreSQL ended (${signal ?? code}); starting it again`);
      restart = startAgain();
    });
  };
  /** However long it takes: a disk that fails or is full today has room tomorrow, and nobody may have to come. */
  async function startAgain(): Promise<void> {
    for (let pauseMs = againMs; !isStopping; pauseMs = Math.min(pauseMs * 2, longestAgainMs)) {
      try {
        return watch(await start());
      } catch (error) {
        if (isStopping) return;
        options.onRestart?.((error as Error).message);
        await wait(pauseMs);
      }
    }
  }
  const endWatch = watchServer({
    connection: connectionOf(socketDir, options),
    dataDir: options.dataDir,
    pid: () => (child && !isOver(child) && !isStopping ? child.pid : undefined),
    async end(reason) {
      options.onRestart?.(reason);
      if (child) await endServer(child, ["SIGQUIT", "SIGKILL"], quitLimitMs);
    },
    pace: options.watch,
  });
  try {
    watch(await start());
  } catch (error) {
    endWatch();
    throw error;
  }
  // Where the machine has no setpriv, this is what takes the server along when we go.
  const takeAlong = (): void => {
    child?.kill("SIGINT");
  };
  process.once("exit", takeAlong);
  return {
    pid: () => child?.pid,
    async stop(how) {
      isStopping = true;
      endWatch();
      process.off("exit", takeAlong);
      const signals = [...(how === "fast" ? (["SIGINT"] as const) : []), "SIGQUIT", "SIGKILL"] as const;
      const end = async () => child && endServer(child, signals, stopLimitMs);
      // One that is just being started, too, and one that became ready meanwhile.
      await end();
      await restart;
      await end();
    },
  };
}

const isOver = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null;

/** Each of the signals, one after the other, until it has ended. */
async function endServer(child: ChildProcess, signals: readonly NodeJS.Signals[], limitMs: number): Promise<void> {
  if (isOver(child)) return;
  const ended = once(child, "exit");
  const left = [...signals];
  const hurry = setInterval(() => child.kill(left.shift() ?? "SIGKILL"), limitMs);
  child.kill(left.shift() ?? "SIGKILL");
  await ended;
  clearInterval(hurry);
}

/** After a kill, the old backends hold the folder for up to a second or two: try until they have let go. */
async function startServer(
  options: ClusterOptions,
  socketDir: string,
  runAs: RunAs,
  { onSpawn, isWanted }: { onSpawn(child: ChildProcess): void; isWanted(): boolean },
): Promise<ChildProcess> {
  const giveUpAt = Date.now() + (options.startLimitMs ?? 15_000);
  for (;;) {
    if (!isWanted()) throw new CannotStart("PostgreSQL was stopped before it had started.");
    const child = spawnServer(options, socketDir, runAs);
    onSpawn(child);
    if (await becomesReady(child, options.dataDir)) return child;
    if (Date.now() > giveUpAt) {
      throw new CannotStart(`PostgreSQL in ${options.dataDir} did not start:\n${logTail(logFileOf(options.dataDir))}`);
    }
    await wait(100);
  }
}

function spawnServer(options: ClusterOptions, socketDir: string, runAs: RunAs): ChildProcess {
  const settings = { ...settingsOfOurs, ...options.settings, unix_socket_directories: socketDir };
  const set = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  // `env` becomes the server itself: it is one process, of the number that we know.
  const asked = ["env", keepsMemory, join(options.binDir, "postgres"), "-D", options.dataDir, ...set];
  const [command = "", ...args] = [...runAs.prefix, ...asked];
  const log = openLog(logFileOf(options.dataDir));
  // A group of its own: Ctrl-C in a terminal must reach us only, or it would end before its last requests.
  const child = spawn(command, args, { stdio: ["ignore", log, log], cwd: options.dataDir, detached: true });
  closeSync(log);
  return child;
}

async function becomesReady(child: ChildProcess, dataDir: string): Promise<boolean> {
  let hasFailed = false;
  child.once("error", () => {
    hasFailed = true;
  });
  while (!hasFailed && !isOver(child)) {
    if (isReady(dataDir, child.pid)) return true;
    await wait(10);
  }
  return false;
}

function logFileOf(dataDir: string): string {
  return `${dataDir}.log`;
}

function openLog(path: string): number {
  if (existsSync(path) && statSync(path).size > largestLogBytes) truncateSync(path);
  return openSync(path, "a", 0o600);
}
