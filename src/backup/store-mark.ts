/** The mark of a backup: one moment of the database, its position in the log, and what every table held then. */
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import type { Connection } from "../db/connection.ts";
import { oneClient, withClient } from "../db/one-client.ts";
import type { TableFact } from "./rules.ts";

export interface Mark {
  /** Everything that had been committed stands before it in the log, and nothing else of our tables does. */
  position: string;
  /** False: writers left no moment free, and rows were not counted. */
  isExact: boolean;
  /** Counts every table as it was at the mark; the connection ends with it. */
  countRows(): Promise<Record<string, TableFact> | undefined>;
}

/** Shorter than the wait after which PostgreSQL looks for deadlocks: in doubt we give way, never a writer. */
const LOCK_WAIT_MS = 300;
const TRIES = 40;

/**
 * Writers are held off for the moment of one look: whoever writes now is waited for, at most 300 ms a try. `whileHeld`
 * runs in that moment.
 */
export async function takeMark(connection: Connection, whileHeld: () => Promise<void>): Promise<Mark> {
  const holder = oneClient(connection);
  const reader = oneClient(connection);
  await Promise.all([holder.connect(), reader.connect()]);
  try {
    await reader.query(
      "set statement_timeout = 0; set datestyle = 'ISO, YMD'; set timezone = 'UTC'; set bytea_output = 'hex'",
    );
    const isExact = await holdWriters(holder);
    await reader.query("begin isolation level repeatable read read only");
    const { rows } = await reader.query<{ position: string }>("select pg_current_wal_insert_lsn()::text as position");
    await whileHeld();
    await holder.query("rollback");
    // A record behind the mark, on the disk: the log can be read up to it, and recovery knows where to stop.
    await holder.query("begin; select pg_logical_emit_message(true, 'vssid', 'mark'); commit");
    return {
      position: rows[0]?.position ?? "",
      isExact,
      async countRows() {
        try {
          return isExact ? await countTables(reader) : undefined;
        } finally {
          await reader.end();
        }
      },
    };
  } catch (error) {
    await reader.end().catch(() => undefined);
    throw error;
  } finally {
    await holder.end().catch(() => undefined);
  }
}

async function holdWriters(holder: pg.Client): Promise<boolean> {
  const names = (await tablesOfProduct(holder)).map((name) => `public.${pg.escapeIdentifier(name)}`).join(", ");
  for (let tried = 0; tried < TRIES; tried += 1) {
    await holder.query("begin");
    await holder.query(`set local lock_timeout = ${LOCK_WAIT_MS}`);
    try {
      await holder.query(`lock table ${names} in share mode`);
      return true;
    } catch (error) {
      await holder.query("rollback");
      if ((error as { code?: string }).code !== "55P03") throw error;
      await wait(50 + Math.random() * 200);
    }
  }
  await holder.query("begin");
  return false;
}

/** Every table's rows and the sum of their hashes, now. */
export async function countAll(connection: Connection): Promise<Record<string, TableFact>> {
  return withClient(connection, async (client) => {
    await client.query(
      "set statement_timeout = 0; set datestyle = 'ISO, YMD'; set timezone = 'UTC'; set bytea_output = 'hex'",
    );
    return await countTables(client);
  });
}

async function countTables(client: pg.Client): Promise<Record<string, TableFact>> {
  const facts: Record<string, TableFact> = {};
  for (const name of await tablesOfProduct(client)) {
    const { rows } = await client.query<TableFact>(
      `select count(*)::text as rows, coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text as hash
         from public.${pg.escapeIdentifier(name)} t`,
    );
    if (rows[0]) facts[name] = rows[0];
  }
  return facts;
}

async function tablesOfProduct(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    "select relname::text as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1",
  );
  return rows.map(({ name }) => name);
}

export interface ServerFacts {
  version: number;
  user: string;
  database: string;
  migration: { number: number; name: string };
}

export async function serverFacts(connection: Connection): Promise<ServerFacts> {
  return withClient(connection, async (client) => {
    const { rows } = await client.query<{
      version: number;
      user: string;
      database: string;
      number: number;
      name: string;
    }>(
      `select current_setting('server_version_num')::integer as version, current_user::text as user,
              current_database()::text as database, number, name
         from schema_migration order by number desc limit 1`,
    );
    const [row] = rows;
    if (!row) throw new Error("the database holds no schema of VssID");
    const { version, user, database, number, name } = row;
    return { version, user, database, migration: { number, name } };
  });
}
