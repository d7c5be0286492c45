import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { inDatabase } from "../../src/db/connection.ts";
import { templateName } from "../clusters.ts";
import { saidFolder } from "./folder.ts";

/**
 * What the stores said to PostgreSQL 18 in this run is understood by 15: each statement is read, its tables, functions
 * and types are found. What it does there is asked by the tests that run on both.
 */
let client: pg.Client;
beforeAll(async () => {
  client = new pg.Client(inDatabase(inject("cluster"), templateName));
  await client.connect();
});
afterAll(() => client.end());

function statementsSaid(): string[] {
  if (!existsSync(saidFolder)) return [];
  const lines = readdirSync(saidFolder).flatMap((name) => readFileSync(join(saidFolder, name), "utf8").split("\n"));
  return [...new Set(lines.filter(Boolean).map((line) => JSON.parse(line) as string))];
}

/**
 * Others say nothing that 15 alone could misunderstand: where a transaction begins, a lock, a copy, a setting. What the
 * job queue and imports make for themselves is not in the template; both are tried on both.
 */
function canBePrepared(text: string, temporary: readonly string[]): boolean {
  const isElsewhere = /\bjobs\./i.test(text) || temporary.some((name) => text.includes(name));
  return /^\s*(select|insert|update|delete|with|merge|values)\b/i.test(text) && !/;\s*\S/.test(text) && !isElsewhere;
}

const temporaryTable = /create temp(?:orary)? table (?:if not exists )?(\w+)/i;

async function objectionsTo(text: string): Promise<string[]> {
  try {
    await client.query(`prepare said as ${text}`);
  } catch (error) {
    return [`${(error as Error).message}: ${text.trim().slice(0, 200)}`];
  }
  await client.query("deallocate said");
  return [];
}

test("every statement said to 18 is understood by 15", async () => {
  const said = statementsSaid();
  const temporary = said.flatMap((text) => temporaryTable.exec(text)?.[1] ?? []);
  const statements = said.filter((text) => canBePrepared(text, temporary));
  const objections: string[] = [];
  for (const text of statements) objections.push(...(await objectionsTo(text)));
  expect(objections).toEqual([]);
  // Whoever runs this by itself has noted nothing: `bin/test pg18 said`.
  expect(statements.length).toBeGreaterThan(1000);
});
