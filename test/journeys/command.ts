import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../../src/db/root.ts";

export const registerFolder = join(projectRoot, "test/journeys/register");

/** A Monday morning in Viet Nam. */
export const startOfStory = "2026-11-23T09:00:00+07:00";

/** One for all applications here: what was brought in once can be read by each of them. */
export const secretOfStories = Buffer.alloc(32, 7).toString("base64");

/** A data folder whose key ring opens what every other one's sealed: databases are copies of one. */
export function dataDirOfStories(): string {
  const dataDir = mkdtempSync(join(tmpdir(), "vssid-journey-"));
  const key = { version: 1, key: secretOfStories };
  mkdirSync(join(dataDir, "keys"), { mode: 0o700 });
  writeFileSync(join(dataDir, "keys", "ring.json"), JSON.stringify({ keys: [key] }), { mode: 0o600 });
  return dataDir;
}

/** Runs one command after another in the built product: starting Node for each took longer than the command. */
let host: ChildProcess | undefined;
let last: Promise<unknown> = Promise.resolve();

/** One command of the operator; what it printed. Rejects when it ends badly. */
export function runCommand(env: Record<string, string>, args: string[]): Promise<string> {
  const whole = { ...env, PATH: process.env.PATH ?? "", TZ: "UTC" };
  const told = last.then(() => tellHost(whole, args));
  last = told.catch(() => undefined);
  return told;
}

async function tellHost(env: Record<string, string>, args: string[]): Promise<string> {
  if (!host?.connected) host = startHost();
  host.send({ env, args });
  const answered = new AbortController();
  const told = { signal: answered.signal };
  const [answer] = await Promise.race([once(host, "message", told), once(host, "exit", told)]);
  answered.abort();
  if (typeof answer !== "object" || answer === null) throw new Error(`vssid ${args.join(" ")}: its process ended`);
  const { code, printed, complained } = answer as { code: number; printed: string; complained: string };
  if (code !== 0) throw new Error(`vssid ${args.join(" ")}: ${code}\n${complained}${printed}`);
  return printed;
}

/** Nobody is waited for at the end: it leaves with whoever started it. */
function startHost(): ChildProcess {
  const child = fork(join(import.meta.dirname, "command-host.mjs"), { env: { PATH: process.env.PATH, TZ: "UTC" } });
  child.unref();
  child.channel?.unref();
  return child;
}

/** The people of the stories, whom a register needs before the server starts: then the demo brings none of its own. */
export async function importRegister(env: Record<string, string>): Promise<void> {
  for (const kind of ["persons", "cards", "participation", "benefits"]) {
    await runCommand(env, ["import", kind, join(registerFolder, `${kind}.csv`)]);
  }
  // Their telephones all lie in one block of numbers, as in the demo.
  const from = ["--from", "2021-01-01", "--by", "bản thử"];
  await runCommand(env, ["policy", "set", "codes.block_rest_minutes", "0", ...from]);
  await runCommand(env, ["policy", "set", "codes.unread_in_block", "200", ...from]);
  await runCommand(env, ["policy", "set", "codes.unproved_in_block", "200", ...from]);
}
