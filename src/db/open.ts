import { join } from "node:path";
import pg from "pg";
import { embeddedBinaries } from "./binaries.ts";
import { CannotStart } from "./cannot-start.ts";
import { type Connection, clientConfig, inDatabase } from "./connection.ts";
import { clusterUser, startCluster } from "./embedded.ts";
import { keepEpochs, refuseLeftBehind } from "./epoch.ts";
import { holderOf } from "./folder-lock.ts";

/** The operator's PostgreSQL, or the embedded one under the data folder. */
export interface OpenDatabase {
  connection: Connection;
  stop(): Promise<void>;
}

export interface OpenDatabaseOptions {
  databaseUrl: string | undefined;
  dataDir: string;
  /** A command beside a running server uses that server's database; a second server is refused. */
  mayJoin: boolean;
  onRestart: (reason: string) => void;
}

const databaseName = "vssid";
const oldestVersion = 15;

export async function openDatabase(options: OpenDatabaseOptions): Promise<OpenDatabase> {
  if (options.databaseUrl) {
    const connection = { connectionString: options.databaseUrl };
    keepEpochs(options.dataDir, options.databaseUrl);
    await refuseUnfit(connection);
    return { connection, stop: async () => {} };
  }
  const dataDir = join(options.dataDir, "pg");
  const holder = options.mayJoin ? holderOf(dataDir) : undefined;
  if (holder) {
    return { connection: { host: holder.socketDir, user: clusterUser, database: databaseName }, stop: async () => {} };
  }
  const cluster = await startCluster({ binDir: embeddedBinaries(), dataDir, onRestart: options.onRestart });
  await createOnce(cluster.connection);
  return { connection: inDatabase(cluster.connection, databaseName), stop: () => cluster.stop() };
}

async function refuseUnfit(connection: Connection): Promise<void> {
  const client = new pg.Client({ ...clientConfig(connection), connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    const { rows } = await client.query<{ version: number; encoding: string }>(
      `select current_setting('server_version_num')::int / 10000 as version, current_setting('server_encoding') as encoding`,
    );
    const { version = 0, encoding = "" } = rows[0] ?? {};
    if (version < oldestVersion) {
      throw new Error(`it is PostgreSQL ${version}; VssID needs ${oldestVersion} or newer`);
    }
    if (encoding !== "UTF8") throw new Error(`its encoding is ${encoding}; VssID needs UTF8`);
    await refuseLeftBehind(client);
  } catch (error) {
    throw new CannotStart(`The database of DATABASE_URL cannot be used: ${(error as Error).message}.`, {
      cause: error,
    });
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function createOnce(connection: Connection): Promise<void> {
  const client = new pg.Client(clientConfig(connection));
  await client.connect();
  try {
    const { rowCount } = await client.query("select from pg_database where datname = $1", [databaseName]);
    if (!rowCount) await client.query(`create database ${databaseName}`);
  } finally {
    await client.end();
  }
}
