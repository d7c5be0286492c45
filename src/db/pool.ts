import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import type { Logger } from "pino";
import { type Connection, clientConfig } from "./connection.ts";
import { isWatched, refuseLeftBehind } from "./epoch.ts";
import type { Db } from "./house.ts";
import type { DB } from "./types.ts";
import { type Reach, says } from "./walled-query.ts";

export interface PoolOptions {
  log: Logger;
  /** Connections at most. */
  size?: number;
  /** So many stay open while nobody asks: a new one costs the first who needs it dearly. */
  idle?: number;
  /** 0: no limit (imports, sweeps). */
  statementTimeoutMs?: number;
  /** Act as the role that may add events and never change them. */
  asApp?: boolean;
  /** Act as another role, where it exists: that of the queue of jobs. */
  actsAs?: "vssid_jobs";
  /** Act as the role that reaches the rows of named persons only (db/wall.ts), where it exists. */
  wall?: Reach["wall"] | undefined;
  applicationName?: string;
  /** Every statement finds its rows by an index: plans are made once, for any size of the tables. */
  byKeyOnly?: boolean;
}

/** Every connection of the web: UTC, a limit on each statement, the rights of vssid_app where it exists. */
export function createPool(connection: Connection, options: PoolOptions): pg.Pool {
  const {
    log,
    size = 8,
    idle = 0,
    statementTimeoutMs = 2500,
    asApp = true,
    actsAs,
    wall,
    applicationName = "vssid",
    byKeyOnly = false,
  } = options;
  const pool = new pg.Pool({
    ...clientConfig(connection),
    max: size,
    min: idle,
    types: { getTypeParser },
    application_name: applicationName,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 10_000,
    onConnect: async (client) => {
      if (isWatched(connection)) await refuseLeftBehind(client);
      const roles = actsAs ? [actsAs] : [...(wall ? [wallRoles[wall]] : []), ...(asApp ? [appRole] : [])];
      await client.query(prepareSession, [`${statementTimeoutMs}ms`, roles, wall ?? "", NEWEST_WALL]);
      if (wall) await client.query(says[wall]);
      if (byKeyOnly) await client.query(planByKey);
    },
  });
  // A connection in use, between two statements of a transaction: the next one fails by itself, the process must not.
  pool.on("connect", (client) => {
    client.on("error", () => undefined);
  });
  // Without a listener a connection lost while idle would end the process.
  pool.on("error", (error) => {
    if (!pool.ending) log.warn({ reason: error.message }, "a database connection was lost");
  });
  return pool;
}

export function createDb(pool: pg.Pool): Db {
  return new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });
}

/** The last migration of a wall that this program knows: its statements say whose rows they may reach there. */
const NEWEST_WALL = "72";

const appRole = "vssid_app";
const wallRoles = { citizen: "vssid_citizen", desk: "vssid_desk" } as const;

/**
 * The first of the roles that is there. pg_has_role: it may exist on a shared server without being ours. vssid.wall
 * is for servers without them: there the policies go by it. By vssid.knows a policy tells the connections of the version
 * before, whose statements say nothing where it stands.
 */
const prepareSession = `
  select set_config('timezone', 'UTC', false),
         set_config('statement_timeout', $1, false),
         set_config('vssid.wall', $3, false),
         set_config('vssid.knows', $4, false),
         set_config('role', coalesce((select r.rolname from pg_roles r
           where r.rolname = any ($2::text[]) and pg_has_role(current_user, r.oid, 'member')
           order by array_position($2::text[], r.rolname::text) limit 1), 'none'), false)`;

/** A plan made while a table was young would read it whole for ever; no index is too dear for a few rows by key. */
const planByKey = ["seqscan", "bitmapscan", "hashjoin", "mergejoin", "sort", "material"]
  .map((way) => `set enable_${way} = off`)
  .concat("set plan_cache_mode = force_generic_plan")
  .join("; ");

const { builtins } = pg.types;
const asText = (text: string): string => text;
const asTextList = pg.types.getTypeParser(1009 as Oid);
type Oid = (typeof builtins)[keyof typeof builtins];

/** Days and wall-clock times stay text: a `Date` would put them into the zone of the machine. */
const dayAndWallClock = new Map<number, (text: string) => unknown>([
  [builtins.DATE, asText],
  [builtins.TIMESTAMP, asText],
  [1182, asTextList],
  [1115, asTextList],
]);

function getTypeParser(oid: number, format?: "text" | "binary"): (text: string) => unknown {
  const own = format === "binary" ? undefined : dayAndWallClock.get(oid);
  return own ?? pg.types.getTypeParser(oid as Oid, format as "text");
}
