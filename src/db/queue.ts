/**
 * The queue of jobs (pg-boss), in a schema of its own: the owner makes it and changes it, the processes use it as
 * vssid_jobs, which reaches nothing else.
 */
import { setTimeout as wait } from "node:timers/promises";
import type pg from "pg";
import { PgBoss } from "pg-boss";
import packageOfBoss from "pg-boss/package.json" with { type: "json" };
import type { Logger } from "pino";
import { CannotStart } from "./cannot-start.ts";
import { type Connection, clientConfig } from "./connection.ts";
import { withClient } from "./one-client.ts";
import { createPool } from "./pool.ts";

const OUR_VERSION = packageOfBoss.pgboss.schema;
const usual = { schema: "jobs", monitorVacuum: false, reindex: false, cronWorkerIntervalSeconds: 5 } as const;

/** As the owner: made, or brought to this program's version together with its indexes, and opened to vssid_jobs. */
export async function prepareQueue(owner: Connection): Promise<void> {
  return withClient(owner, async (client) => {
    const version = await versionOf(client);
    if (version === undefined || version < OUR_VERSION || (await countIndexesToMake(client)) > 0) {
      await makeQueue(owner, client);
    }
    await grantQueue(client);
  });
}

/** Nothing happens where there is no queue yet, or no such role of ours. */
export async function grantQueue(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ lacks: boolean }>(
    `select pg_has_role(current_user, r.oid, 'member') and (not has_schema_privilege(r.oid, n.oid, 'usage') or exists (
              select from pg_class c where c.relnamespace = n.oid and c.relkind in ('r', 'p')
                 and not has_table_privilege(r.oid, c.oid, 'delete'))) as lacks
       from pg_roles r, pg_namespace n where r.rolname = 'vssid_jobs' and n.nspname = 'jobs'`,
  );
  if (!rows[0]?.lacks) return;
  await client.query(
    `grant usage on schema jobs to vssid_jobs;
     grant select, insert, update, delete on all tables in schema jobs to vssid_jobs;
     grant usage, select on all sequences in schema jobs to vssid_jobs`,
  );
}

export interface Queue {
  boss: PgBoss;
  stop(): Promise<void>;
}

/** Started, as vssid_jobs. Throws CannotStart where the queue is not there or older than this program. */
export async function openQueue(connection: Connection, log: Logger): Promise<Queue> {
  const pool = createPool(connection, {
    log,
    size: 2,
    statementTimeoutMs: 0,
    actsAs: "vssid_jobs",
    applicationName: "vssid-jobs",
  });
  try {
    const version = await versionOf(pool);
    if (version === undefined || version < OUR_VERSION) {
      throw new CannotStart(
        `The queue of jobs is ${version === undefined ? "not there" : "older than this program"}: run bin/vssid database migrate with VSSID_OWNER_DATABASE_URL.`,
      );
    }
    // One of a newer version serves this one, too, as after a way back: but only without `migrate` does pg-boss insist
    // on its own.
    const db = { executeSql: (text: string, values?: unknown[]) => pool.query(text, values) };
    const boss = new PgBoss({ ...usual, db, migrate: version > OUR_VERSION });
    boss.on("error", (error) => log.error({ reason: error.message }, "the job queue has a fault"));
    await boss.start();
    return {
      boss,
      async stop() {
        await boss.stop({ graceful: true, timeout: 5000 });
        await pool.end();
      },
    };
  } catch (error) {
    await pool.end();
    throw error;
  }
}

type Asked = Pick<pg.ClientBase, "query">;

/** Undefined: there is none. */
async function versionOf(client: Asked): Promise<number | undefined> {
  const { rows } = await client.query<{ isThere: boolean }>(
    "select exists (select from pg_tables where schemaname = 'jobs' and tablename = 'version') as \"isThere\"",
  );
  if (!rows[0]?.isThere) return undefined;
  const found = await client.query<{ version: number }>("select version from jobs.version");
  return found.rows[0]?.version;
}

const INDEXES_MS = 600_000;
/** The least that pg-boss takes: another program may have looked for them just before. */
const LOOK_SECONDS = 10;

async function makeQueue(owner: Connection, client: pg.Client): Promise<void> {
  const boss = new PgBoss({
    ...clientConfig(owner),
    ...usual,
    application_name: "vssid-jobs",
    max: 2,
    supervise: false,
    schedule: false,
    bamIntervalSeconds: LOOK_SECONDS,
  });
  let fault: Error | undefined;
  boss.on("error", (error) => {
    fault = error;
  });
  try {
    await boss.start();
    // pg-boss makes the indexes of a newer version beside the running work; nobody else may.
    const until = performance.now() + INDEXES_MS;
    while ((await countIndexesToMake(client)) > 0) {
      if (fault ?? performance.now() > until) throw fault ?? new Error("the indexes of the job queue take too long");
      await wait(200);
    }
  } finally {
    await boss.stop();
  }
}

async function countIndexesToMake(client: Asked): Promise<number> {
  const { rows } = await client.query<{ left: number }>(
    "select count(*)::int as left from jobs.bam where status in ('pending', 'in_progress')",
  );
  return rows[0]?.left ?? 0;
}
