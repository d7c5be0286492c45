import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
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

/** One command of the operator; what it printed. Rejects when it ends badly. */
export async function runCommand(env: Record<string, string>, args: string[]): Promise<string> {
  const whole = { ...env, PATH: process.env.PATH ?? "", TZ: "UTC" };
  const command = promisify(execFile)(process.execPath, [join(projectRoot, "dist/cli.js"), ...args], { env: whole });
  return (await command).stdout;
}

/** The people of the stories, whom a register needs before the server starts: then the demo brings none of its own. */
export async function importRegister(env: Record<string, string>): Promise<void> {
  for (const kind of ["persons", "cards", "participation", "benefits"]) {
    await runCommand(env, ["import", kind, join(registerFolder, `${kind}.csv`)]);
  }
  // Their telephones all lie in one block of numbers, as in the demo.
  const from = ["--from", "2021-01-01", "--by", "bản thử"];
  await runCommand(env, ["policy", "set", "codes.doubt_from", "1000", ...from]);
  await runCommand(env, ["policy", "set", "codes.unread_in_block", "200", ...from]);
  await runCommand(env, ["policy", "set", "codes.unproved_in_block", "200", ...from]);
}
