/** Two versions of the product as an operator has them: a folder each, one database, one folder of data. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { projectRoot } from "../src/db/root.ts";

export interface Running {
  port: number;
  child: ChildProcess;
  /** SIGTERM; milliseconds until it was gone, and its exit code. */
  end(): Promise<{ tookMs: number; code: number | null }>;
}

const START_LIMIT_MS = 90_000;
const END_LIMIT_MS = 40_000;

/** A copy of the built tree. What npm brought is linked: it is not what changes. */
export function layRelease(folder: string): string {
  mkdirSync(folder, { recursive: true });
  for (const name of ["dist", "db", "package.json"]) {
    cpSync(join(projectRoot, name), join(folder, name), { recursive: true, filter: (path) => !path.endsWith(".map") });
  }
  symlinkSync(join(projectRoot, "node_modules"), join(folder, "node_modules"));
  return folder;
}

/** The version after: `count` migrations that only add, and every script of its pages under another name. */
export function makeNext(folder: string, count: number): string[] {
  const migrations = join(folder, "db", "migrations");
  const first = readdirSync(migrations).length + 1;
  const names = Array.from({ length: count }, (_, at) => {
    const name = `${String(first + at).padStart(4, "0")}_later_${at}.sql`;
    writeFileSync(join(migrations, name), additions(at));
    return name;
  });
  const listed = join(folder, "dist", "islands.json");
  const islands = JSON.parse(readFileSync(listed, "utf8")) as Record<string, string>;
  for (const [name, file] of Object.entries(islands)) {
    const renamed = file.replace(/\.js$/, "-next.js");
    renameSync(join(folder, "dist", "assets", file), join(folder, "dist", "assets", renamed));
    islands[name] = renamed;
  }
  writeFileSync(listed, JSON.stringify(islands));
  return names;
}

/** Tables that the load reads and writes all the time. */
export const busyTables = ["visit", "account", "session", "declaration", "person", "audit_event"];

/** Every way of adding that the schema has seen so far, on the busiest tables. */
function additions(at: number): string {
  const table = busyTables[at % busyTables.length] ?? "visit";
  const column = `later_${at}`;
  const ways = [
    `alter table ${table} add column ${column} text;`,
    `alter table ${table} add column ${column} integer not null default 0;`,
    `create table ${column} (n bigint not null, constraint ${column}_pk primary key (n)); comment on table ${column} is '[local] Made up.';`,
    `alter table ${table} add column ${column} boolean not null default false; create index ${column}_by on ${table} (${column}) where ${column};`,
    `alter table ${table} add column ${column} integer; alter table ${table} add constraint ${column}_known check (${column} > 0) not valid;`,
    `alter table ${table} add column ${column} smallint; comment on column ${table}.${column} is 'Made up'; grant select on ${table} to vssid_app;`,
  ];
  return ways[Math.floor(at / busyTables.length) % ways.length] ?? "";
}

export async function startRelease(folder: string, port: number, env: Record<string, string>): Promise<Running> {
  const child = spawn(process.execPath, [join(folder, "dist", "main.js")], {
    stdio: ["ignore", "ignore", "inherit"],
    env: { PATH: process.env.PATH, NODE_ENV: "production", ...env, PORT: String(port) },
  });
  const startedAt = Date.now();
  while (!(await isReady(port))) {
    if (child.exitCode !== null) throw new Error(`a process ended with ${child.exitCode} before it was ready`);
    if (Date.now() > startedAt + START_LIMIT_MS) throw new Error("a process does not get ready");
    await wait(100);
  }
  return {
    port,
    child,
    async end() {
      const endingAt = performance.now();
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      const limit = setTimeout(() => child.kill("SIGKILL"), END_LIMIT_MS);
      await ended;
      clearTimeout(limit);
      return { tookMs: performance.now() - endingAt, code: child.exitCode };
    },
  };
}

const isReady = (port: number) =>
  fetch(`http://127.0.0.1:${port}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  );

/**
 * A port that stays free while its process is being started again: below those that the kernel gives away, or a
 * stranger might answer in its place.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const server = createServer();
    const port = PORTS_FROM + Math.floor(Math.random() * PORTS);
    const isFree = await new Promise<boolean>((done) => {
      server.once("error", () => done(false));
      server.listen(port, "127.0.0.1", () => done(true));
    });
    if (!isFree) continue;
    server.close();
    await once(server, "close");
    return port;
  }
}

const PORTS_FROM = 15_000;
const PORTS = 17_000;

/** Asks every script of one release of a process of the other; those that are not there. */
export async function missingScripts(folder: string, port: number): Promise<string[]> {
  const islands = JSON.parse(readFileSync(join(folder, "dist", "islands.json"), "utf8")) as Record<string, string>;
  const missing: string[] = [];
  for (const file of Object.values(islands)) {
    const { ok } = await fetch(`http://127.0.0.1:${port}/assets/${file}`);
    if (!ok) missing.push(file);
  }
  return missing;
}
