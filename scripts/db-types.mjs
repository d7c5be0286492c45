// src/db/types.ts from the migrated schema; `--check` only says whether it is up to date.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { addressOf, inDatabase } from "../src/db/connection.ts";
import { migrate } from "../src/db/migrate.ts";
import { projectRoot } from "../src/db/root.ts";
import { createDatabase, startTestCluster } from "../test/clusters.ts";

const isCheck = process.argv.includes("--check");
const cluster = await startTestCluster("pg18");
try {
  await createDatabase(cluster.connection, "types");
  const connection = inDatabase(cluster.connection, "types");
  await migrate(connection, projectRoot);
  const { status } = spawnSync(
    process.execPath,
    [
      join(projectRoot, "node_modules/kysely-codegen/dist/cli/bin.js"),
      "--dialect=postgres",
      `--url=${addressOf(connection)}`,
      `--out-file=${join(projectRoot, "src/db/types.ts")}`,
      "--date-parser=string",
      "--numeric-parser=string",
      '--type-mapping={"timestamp":"string"}',
      "--log-level=warn",
      ...(isCheck ? ["--verify"] : []),
    ],
    { stdio: ["ignore", "inherit", "inherit"] },
  );
  if (status !== 0) console.error(isCheck ? "src/db/types.ts is out of date: npm run db:types" : "no types were made");
  process.exitCode = status ?? 1;
} finally {
  await cluster.stop();
}
