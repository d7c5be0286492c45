import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { constants, getPriority, tmpdir } from "node:os";
import { join } from "node:path";
import type pg from "pg";
import { afterAll, expect, test } from "vitest";
import { giveWayOn, knowServer, standBehind } from "./give-way.ts";

const folder = mkdtempSync(join(tmpdir(), "vssid-give-way-"));
const server = spawn("sh", ["-c", "sleep 30 & echo $!; wait"], {
  cwd: make("pg"),
  stdio: ["ignore", "pipe", "ignore"],
});
const stranger = spawn("sleep", ["30"]);
let backend = 0;
afterAll(() => {
  if (backend) process.kill(backend);
  server.kill();
  stranger.kill();
  rmSync(folder, { recursive: true, force: true });
});

function make(name: string): string {
  mkdirSync(join(folder, name));
  return join(folder, name);
}

test("the connection of an import stands behind the others, where the server is ours; no other process is touched", async () => {
  backend = await new Promise<number>((done) => server.stdout.once("data", (text) => done(Number(text))));
  writeFileSync(join(folder, "pg", "postmaster.pid"), `${server.pid}\n`);
  const [ours, theirs] = [{} as pg.Pool, {} as pg.Pool];
  const on = (pool: pg.Pool, pid: number | undefined) =>
    giveWayOn(pool, { processID: pid } as unknown as pg.PoolClient);
  knowServer(ours, folder);
  on(theirs, backend);
  expect(getPriority(backend)).toBe(0);
  on(ours, stranger.pid);
  expect(getPriority(stranger.pid)).toBe(0);
  on(ours, backend);
  expect(getPriority(backend)).toBe(constants.priority.PRIORITY_BELOW_NORMAL);
});

test("a connection lent from a pool that serves people tells that it stands behind, where the server is ours", () => {
  const lent = (pid: number | undefined) => standBehind({ processID: pid } as unknown as pg.PoolClient, folder);
  expect([lent(stranger.pid), lent(backend), lent(undefined)]).toEqual([false, true, false]);
  expect(getPriority(stranger.pid)).toBe(0);
});
