import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type pg from "pg";
import { CannotStart } from "./cannot-start.ts";
import type { Connection } from "./connection.ts";
import { withClient } from "./one-client.ts";

/**
 * Forward-only: plain SQL files in the order of their numbers, one transaction a file. The first act of
 * each is to insert its own number, so a file is never half applied and never applied twice. The version before
 * serves on meanwhile: a file waits for no lock longer than a request can wait, and is tried again.
 */
export async function migrate(connection: Connection, root: string): Promise<string[]> {
  const files = await readMigrations(join(root, "db", "migrations"));
  return withClient(connection, async (client) => {
    // Two starters at once: the second waits here, then finds nothing to do.
    await client.query("select pg_advisory_lock($1)", [lockKey]);
    await client.query(ledger);
    const applied = await readApplied(client);
    refuseChanged(files, applied);
    const missing = files.filter((file) => !applied.has(file.number));
    for (const file of missing) await apply(client, file);
    return missing.map((file) => file.name);
  });
}

/** For a login that owns nothing: throws CannotStart while the owner has not brought the schema to this program's version. */
export async function refuseBehind(connection: Connection, root: string): Promise<void> {
  const files = await readMigrations(join(root, "db", "migrations"));
  return withClient(connection, async (client) => {
    await client.query("set role vssid_app");
    const applied = await readApplied(client);
    refuseChanged(files, applied);
    const missing = files.filter((file) => !applied.has(file.number));
    if (missing.length === 0) return;
    throw new CannotStart(
      `The schema is behind this program (${missing.map(({ name }) => name).join(", ")}), and the login of DATABASE_URL may not change it: run bin/vssid database migrate with VSSID_OWNER_DATABASE_URL.`,
    );
  });
}

interface Migration {
  number: number;
  name: string;
  sha256: string;
  text: string;
}

const lockKey = 8_330_001;

const ledger = `
  create table if not exists schema_migration (
    number integer not null,
    name text not null,
    sha256 text not null,
    applied_at timestamptz not null,
    constraint schema_migration_pk primary key (number)
  )`;

async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}_[a-z0-9_]+\.sql$/.test(name)).sort();
  const files = await Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name), "utf8");
      return { number: Number(name.slice(0, 4)), name, sha256: createHash("sha256").update(text).digest("hex"), text };
    }),
  );
  const twice = files.find((file, at) => files[at + 1]?.number === file.number);
  if (twice) throw new CannotStart(`Two migrations have the number ${twice.number}.`);
  return files;
}

async function readApplied(client: pg.Client): Promise<Map<number, { name: string; sha256: string }>> {
  const { rows } = await client.query<{ number: number; name: string; sha256: string }>(
    "select number, name, sha256 from schema_migration",
  );
  return new Map(rows.map(({ number, ...rest }) => [number, rest]));
}

function refuseChanged(files: Migration[], applied: ReadonlyMap<number, { name: string; sha256: string }>): void {
  const known = new Map(files.map((file) => [file.number, file]));
  for (const [number, { name, sha256 }] of applied) {
    const file = known.get(number);
    if (!file && isContract(name)) {
      throw new CannotStart(`The database is newer than this program: it has migration ${name}.`);
    }
    if (file && file.sha256 !== sha256) {
      throw new CannotStart(
        `Migration ${name} was changed after it had been applied. Put it back and write a new one.`,
      );
    }
  }
}

/**
 * What a newer version added is no harm to this one, which may be starting again in the middle of an upgrade or after a
 * way back. What takes something away says so in its name; the lint holds it to that.
 */
const isContract = (name: string): boolean => /^\d{4}_contract_/.test(name);

/** Whoever asks for a table behind our own wait waits as long: below half a second, and before a deadlock is looked for. */
const LOCK_MS = 300;
/** A report that reads for minutes keeps a change of its table out: this many tries are about ten minutes. */
const LOCK_TRIES = 300;
const BETWEEN_TRIES_MS = 1700;
const lockNotAvailable = "55P03";
const deadlockDetected = "40P01";

async function apply(client: pg.Client, file: Migration): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await applyOnce(client, file);
    } catch (error) {
      const code = (error as { code?: unknown }).code;
      if ((code !== lockNotAvailable && code !== deadlockDetected) || tries >= LOCK_TRIES) {
        throw new CannotStart(`Migration ${file.name} could not be applied: ${(error as Error).message}`, {
          cause: error,
        });
      }
      await wait(BETWEEN_TRIES_MS + Math.random() * LOCK_MS);
    }
  }
}

async function applyOnce(client: pg.Client, file: Migration): Promise<void> {
  await client.query("begin");
  try {
    await client.query(`set local lock_timeout = ${LOCK_MS}`);
    await client.query(
      "insert into schema_migration (number, name, sha256, applied_at) values ($1, $2, $3, statement_timestamp())",
      [file.number, file.name, file.sha256],
    );
    await client.query(file.text);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw error;
  }
}
