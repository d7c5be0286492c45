import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Command } from "commander";
import { keysOf, newKeyPem } from "./keys.ts";

/** `vssid push …`: the pair of keys by which push services know us. */
export function register(program: Command): void {
  program
    .command("push")
    .description("Notices on people's own devices")
    .command("keys")
    .description("Make the pair of keys (VAPID) in a new file that only its owner can read; prints the public one")
    .requiredOption("--to <file>", "where it is written; a file that is there is never overwritten")
    .action(({ to }: { to: string }) => makeKeys(resolve(to)));
}

function makeKeys(path: string): void {
  const pem = newKeyPem();
  try {
    writeFileSync(path, pem, { flag: "wx", mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    throw new Error(`${path} is there already: a new key would silence every device that trusts the old one`);
  }
  console.log(JSON.stringify({ VSSID_PUSH_KEY_FILE: path, publicKey: keysOf(pem).publicKey }));
}
