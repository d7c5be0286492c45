import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it, vi } from "vitest";
import { binariesOf } from "../../test/clusters.ts";
import { clientConfig } from "./connection.ts";
import { type Cluster, type ClusterOptions, startCluster } from "./embedded.ts";
import { FolderHeld, holderOf, isRunning } from "./folder-lock.ts";
import { projectRoot } from "./root.ts";

/** The supervisor with every setting as delivered, also that of flushing to disk. */
let home: string;
let dataDir: string;
/** A folder in which a server has been before: making one takes longer than most of what is tried with it. */
let used: string;
const open: Cluster[] = [];
const children: ChildProcess[] = [];

beforeAll(async () => {
  used = mkdtempSync(join(tmpdir(), "vssid-embedded-"));
  await (await startCluster({ binDir: binDir(), dataDir: join(used, "pg") })).stop();
});
afterAll(() => rmSync(used, { recursive: true, force: true }));
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "vssid-embedded-"));
  dataDir = join(home, "pg");
  // With its owner: where the tests run as root, the server does not.
  execFileSync("cp", ["-a", join(used, "pg"), dataDir]);
});
afterEach(async () => {
  for (const child of children.splice(0)) if (child.exitCode === null) child.kill("SIGKILL");
  for (const cluster of open.splice(0)) await cluster.stop("immediate");
  rmSync(home, { recursive: true, force: true });
});

const binDir = () => binariesOf(inject("postgres"));

async function start(more: Partial<ClusterOptions> = {}): Promise<Cluster> {
  const cluster = await startCluster({ binDir: binDir(), dataDir, ...more });
  open.push(cluster);
  return cluster;
}

async function ask(cluster: Cluster, statement: string): Promise<string[]> {
  const client = new pg.Client(clientConfig(cluster.connection));
  client.on("error", () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query({ text: statement, rowMode: "array" });
    return rows.map((row) => String(row[0]));
  } finally {
    await client.end();
  }
}

/** Another Node process that has the folder open until it is killed. */
async function startElsewhere(): Promise<ChildProcess> {
  const script = join(home, "holder.ts");
  writeFileSync(
    script,
    `import { startCluster } from ${JSON.stringify(join(projectRoot, "src/db/embedded.ts"))};
     const cluster = await startCluster(${JSON.stringify({ binDir: binDir(), dataDir })});
     console.log(cluster.pid());
     setInterval(() => {}, 1000);`,
  );
  const child = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  if (child.stdout) await once(child.stdout, "data");
  return child;
}

const serverOf = (): number => Number(readFileSync(join(dataDir, "postmaster.pid"), "utf8").split("\n")[0]);

async function goneWithin(pid: number, limitMs: number): Promise<boolean> {
  const giveUpAt = Date.now() + limitMs;
  while (isRunning(pid) && Date.now() < giveUpAt) await wait(10);
  return !isRunning(pid);
}

describe("the embedded PostgreSQL", () => {
  it("flushes to disk, listens on no network and sorts as Vietnamese does", async () => {
    const cluster = await start({ dataDir: join(home, "new") });
    expect(await ask(cluster, "show fsync")).toEqual(["on"]);
    expect(await ask(cluster, "show synchronous_commit")).toEqual(["on"]);
    expect(await ask(cluster, "show listen_addresses")).toEqual([""]);
    expect(await ask(cluster, "select x from unnest(array['Đ','D','E']) as x order by x")).toEqual(["D", "Đ", "E"]);
  });

  it("is not led astray by what the shell says of another server", async () => {
    vi.stubEnv("PGSSLMODE", "require");
    vi.stubEnv("PGOPTIONS", "-c search_path=elsewhere");
    try {
      expect(await ask(await start(), "show search_path")).toEqual(['"$user", public']);
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it("keeps its rows from one start to the next", async () => {
    const first = await start();
    await ask(first, "create table kept as select 7 as n");
    await first.stop();
    expect(await ask(await start(), "select n from kept")).toEqual(["7"]);
  });

  it("comes back by itself when it is killed, and has lost nothing acknowledged", async () => {
    const cluster = await start();
    await ask(cluster, "create table kept as select 7 as n");
    const killed = cluster.pid() ?? 0;
    process.kill(killed, "SIGKILL");
    const answer = async (): Promise<string[]> => ask(cluster, "select n from kept").catch(() => wait(20).then(answer));
    expect(await answer()).toEqual(["7"]);
    expect(cluster.pid()).not.toBe(killed);
  });

  it("ends a server that lives on and lets nobody in, starts another, and says so", async () => {
    const told: string[] = [];
    const watch = { everyMs: 50, againMs: 50, answerMs: 800, silentMs: 2000 };
    const cluster = await start({ watch, onRestart: (reason) => told.push(reason) });
    await ask(cluster, "create table kept as select 7 as n");
    // Longer than it would take to be called silent.
    await wait(2500);
    expect(told).toEqual([]);
    const stands = cluster.pid() ?? 0;
    process.kill(stands, "SIGSTOP");
    while (told.length === 0) await wait(20);
    // It gets the signal to end with this one; one that does not is killed later.
    process.kill(stands, "SIGCONT");
    const answer = async (): Promise<string[]> => ask(cluster, "select n from kept").catch(() => wait(20).then(answer));
    expect(await answer()).toEqual(["7"]);
    expect(cluster.pid()).not.toBe(stands);
    expect(told[0]).toContain("lets nobody in");
  });

  it("tells a second opener of its folder who has it", async () => {
    const child = await startElsewhere();
    expect(holderOf(dataDir)?.pid).toBe(child.pid);
    await expect(start()).rejects.toThrow(FolderHeld);
    await expect(start()).rejects.toThrow(`held by process ${child.pid}`);
  });

  it("ends with its supervisor, even when that is killed, and the next one opens the folder", async () => {
    const child = await startElsewhere();
    const server = serverOf();
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(await goneWithin(server, 5000)).toBe(true);
    expect(await ask(await start(), "select 1")).toEqual(["1"]);
  });

  it("opens again when supervisor and server were killed at once", async () => {
    const child = await startElsewhere();
    process.kill(serverOf(), "SIGKILL");
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(await ask(await start(), "select 1")).toEqual(["1"]);
  });

  it("says what PostgreSQL said when it cannot start", async () => {
    await (await start()).stop();
    writeFileSync(join(dataDir, "PG_VERSION"), "9\n");
    await expect(startCluster({ binDir: binDir(), dataDir, startLimitMs: 300 })).rejects.toThrow(
      "incompatible with server",
    );
  });
});
