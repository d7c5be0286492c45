import { randomUUID } from "node:crypto";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { createDatabase, dropDatabase } from "../../test/clusters.ts";
import { type Connection, clientConfig, inDatabase } from "./connection.ts";
import { migrate } from "./migrate.ts";
import { projectRoot } from "./root.ts";

let root: string;
let name: string;
let connection: Connection;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "vssid-migrations-"));
});
beforeEach(async () => {
  cpSync(join(projectRoot, "db/migrations"), join(root, "db/migrations"), { recursive: true });
  name = `m_${randomUUID().replaceAll("-", "")}`;
  await createDatabase(inject("cluster"), name);
  connection = inDatabase(inject("cluster"), name);
});
afterEach(async () => {
  rmSync(join(root, "db"), { recursive: true });
  await dropDatabase(inject("cluster"), name);
});
afterAll(() => rmSync(root, { recursive: true }));

const added = (text: string) => writeFileSync(join(root, "db/migrations/0900_later.sql"), text);

async function count(statement: string): Promise<number> {
  const client = new pg.Client(clientConfig(connection));
  await client.connect();
  const { rows } = await client.query(`select count(*)::int as n from ${statement}`);
  await client.end();
  return rows[0].n;
}

describe("the migrations", () => {
  it("are applied in order, once, and a second run finds nothing to do", async () => {
    const first = await migrate(connection, root);
    expect(first[0]).toBe("0001_reference.sql");
    expect(first).toEqual([...first].sort());
    expect(await migrate(connection, root)).toEqual([]);
    expect(await count("schema_migration")).toBe(first.length);
  });

  it("are applied once when several programs start at the same moment", async () => {
    const runs = await Promise.all([migrate(connection, root), migrate(connection, root), migrate(connection, root)]);
    expect(
      runs
        .map((names) => names.length)
        .sort((a, b) => a - b)
        .slice(0, 2),
    ).toEqual([0, 0]);
    expect(await count("schema_migration")).toBe(Math.max(...runs.map((names) => names.length)));
  });

  it("are refused when a file was changed after it had been applied", async () => {
    added("create table later (n integer);");
    await migrate(connection, root);
    added("create table later (n bigint);");
    await expect(migrate(connection, root)).rejects.toThrow("0900_later.sql was changed");
  });

  it("leave nothing of a file that fails half-way, and can be mended", async () => {
    added("create table later (n integer); insert into later values ('not a number');");
    await expect(migrate(connection, root)).rejects.toThrow("0900_later.sql could not be applied");
    expect(await count("pg_class where relname = 'later'")).toBe(0);
    added("create table later (n integer);");
    expect(await migrate(connection, root)).toEqual(["0900_later.sql"]);
  });

  it("let the version before start again beside what was only added, and not beside what was taken away", async () => {
    added("create table later (n integer);");
    await migrate(connection, root);
    const later = join(root, "db/migrations/0900_later.sql");
    rmSync(later);
    expect(await migrate(connection, root)).toEqual([]);
    added("create table later (n integer);");
    await readWhile(async () => {
      writeFileSync(join(root, "db/migrations/0901_contract_later.sql"), "drop table later;");
      return migrate(connection, root);
    });
    rmSync(join(root, "db/migrations/0901_contract_later.sql"));
    await expect(migrate(connection, root)).rejects.toThrow("newer than this program");
  });
});

/** A long reader of the table stands in the way: whoever asks behind the migration does not wait for that reader. */
async function readWhile(migrateNow: () => Promise<string[]>): Promise<void> {
  const reader = new pg.Client(clientConfig(connection));
  await reader.connect();
  await reader.query("begin; select * from later");
  const applying = migrateNow();
  await new Promise((done) => setTimeout(done, 200));
  // If it waited for the reader, it would wait for the next line too.
  await count("later");
  await reader.query("commit");
  await reader.end();
  expect(await applying).toHaveLength(1);
}
