import { rmSync } from "node:fs";
import type { TestProject } from "vitest/node";
import type { Connection } from "../src/db/connection.ts";
import { cleaningOf, makeTemplate, type PgVersion, startTestCluster } from "./clusters.ts";
import { saidFolder } from "./said/folder.ts";

declare module "vitest" {
  interface ProvidedContext {
    cluster: Connection;
    postgres: PgVersion;
    /** The statements of `clean` of a test house. */
    cleaning: string;
  }
}

/** One cluster a project; every test file clones its template. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const version: PgVersion = project.name === "pg18" ? "pg18" : "pg15";
  if (project.name === "pg18") rmSync(saidFolder, { recursive: true, force: true });
  const cluster = await startTestCluster(version);
  await makeTemplate(cluster.connection);
  project.provide("cluster", cluster.connection);
  project.provide("postgres", version);
  project.provide("cleaning", await cleaningOf(cluster.connection));
  return () => cluster.stop();
}
