import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { register } from "./cli.ts";
import { keysOf } from "./keys.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vssid-push-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function run(...words: string[]): Promise<string[]> {
  const printed = vi.spyOn(console, "log").mockImplementation(() => {});
  try {
    const program = new Command("vssid");
    register(program);
    await program.parseAsync(words, { from: "user" });
    return printed.mock.calls.map(([line]) => String(line));
  } finally {
    printed.mockRestore();
  }
}

describe("vssid push keys", () => {
  it("makes a pair that only its owner can read, prints the public half alone, and overwrites nothing", async () => {
    const file = join(folder, "push.pem");
    const [line = ""] = await run("push", "keys", "--to", file);
    const { publicKey, privateKey } = keysOf(readFileSync(file, "utf8"));
    expect(JSON.parse(line)).toEqual({ VSSID_PUSH_KEY_FILE: file, publicKey });
    expect(line).not.toContain(privateKey);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    await expect(run("push", "keys", "--to", file)).rejects.toThrow("is there already");
    expect(keysOf(readFileSync(file, "utf8")).publicKey).toBe(publicKey);
  });
});
