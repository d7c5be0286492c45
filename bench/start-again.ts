/** G16: from `bin/start` to a system that says it is ready, the second time, over a stub with the same database. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { projectRoot } from "../src/db/root.ts";
import { median, tellAtMost } from "./harness.ts";

const ROUNDS = 5;

export async function startAgain(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), "vssid-bench-"));
  try {
    const port = String(await freePort());
    const env = { ...process.env, VSSID_DATA_DIR: folder, PORT: port };
    const whole = () => untilReady(spawn(join(projectRoot, "bin", "start"), { env, stdio: "ignore" }), port);
    const stubScript = fileURLToPath(new URL("./bench-start-stub.js", import.meta.url));
    const stub = () => untilReady(spawn(process.execPath, [stubScript], { env, stdio: "ignore" }), port);
    await whole();
    const [ours, least]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      least.push(await stub());
      ours.push(await whole());
    }
    return tellAtMost({
      id: "G16",
      what: "seconds of the second bin/start beyond a stub with the same database",
      value: median(ours) - median(least),
      goal: 2,
      extra: `${median(ours).toFixed(2)} - ${median(least).toFixed(2)} s`,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Seconds until the first good answer; then it is ended, and has ended. */
async function untilReady(child: ChildProcess, port: string): Promise<number> {
  const startedAt = performance.now();
  const ended = once(child, "exit");
  for (;;) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode} before it was ready`);
    const reply = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
    if (reply?.ok) break;
    await wait(10);
  }
  const seconds = (performance.now() - startedAt) / 1000;
  child.kill("SIGTERM");
  await ended;
  return seconds;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}
