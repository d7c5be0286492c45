import type pg from "pg";
import type { Logger } from "pino";
import { noteSecret } from "./data-keys/note-secret.ts";
import { openRing } from "./data-keys/open-ring.ts";
import { SEALS_CAME_WITH, sealPasskeys } from "./data-keys/passkeys.ts";
import { startKeys } from "./data-keys/start-keys.ts";
import type { Connection } from "./db/connection.ts";
import { admitLogin } from "./db/grant-login.ts";
import type { House, Settings } from "./db/house.ts";
import { migrate, refuseBehind } from "./db/migrate.ts";
import { type OpenDatabase, openDatabase } from "./db/open.ts";
import { createDb, createPool } from "./db/pool.ts";
import { noteRestart } from "./db/restarts.ts";
import { projectRoot } from "./db/root.ts";
import { standingAt } from "./db/standing.ts";
import { createWalledPool, kindOfWall } from "./db/wall.ts";
import { MovableClock, systemClock } from "./kernel/clock.ts";
import { openVault, ownCardKeys, ownPushKeys, ownRing } from "./keys.ts";
import { besideOutput, createLog } from "./log.ts";
import { openLogLine } from "./log-line.ts";
import type { Environment } from "./settings.ts";
import { loadReference } from "./units/load-reference.ts";
import type { KeyRing } from "./vault/ring.ts";

export interface OpenHouse extends House {
  /** As the login that serves, whoever this process is. */
  connection: Connection;
  /** As the owner of the database, who may be the same; undefined: this process was not given the owner's address. */
  owner: Connection | undefined;
  /** The key-encryption keys, for the commands that turn them over. */
  ring: KeyRing;
  close(): Promise<void>;
}

export interface HouseUse {
  /** A command beside the running server shares its database. */
  mayJoin: boolean;
  /** 0: no limit. */
  statementTimeoutMs: number;
}

export const forServer: HouseUse = { mayJoin: false, statementTimeoutMs: 2500 };
export const forCommand: HouseUse = { mayJoin: true, statementTimeoutMs: 0 };

/** Of a web process, for the desk and for citizens each. */
const IDLE_CONNECTIONS = 4;

/** Composition: database, migrations, reference lists, keys and clock, in the order in which they need each other. */
export async function makeHouse(environment: Environment, use: HouseUse): Promise<OpenHouse> {
  const { settings, databaseUrl, ownerDatabaseUrl, logLevel, logTo } = environment;
  const line = logTo === undefined ? undefined : openLogLine(logTo);
  const log = createLog(logLevel, line && besideOutput(logLevel, line));
  const database = await openDatabase({
    databaseUrl,
    ownerDatabaseUrl,
    dataDir: settings.dataDir,
    mayJoin: use.mayJoin,
    onRestart: (reason) => {
      noteRestart();
      log.error({ reason }, "the database was not there, and is started again");
    },
  });
  const house = await houseOn(database, environment, use, log);
  return {
    ...house,
    async close() {
      await house.close();
      await line?.close();
    },
  };
}

/** The same on a database that is open already: one that was just restored. Closing the house stops it. */
export async function houseOn(
  database: OpenDatabase,
  environment: Environment,
  use: HouseUse,
  log = createLog(environment.logLevel),
): Promise<OpenHouse> {
  const { settings, secrets, clockAt } = environment;
  if (settings.profile === "demo") {
    settings.push ??= { ...ownPushKeys(settings.dataDir), ...environment.push };
    settings.cardKeys ??= ownCardKeys(settings.dataDir);
  }
  let ring: KeyRing;
  let applied: readonly string[];
  try {
    ring = openRing(environment.ring ?? ownRing(settings.dataDir));
    applied = await prepare(database, log, settings.profile);
  } catch (error) {
    await database.stop();
    throw error;
  }
  const { statementTimeoutMs, mayJoin } = use;
  // A command acts as the owner where it may: large imports go straight into their tables (intake/store-copy.ts).
  const login = (mayJoin ? database.owner : undefined) ?? database.connection;
  const pool = createWalledPool(login, { log, statementTimeoutMs, idle: mayJoin ? 0 : IDLE_CONNECTIONS });
  const close = async () => {
    await pool.end();
    await database.stop();
  };
  const db = createDb(pool);
  const clock = settings.profile === "demo" ? new MovableClock(clockAt ?? new Date()) : systemClock;
  const keys = await startKeys(db, ring, clock, log).catch(async (error) => {
    await close();
    throw error;
  });
  const vault = openVault(secrets, settings.dataDir, keys);
  const stopNoting = await noteSecret(db, vault, clock, log).catch(async (error) => {
    keys.stop();
    await close();
    throw error;
  });
  if (!use.mayJoin) await tellWall(pool, log);
  const house: OpenHouse = {
    db,
    pool,
    clock,
    vault,
    settings,
    log,
    ring,
    connection: database.connection,
    owner: database.owner,
    async close() {
      keys.stop();
      stopNoting();
      await close();
    },
  };
  try {
    if (applied.includes(SEALS_CAME_WITH)) await sealPasskeys(house);
    return house;
  } catch (error) {
    await house.close();
    throw error;
  }
}

/** Where the operator's user may make no roles, or is bound by no policy, that is said at each start. */
async function tellWall(pool: pg.Pool, log: Logger): Promise<void> {
  const wall = await kindOfWall(pool);
  if (wall === "setting")
    log.warn(
      { wall },
      "the user of DATABASE_URL may make no roles: row-level security goes by a setting of each connection",
    );
  if (wall === "none")
    log.error(
      { wall },
      "the user of DATABASE_URL passes by row-level security: there is no second wall between persons",
    );
}

/**
 * The schema of this program, as the owner; a login that owns nothing waits for the owner and says so. Answers the
 * migrations that this very run applied.
 */
async function prepare({ connection, owner }: OpenDatabase, log: Logger, profile: Settings["profile"]) {
  const applied = owner ? await migrate(owner, projectRoot) : [];
  if (!owner) await refuseBehind(connection, projectRoot);
  await loadReferenceLists(connection, owner, log, profile === "demo");
  const { login, powers } =
    owner && owner !== connection ? await admitLogin(owner, connection) : await standingAt(connection);
  if (powers.length > 0 && profile === "production")
    log.warn({ login, powers }, "this process logs in to the database with more rights than serving takes");
  return applied;
}

/** Not every list may be written by the roles of the application's requests. */
async function loadReferenceLists(
  connection: Connection,
  owner: Connection | undefined,
  log: Logger,
  withDemoPlaces: boolean,
): Promise<void> {
  const pool = createPool(owner ?? connection, { log, size: 1, statementTimeoutMs: 0, asApp: owner === undefined });
  try {
    await loadReference(createDb(pool), projectRoot, { withDemoPlaces });
  } finally {
    await pool.end();
  }
}
