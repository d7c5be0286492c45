/**
 * G4–G7, G14, G16: a citizen's list of visits with items over HTTP, signed in, audited and counted, against bare
 * node:http + pg over normalised tables and over our own; servers apart from the load, sides taking turns.
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
import { askFast, median, medianRatio, optionOf, type Side, takeTurns, tellFigure } from "./harness.ts";
import { countStatements, readWhileImporting } from "./reads-load.ts";
import { endServers, serveReads } from "./reads-servers.ts";
import { fill, type SignedIn, signIn } from "./reads-store.ts";
import { startAgain } from "./start-again.ts";

const PERSONS = optionOf("persons") ?? 10_000;
const VISITS_EACH = 19;
const SIGNED_IN = 100;
const CONNECTIONS = 8;
const WARM_SECONDS = 1;
const SECONDS = 2;
const ROUNDS = optionOf("rounds") ?? 9;
const LIST = "/api/v1/me/visits";

const folder = mkdtempSync(join(tmpdir(), "vssid-bench-"));
const environment = parseEnvironment({ VSSID_DATA_DIR: folder }, projectRoot);
if (!environment.ok) throw new Error(environment.faults.join("; "));
const house = await makeHouse(environment.value, forCommand);
try {
  const startedAt = performance.now();
  const owner = createPool(ownerOf(house), { log: house.log, size: 1, statementTimeoutMs: 0, asApp: false });
  const filled = await fill(owner, PERSONS, VISITS_EACH);
  const people = await signIn(owner, SIGNED_IN, house.clock.now());
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  console.log(`${filled.persons} persons, ${filled.visits} visits, ${filled.items} lines set up in ${seconds} s`);
  const held = await measure(people, owner);
  await owner.end();
  process.exitCode = [...held, await startAgain()].every(Boolean) ? 0 : 1;
} finally {
  await endServers();
  await house.close();
  rmSync(folder, { recursive: true, force: true });
}

async function measure(people: readonly SignedIn[], owner: pg.Pool): Promise<boolean[]> {
  const ours = await serveReads("ours", folder);
  const signedIn = people.map(({ token }) => ({ path: LIST, headers: { authorization: `Bearer ${token}` } }));
  const asked = people.map(({ personId }) => ({ path: LIST, headers: { "x-person": personId } }));
  const held = await withVersions(ours, signedIn);
  const sides: Side[] = [
    side("ours", ours, signedIn),
    side("unchanged", ours, held),
    side("again", await serveReads("again", folder), signedIn),
    side("normalised", await serveReads("normalised", folder), asked),
    side("own tables", await serveReads("own", folder), asked),
  ];
  await takeTurns(sides, 1);
  const speeds = await takeTurns(sides, ROUNDS);
  const of = (name: string) => speeds.get(name) ?? [];
  const figure = (id: string, what: string, above: string, below: string, goal: number) =>
    tellFigure({
      id,
      what,
      value: medianRatio(of(above), of(below)),
      goal,
      extra: `${Math.round(median(of(above)))} / ${Math.round(median(of(below)))} req/s at ${CONNECTIONS} connections`,
    });
  return [
    figure("G4", "list over HTTP / bare server over normalised tables", "ours", "normalised", 0.9),
    figure("G5", "list over HTTP / bare server over our tables", "ours", "own tables", 0.8),
    figure("G6", "unchanged list / first read", "unchanged", "ours", 2),
    figure("G6", "list asked again without its version / first read", "again", "ours", 1.1),
    await countStatements(owner, ours, signedIn, "of a first read of the list"),
    await countStatements(owner, ours, held, "of an unchanged list"),
    await readWhileImporting(ours, signedIn, folder),
  ];
}

type Requests = { path: string; headers: Record<string, string> }[];

/** A moment unmeasured first: what rested while the others ran is awake when it counts. */
function side(name: string, port: number, requests: Requests): Side {
  const ask = (seconds: number) => askFast(port, { requests, connections: CONNECTIONS, seconds, folder });
  return {
    name,
    async turn() {
      await ask(WARM_SECONDS);
      return (await ask(SECONDS)).perSecond;
    },
  };
}

/** The same requests with the version that each asker got the first time. */
async function withVersions(port: number, requests: Requests): Promise<Requests> {
  const held: Requests = [];
  for (const { path, headers } of requests) {
    const reply = await fetch(`http://127.0.0.1:${port}${path}`, { headers });
    const { visits } = (await reply.json()) as { visits: unknown[] };
    if (visits.length !== VISITS_EACH) throw new Error("the list is not whole");
    held.push({
      path,
      headers: { ...headers, "if-none-match": (reply.headers.get("etag") ?? "").replaceAll('"', '\\"') },
    });
  }
  return held;
}
