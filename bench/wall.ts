/**
 * What the second wall costs a citizen's read: the same product with every request on the connections of the desk, which
 * no policy holds back, against the one that says in each statement whose rows it may reach. Sides take turns.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type pg from "pg";
import { ownerOf } from "../src/db/connection.ts";
import { createPool } from "../src/db/pool.ts";
import { projectRoot } from "../src/db/root.ts";
import { forCommand, makeHouse } from "../src/house.ts";
import { parseEnvironment } from "../src/settings.ts";
import { askFast, median, medianRatio, optionOf, takeTurns, tellAtMost } from "./harness.ts";
import { endServers, serveReads } from "./reads-servers.ts";
import { fillShort, type SignedIn, signIn } from "./reads-store.ts";

const PERSONS = optionOf("persons") ?? 10_000;
const ROUNDS = optionOf("rounds") ?? 9;
const SECONDS = optionOf("seconds") ?? 2;
const VISITS_EACH = 19;
const SIGNED_IN = 100;
const CONNECTIONS = 8;
const GOAL = 1.05;

const folder = mkdtempSync(join(tmpdir(), "vssid-bench-"));
const environment = parseEnvironment({ VSSID_DATA_DIR: folder }, projectRoot);
if (!environment.ok) throw new Error(environment.faults.join("; "));
const house = await makeHouse(environment.value, forCommand);
try {
  const owner = createPool(ownerOf(house), { log: house.log, size: 1, statementTimeoutMs: 0, asApp: false });
  await fillShort(owner, PERSONS, VISITS_EACH);
  const people = await signIn(owner, SIGNED_IN, house.clock.now());
  const visits = await newestVisits(owner, people);
  await owner.end();
  const ports = { walled: await serveReads("ours", folder), unwalled: await serveReads("unwalled", folder) };
  const held = [
    await compare("the home page", ports, people, () => "/app"),
    await compare("the page of a visit", ports, people, ({ personId }) => `/app/visits/${visits.get(personId)}`),
    await compare("the list of visits by API", ports, people, () => "/api/v1/me/visits"),
  ];
  process.exitCode = held.every(Boolean) ? 0 : 1;
} finally {
  await endServers();
  await house.close();
  rmSync(folder, { recursive: true, force: true });
}

async function newestVisits(owner: pg.Pool, people: readonly SignedIn[]): Promise<Map<string, string>> {
  const { rows } = await owner.query<{ person_id: string; visit_id: string }>(
    "select distinct on (person_id) person_id, visit_id from visit where person_id = any ($1) order by person_id, admitted_at desc",
    [people.map(({ personId }) => personId)],
  );
  return new Map(rows.map((row) => [row.person_id, row.visit_id]));
}

async function compare(
  what: string,
  ports: Record<"walled" | "unwalled", number>,
  people: readonly SignedIn[],
  pathOf: (one: SignedIn) => string,
): Promise<boolean> {
  const requests = people.map((one) => ({ path: pathOf(one), headers: { authorization: `Bearer ${one.token}` } }));
  const sides = Object.entries(ports).map(([name, port]) => ({
    name,
    turn: async () => (await askFast(port, { requests, connections: CONNECTIONS, seconds: SECONDS, folder })).perSecond,
  }));
  await takeTurns(sides, 1);
  const speeds = await takeTurns(sides, ROUNDS);
  const [walled, unwalled] = [speeds.get("walled") ?? [], speeds.get("unwalled") ?? []];
  return tellAtMost({
    id: "wall",
    what: `${what} without the second wall / with it, in req/s`,
    value: medianRatio(unwalled, walled),
    goal: GOAL,
    extra: `${Math.round(median(unwalled))} / ${Math.round(median(walled))} req/s at ${CONNECTIONS} connections`,
  });
}
