import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { addressOf, type Connection, clientConfig, inDatabase } from "../../src/db/connection.ts";
import { projectRoot } from "../../src/db/root.ts";
import { foldName } from "../../src/kernel/names.ts";
import { createDatabase, makeTemplate, type PgVersion, startTestCluster, templateName } from "../clusters.ts";
import { dataDirOfStories, importRegister, secretOfStories, startOfStory } from "./command.ts";
import { company } from "./company.ts";

const variable = "VSSID_JOURNEY_CLUSTERS";

/** A template with the people of the stories in its register. */
export const storiesTemplate = "vssid_stories";

/** Both PostgreSQL versions with their templates, and a fresh bundle: what every journey stands on. */
export default (): Promise<() => Promise<void>> => startClusters(["pg18", "pg15"]);

export async function startClusters(versions: readonly PgVersion[]): Promise<() => Promise<void>> {
  if (process.env.VSSID_JOURNEY_BUNDLE !== "made") {
    execFileSync(process.execPath, [join(projectRoot, "scripts/build.mjs")], { stdio: "inherit" });
  }
  const clusters = await Promise.all(versions.map(startTestCluster));
  await Promise.all(clusters.map(({ connection }) => makeTemplates(connection)));
  const connections = versions.map((version, at) => [version, clusters[at]?.connection]);
  process.env[variable] = JSON.stringify(Object.fromEntries(connections));
  return async () => {
    await Promise.all(clusters.map((cluster) => cluster.stop()));
  };
}

async function makeTemplates(connection: Connection): Promise<void> {
  await makeTemplate(connection);
  await createDatabase(connection, storiesTemplate, templateName);
  const dataDir = dataDirOfStories();
  await importRegister({
    DATABASE_URL: addressOf(inDatabase(connection, storiesTemplate)),
    VSSID_DATA_DIR: dataDir,
    VSSID_SECRET: secretOfStories,
    VSSID_CLOCK: startOfStory,
  });
  rmSync(dataDir, { recursive: true, force: true });
  await addCompany(inDatabase(connection, storiesTemplate));
}

/** The company whose list of people is sent in lives/roster.spec.ts. */
async function addCompany(connection: Connection): Promise<void> {
  const client = new pg.Client(clientConfig(connection));
  await client.connect();
  await client.query(
    `insert into drive_unit (unit_code, kind, name, folded_name, office_code, province_code, valid_from)
     values ($1, 'enterprise', $2, $3, '52T01', '52', '2021-01-01')`,
    [company.code, company.name, foldName(company.name)],
  );
  await client.end();
}

export function clusterOf(version: PgVersion): Connection {
  return (JSON.parse(process.env[variable] ?? "{}") as Record<PgVersion, Connection>)[version];
}
