import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { expect, inject, test } from "vitest";
import { type Connection, inDatabase } from "../../src/db/connection.ts";
import { makeTemplate, startTestCluster, templateName } from "../clusters.ts";
import { saidFolder } from "./folder.ts";

/**
 * What the stores said to PostgreSQL 18 in this run is understood by 15: each statement is read, its tables, functions
 * and types are found. What it does there is asked by the tests that run on both.
 */
function statementsSaid(): string[] {
  if (!existsSync(saidFolder)) return [];
  const lines = readdirSync(saidFolder).flatMap((name) => readFileSync(join(saidFolder, name), "utf8").split("\n"));
  return [...new Set(lines.filter(Boolean).map((line) => JSON.parse(line) as string))];
}

/**
 * Others say little that 15 alone could misunderstand: where a transaction begins, a lock, a copy, a setting. A text of
 * several statements cannot be prepared: migrations are asked on both, the rest tidies up after tests.
 */
const canBePrepared = (text: string) =>
  /^\s*(select|insert|update|delete|with|merge|values)\b/i.test(text) && !/;\s*\S/.test(text);

/** Each statement that the migrated template does not understand, and why. */
async function objections(connection: Connection, statements: readonly string[]): Promise<Map<string, string>> {
  const client = new pg.Client(inDatabase(connection, templateName));
  await client.connect();
  const found = new Map<string, string>();
  for (const text of statements) {
    await client.query(`prepare said as ${text}`).then(
      () => client.query("deallocate said"),
      ({ message }: Error) => found.set(text, message),
    );
  }
  await client.end();
  return found;
}

test("every statement said to 18 is understood by 15", async () => {
  const statements = statementsSaid().filter(canBePrepared);
  const here = await objections(inject("cluster"), statements);
  const newest = await startTestCluster("pg18");
  try {
    await makeTemplate(newest.connection);
    // Tables that a test, an import or the job queue makes for itself are in no template.
    const nowhere = await objections(newest.connection, [...here.keys()]);
    const onlyHere = [...here].filter(([text]) => !nowhere.has(text));
    expect(onlyHere.map(([text, message]) => `${message}: ${text.trim().slice(0, 200)}`)).toEqual([]);
  } finally {
    await newest.stop();
  }
  // Whoever runs this by itself has noted nothing: `bin/test pg18 said`.
  expect(statements.length).toBeGreaterThan(1000);
});
