/**
 * G13: a citizen's list of visits over HTTP, signed in, audited and counted, in houses of 100,000 and 1,000,000
 * persons; `--whole` adds 10,000,000. Each house has a database and a server of its own;
 * they take turns in one run, and the figure is the ratio of their medians.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ownerOf } from "../src/db/connection.ts";
import { createPool } from "../src/db/pool.ts";
import { projectRoot } from "../src/db/root.ts";
import { forCommand, makeHouse, type OpenHouse } from "../src/house.ts";
import { parseEnvironment } from "../src/settings.ts";
import { askFast, median, medianRatio, optionOf, type Side, takeTurns, tellAtMost } from "./harness.ts";
import { endServers, serveReads } from "./reads-servers.ts";
import { fillShort, signIn } from "./reads-store.ts";

const first = optionOf("persons") ?? 100_000;
const sizes = [first, 10 * first, ...(process.argv.includes("--whole") ? [100 * first] : [])];
const VISITS_EACH = 2;
/** So many that a turn asks for most of them once. */
const SIGNED_IN = 20_000;
const SECONDS = 2;
const ROUNDS = 9;
const goals = [1.15, 1.6];

const folders: string[] = [];
const houses: OpenHouse[] = [];
try {
  const ports = [];
  for (const persons of sizes) ports.push(await open(persons));
  const held: boolean[] = [];
  for (const connections of [1, 8]) held.push(...(await compare(ports, connections)));
  process.exitCode = held.every(Boolean) ? 0 : 1;
} finally {
  await endServers();
  for (const house of houses) await house.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}

interface Grown {
  port: number;
  requests: { path: string; headers: Record<string, string> }[];
  folder: string;
}

async function open(persons: number): Promise<Grown> {
  const startedAt = performance.now();
  const folder = mkdtempSync(join(tmpdir(), "vssid-bench-"));
  folders.push(folder);
  const environment = parseEnvironment({ VSSID_DATA_DIR: folder }, projectRoot);
  if (!environment.ok) throw new Error(environment.faults.join("; "));
  const house = await makeHouse(environment.value, forCommand);
  houses.push(house);
  const owner = createPool(ownerOf(house), { log: house.log, size: 1, statementTimeoutMs: 0, asApp: false });
  await fillShort(owner, persons, VISITS_EACH);
  const people = await signIn(owner, Math.min(SIGNED_IN, persons / 5), house.clock.now());
  await owner.end();
  const port = await serveReads("ours", folder);
  console.log(`${persons} persons set up in ${Math.round((performance.now() - startedAt) / 1000)} s`);
  const requests = people.map(({ token }) => ({
    path: "/api/v1/me/visits",
    headers: { authorization: `Bearer ${token}` },
  }));
  return { port, requests, folder };
}

async function compare(grown: readonly Grown[], connections: number): Promise<boolean[]> {
  const sides: Side[] = grown.map(({ port, requests, folder }, at) => ({
    name: String(sizes[at]),
    turn: async () => (await askFast(port, { requests, connections, seconds: SECONDS, folder })).p50Ms,
  }));
  await takeTurns(sides, 1);
  const took = await takeTurns(sides, ROUNDS);
  const [few = [], ...more] = [...took.values()];
  return more.map((many, at) =>
    tellAtMost({
      id: "G13",
      what: `p50 of the list at ${sizes[at + 1]} / ${first} persons, ${connections} connections`,
      value: medianRatio(many, few),
      goal: goals[at] ?? Number.NaN,
      extra: `${median(many).toFixed(3)} / ${median(few).toFixed(3)} ms`,
    }),
  );
}
