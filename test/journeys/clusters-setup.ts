import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { Connection } from "../../src/db/connection.ts";
import { projectRoot } from "../../src/db/root.ts";
import { makeTemplate, type PgVersion, startTestCluster } from "../clusters.ts";

const variable = "VSSID_JOURNEY_CLUSTERS";

/** Both PostgreSQL versions with a template each, and a fresh bundle: what every journey stands on. */
export default async function setup(): Promise<() => Promise<void>> {
  execFileSync(process.execPath, [join(projectRoot, "scripts/build.mjs")], { stdio: "inherit" });
  const clusters = await Promise.all((["pg18", "pg15"] as const).map(startTestCluster));
  await Promise.all(clusters.map((cluster) => makeTemplate(cluster.connection)));
  const [pg18, pg15] = clusters;
  process.env[variable] = JSON.stringify({ pg18: pg18?.connection, pg15: pg15?.connection });
  return async () => {
    await Promise.all(clusters.map((cluster) => cluster.stop()));
  };
}

export function clusterOf(version: PgVersion): Connection {
  return (JSON.parse(process.env[variable] ?? "{}") as Record<PgVersion, Connection>)[version];
}
