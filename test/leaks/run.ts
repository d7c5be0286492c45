/**
 * What the processes of one run of the suite leave behind, for the last step (scripts/read-logs.mjs): the product's log,
 * the messages that it sent and the addresses that it was asked for or sent people to. Without VSSID_LOGS nothing is kept.
 */
import { appendFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import pino, { type Logger } from "pino";
import { createLog } from "../../src/log.ts";

export type Kind = "log" | "messages" | "addresses";

/** "log-stores-4711.jsonl": one file a process. Undefined: nobody asked for it. */
export function fileOfRun(kind: Kind, name: string): string | undefined {
  const folder = process.env.VSSID_LOGS;
  if (!folder) return undefined;
  mkdirSync(folder, { recursive: true });
  return join(folder, `${kind}-${name}.jsonl`);
}

let shared: Logger | undefined;

/** As in production, to a file of this process, each house with a logger of its own; silent where nobody reads it. */
export function logOfHouses(): Logger {
  const file = fileOfRun("log", `houses-${process.pid}`);
  if (!file) return pino({ level: "silent" });
  shared ??= createLog("info", pino.destination({ dest: file, sync: true }));
  return shared.child({});
}

/** Where an answer sends people, as it stands in the log of a proxy, and the address that was asked for. */
export function noteAddress(location: unknown, asked: unknown): void {
  const file = typeof location === "string" ? fileOfRun("addresses", `houses-${process.pid}`) : undefined;
  if (file) appendFileSync(file, `${JSON.stringify({ location, asked })}\n`);
}

export function noteMessages(name: string, messages: readonly object[]): void {
  const file = fileOfRun("messages", name);
  if (file && messages.length > 0) {
    appendFileSync(file, messages.map((message) => `${JSON.stringify(message)}\n`).join(""));
  }
}
