import { join } from "node:path";
import { embeddedBinaries } from "./binaries.ts";
import { CannotStart } from "./cannot-start.ts";
import { asLogin, type Connection, inDatabase } from "./connection.ts";
import { clusterUser, startCluster } from "./embedded.ts";
import { keepEpochs, refuseLeftBehind } from "./epoch.ts";
import { holderOf } from "./folder-lock.ts";
import { SOON, withClient } from "./one-client.ts";
import { type Standing, standingOf } from "./standing.ts";
import { whyRefused } from "./why-refused.ts";

/** The operator's PostgreSQL, or the embedded one under the data folder. */
export interface OpenDatabase {
  /** As the login that serves. */
  connection: Connection;
  /** As the owner, who may be the same; undefined: this process was not given the owner's address. */
  owner: Connection | undefined;
  stop(): Promise<void>;
}

export interface OpenDatabaseOptions {
  databaseUrl: string | undefined;
  ownerDatabaseUrl?: string | undefined;
  dataDir: string;
  /** A command beside a running server uses that server's database; a second server is refused. */
  mayJoin: boolean;
  onRestart: (reason: string) => void;
}

const databaseName = "vssid";
/** Of the embedded server. It lets in whoever reaches its socket; a statement is what cannot go on to be the owner. */
const servingLogin = "vssid_server";
const oldestVersion = 15;

export async function openDatabase(options: OpenDatabaseOptions): Promise<OpenDatabase> {
  const { databaseUrl, ownerDatabaseUrl } = options;
  const stop = async () => {};
  if (databaseUrl) {
    const connection = { connectionString: databaseUrl };
    keepEpochs(options.dataDir, databaseUrl);
    if (ownerDatabaseUrl) {
      const owner = { connectionString: ownerDatabaseUrl };
      await refuseUnfit(owner, "VSSID_OWNER_DATABASE_URL");
      return { connection, owner, stop };
    }
    const { mayChangeSchema, login, lacks } = await refuseUnfit(connection, "DATABASE_URL");
    if (mayChangeSchema) return { connection, owner: connection, stop };
    if (lacks.length === 0) return { connection, owner: undefined, stop };
    throw new CannotStart(
      `${login} may not act as ${lacks.join(", ")}: run bin/vssid database grant --login ${login} with VSSID_OWNER_DATABASE_URL.`,
    );
  }
  const dataDir = join(options.dataDir, "pg");
  const holder = options.mayJoin ? holderOf(dataDir) : undefined;
  if (holder) return { ...openAs({ host: holder.socketDir, user: clusterUser, database: databaseName }), stop };
  const cluster = await startCluster({ binDir: embeddedBinaries(), dataDir, onRestart: options.onRestart });
  try {
    await createOnce(cluster.connection);
  } catch (error) {
    await cluster.stop();
    throw error;
  }
  return { ...openAs(inDatabase(cluster.connection, databaseName)), stop: () => cluster.stop() };
}

const openAs = (owner: Connection) => ({ connection: asLogin(owner, servingLogin), owner });

async function refuseUnfit(connection: Connection, name: string): Promise<Standing> {
  try {
    return await withClient(
      connection,
      async (client) => {
        const { rows } = await client.query<{ version: number; encoding: string }>(
          `select current_setting('server_version_num')::int / 10000 as version, current_setting('server_encoding') as encoding`,
        );
        const { version = 0, encoding = "" } = rows[0] ?? {};
        if (version < oldestVersion) {
          throw new Error(`it is PostgreSQL ${version}; VssID needs ${oldestVersion} or newer`);
        }
        if (encoding !== "UTF8") throw new Error(`its encoding is ${encoding}; VssID needs UTF8`);
        await refuseLeftBehind(client);
        return await standingOf(client);
      },
      SOON,
    );
  } catch (error) {
    throw new CannotStart(`The database of ${name} cannot be used: ${whyRefused(error as Error)}.`, {
      cause: error,
    });
  }
}

async function createOnce(connection: Connection): Promise<void> {
  return withClient(connection, async (client) => {
    const { rowCount } = await client.query("select from pg_database where datname = $1", [databaseName]);
    if (!rowCount) await client.query(`create database ${databaseName}`);
  });
}
