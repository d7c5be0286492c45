/** The least that can start: the database of the house, and one good answer. */
import { createServer } from "node:http";
import { openDatabase } from "../src/db/open.ts";
import { projectRoot } from "../src/db/root.ts";
import { parseEnvironment } from "../src/settings.ts";

const environment = parseEnvironment(process.env, projectRoot);
if (!environment.ok) throw new Error(environment.faults.join("; "));
const { settings, databaseUrl } = environment.value;
const database = await openDatabase({
  databaseUrl,
  dataDir: settings.dataDir,
  mayJoin: false,
  onRestart: () => undefined,
});
const server = createServer((_, reply) => reply.end("ready")).listen(settings.port, settings.host);
process.on("SIGTERM", async () => {
  server.close();
  await database.stop();
  process.exit(0);
});
