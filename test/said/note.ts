import { appendFileSync, mkdirSync } from "node:fs";
import pg from "pg";
import { afterAll } from "vitest";
import { saidFolder } from "./folder.ts";

/** Every different statement that the stores say while they are tested is noted, once a worker. */
interface Noted {
  all: Set<string>;
  fresh: string[];
}

const textOf = (asked: unknown): unknown =>
  typeof asked === "object" && asked !== null && "text" in asked ? asked.text : asked;

/** This file runs anew for each file of tests, pg is loaded once: it is wrapped once, and keeps what was said. */
const kept = Symbol.for("vssid.said");
const client = pg.Client.prototype as unknown as { query(...asked: unknown[]): unknown; [kept]?: Noted };

function wrap(): Noted {
  const { query } = client;
  const noted: Noted = { all: new Set(), fresh: [] };
  client.query = function (...asked) {
    const text = textOf(asked[0]);
    if (typeof text === "string" && !noted.all.has(text)) {
      noted.all.add(text);
      noted.fresh.push(text);
    }
    return query.apply(this, asked);
  };
  return noted;
}

client[kept] ??= wrap();
const { fresh } = client[kept];

afterAll(() => {
  const lines = fresh.splice(0).map((text) => `${JSON.stringify(text)}\n`);
  mkdirSync(saidFolder, { recursive: true });
  appendFileSync(`${saidFolder}/${process.pid}.jsonl`, lines.join(""));
});
