import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import pino from "pino";
import { embeddedBinaries } from "../src/db/binaries.ts";
import { type Connection, clientConfig, inDatabase } from "../src/db/connection.ts";
import { type Cluster, startCluster } from "../src/db/embedded.ts";
import { isRunning } from "../src/db/folder-lock.ts";
import { grantLogin } from "../src/db/grant-login.ts";
import { migrate } from "../src/db/migrate.ts";
import { createDb, createPool } from "../src/db/pool.ts";
import { projectRoot } from "../src/db/root.ts";
import { loadReference } from "../src/units/load-reference.ts";

/** Throwaway PostgreSQL of each version that we promise, with a migrated template to clone. */
export type PgVersion = "pg18" | "pg15";

const debianBinaries = "/usr/lib/postgresql/15/bin";
export const templateName = "vssid_template";

/** As the installed processes do, tests log in as one that owns nothing. */
export const servingLogin = "vssid_server";

/** Nothing here outlives the run, so nothing is flushed to disk. */
const throwaway = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  max_connections: "200",
  shared_buffers: "64MB",
  autovacuum: "off",
};

export function binariesOf(version: PgVersion): string {
  if (version === "pg18") return embeddedBinaries();
  if (existsSync(join(debianBinaries, "postgres"))) return debianBinaries;
  throw new Error("PostgreSQL 15 is missing: apt-get install postgresql-15 (bin/test does it).");
}

export async function startTestCluster(version: PgVersion): Promise<Cluster> {
  const home = join(tmpdir(), `vssid-${version}-${process.pid}-${Date.now().toString(36)}`);
  removeLeftovers();
  mkdirSync(home, { mode: 0o700 });
  const cluster = await startCluster({
    binDir: binariesOf(version),
    dataDir: join(home, "pg"),
    settings: throwaway,
    onRestart: (reason) => console.error(`${version}: ${reason}`),
  });
  return {
    ...cluster,
    async stop() {
      await cluster.stop("immediate");
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Migrated, with the reference lists: every test database is a copy of this one. */
export async function makeTemplate(connection: Connection): Promise<void> {
  await createDatabase(connection, templateName);
  const template = inDatabase(connection, templateName);
  await migrate(template, projectRoot);
  await grantLogin(template, { name: servingLogin });
  const pool = createPool(template, { log: pino({ level: "silent" }), statementTimeoutMs: 0, asApp: false });
  await loadReference(createDb(pool), projectRoot, { withDemoPlaces: true });
  await pool.query("insert into key_version (version, ring, made_at) values (1, 'file', now())");
  await pool.end();
}

/** Filled in the template, and changed by tests: what an operator decides. The other reference lists are only read. */
const restored = ["public.public_holiday", "public.public_holiday_year", "public.setting"];

/** The statements that make of a used copy of the template one that is like new. */
export async function cleaningOf(connection: Connection): Promise<string> {
  const client = new pg.Client(clientConfig(inDatabase(connection, templateName)));
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
        where schemaname not in ('pg_catalog', 'information_schema') order by 1`,
    );
    const statements: string[] = [];
    for (const { name } of tables) {
      const { rows } = await client.query<{ row: string }>(`select to_jsonb(t)::text as row from ${name} t limit 1000`);
      if (rows.length === 0 || restored.includes(name)) statements.push(`delete from ${name}`);
      if (rows.length === 0 || !restored.includes(name)) continue;
      const json = client.escapeLiteral(`[${rows.map(({ row }) => row).join()}]`);
      statements.push(`insert into ${name} select * from jsonb_populate_recordset(null::${name}, ${json})`);
    }
    return statements.join(";\n");
  } finally {
    await client.end();
  }
}

/** Files are copied, not written page by page into the log: half the time, where nothing is flushed. */
export async function createDatabase(connection: Connection, name: string, template?: string): Promise<void> {
  const copy = template ? ` template "${template}" strategy file_copy` : "";
  await asOwner(connection, `create database "${name}"${copy}`);
}

export async function dropDatabase(connection: Connection, name: string): Promise<void> {
  await asOwner(connection, `drop database if exists "${name}" with (force)`);
}

async function asOwner(connection: Connection, statement: string): Promise<void> {
  const client = new pg.Client(clientConfig(connection));
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Folders of runs that were killed before they could tidy up. */
function removeLeftovers(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = /^vssid-pg1[58]-(\d+)-/.exec(name)?.[1];
    if (pid && !isRunning(Number(pid))) rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}
