import { Kysely, PostgresDialect, type PostgresPoolClient } from "kysely";
import type pg from "pg";
import type { Logger } from "pino";
import type { Connection } from "./connection.ts";
import type { Db } from "./house.ts";
import { createPool } from "./pool.ts";
import type { DB } from "./types.ts";

/** More texts than that are no longer a handful of statements that come again and again. */
const MOST_NAMES = 200;

/**
 * Connections for a hot loop of few statements: each is parsed and planned once a connection, by its text, and
 * reads by index only. Not for reports.
 */
export function openKeyed(connection: Connection, options: { log: Logger; size: number; statementTimeoutMs: number }) {
  const pool = createPool(connection, { ...options, byKeyOnly: true });
  const names = new Map<string, string>();
  const nameOf = (text: string): string | undefined => {
    const known = names.get(text);
    if (known || names.size >= MOST_NAMES) return known;
    const name = `keyed_${names.size + 1}`;
    names.set(text, name);
    return name;
  };
  const known = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  const named = (client: pg.PoolClient): PostgresPoolClient => {
    const ready = known.get(client) ?? namedClient(client, nameOf);
    known.set(client, ready);
    return ready;
  };
  const dialect = new PostgresDialect({
    pool: { options: pool.options, connect: async () => named(await pool.connect()), end: () => pool.end() },
  });
  const db: Db = new Kysely<DB>({ dialect });
  return { db, pool, close: async () => (pool.ending ? undefined : pool.end()) };
}

function namedClient(client: pg.PoolClient, nameOf: (text: string) => string | undefined): PostgresPoolClient {
  const query = (text: string, values: readonly unknown[]) => {
    const name = values.length > 0 ? nameOf(text) : undefined;
    return client.query({ text, values: [...values], ...(name ? { name } : {}) });
  };
  // Kysely's second form of `query` takes a cursor, which nobody gives it here.
  return {
    query: query as unknown as PostgresPoolClient["query"],
    release: (isDestroyed) => client.release(isDestroyed),
  };
}
