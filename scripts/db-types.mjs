// src/db/types.ts and docs/security/data-dictionary.md from the migrated schema; `--check` only says whether they are up
// to date.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { addressOf, inDatabase } from "../src/db/connection.ts";
import { migrate } from "../src/db/migrate.ts";
import { projectRoot } from "../src/db/root.ts";
import { createDatabase, startTestCluster } from "../test/clusters.ts";
import { COLUMNS, dictionaryPage } from "./dictionary.mjs";

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
  const isDictionaryFit = await makeDictionary(connection);
  if (!isDictionaryFit) console.error("docs/security/data-dictionary.md is out of date: npm run db:types");
  process.exitCode = isDictionaryFit ? (status ?? 1) : 1;
} finally {
  await cluster.stop();
}

/** False when it is another than it should be; written unless that is only asked. */
async function makeDictionary(connection) {
  const path = join(projectRoot, "docs/security/data-dictionary.md");
  const client = new pg.Client(addressOf(connection));
  await client.connect();
  const page = dictionaryPage((await client.query(COLUMNS)).rows);
  await client.end();
  if (!isCheck) writeFileSync(path, page);
  return readFileSync(path, "utf8") === page;
}
