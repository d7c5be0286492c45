/**
 * G1–G3, G8: the same visits in a FHIR server that runs on this machine (PEER_URL, PEER_TOKEN) and in ours; the peer
 * is filled by its own API, sides take turns. Nothing is fetched or built. Exit 0 only when every goal is held.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ownerOf } from "../src/db/connection.ts";
import { createPool } from "../src/db/pool.ts";
import { projectRoot } from "../src/db/root.ts";
import { generateFiles } from "../src/generate/files.ts";
import { forCommand, makeHouse } from "../src/house.ts";
import { importClaimFiles, openReaders } from "../src/intake/import-claims.ts";
import { importPersons } from "../src/intake/import-persons.ts";
import { parseEnvironment } from "../src/settings.ts";
import { type Answered, askFast, median, medianRatio, optionOf, tellFigure } from "./harness.ts";
import { create, forPeer, inHands, peerOf } from "./peer-fhir.ts";
import { endServers, serveReads } from "./reads-servers.ts";
import { fill, type SignedIn, signIn } from "./reads-store.ts";

const GOALS = { list: 15, median: 15, one: 6, create: 30 };
const PERSONS = optionOf("persons") ?? 50;
const VISITS_EACH = 19;
const CONNECTIONS = 8;
const SECONDS = 2;
/** Before anything is measured: both sides compile what they run for some thousand requests. */
const WARM_SECONDS = 10;
const ROUNDS = optionOf("rounds") ?? 7;
const WARM_CREATES = Math.floor((PERSONS * VISITS_EACH) / 5);
const IMPORTED_PERSONS = 6000;
const WARM_FILES = 6;

const found = peerOf(process.env.PEER_URL, process.env.PEER_TOKEN);
if (!found.ok) {
  console.error(found.fault);
  process.exit(1);
}
const { peer } = found;
const folder = mkdtempSync(join(tmpdir(), "vssid-bench-"));
const environment = parseEnvironment({ VSSID_DATA_DIR: folder }, projectRoot);
if (!environment.ok) throw new Error(environment.faults.join("; "));
const house = await makeHouse(environment.value, forCommand);
const owner = createPool(ownerOf(house), { log: house.log, size: 1, statementTimeoutMs: 0, asApp: false });
try {
  await fill(owner, PERSONS, VISITS_EACH);
  const people = await signIn(owner, PERSONS, house.clock.now());
  const first = await serveReads("ours", folder);
  const told = await tellPeer(first, people);
  const ports = { first, again: await serveReads("again", folder) };
  const held = [...(await compareReads(ports, people, told)), await compareWrites(told.perSecond)];
  process.exitCode = held.every(Boolean) ? 0 : 1;
} finally {
  await endServers();
  await owner.end();
  await house.close();
  rmSync(folder, { recursive: true, force: true });
}

interface Told {
  patients: string[];
  visits: string[];
  /** Visits the peer made a second. */
  perSecond: number;
}

/** What our FHIR answers of each person, given to the peer claim by claim. */
async function tellPeer(port: number, people: readonly SignedIn[]): Promise<Told> {
  const patients = await inHands(people, CONNECTIONS, () =>
    create(peer, { resourceType: "Patient", name: [{ text: "Người Mẫu" }] }),
  );
  const claims = await inHands([...people.entries()], CONNECTIONS, async ([at, person]) => {
    const bundle = await ourBundle(port, person);
    return bundle.map((resource) => forPeer(resource, patients[at] ?? ""));
  });
  const all = claims.flat();
  const warming = await inHands(all.slice(0, WARM_CREATES), CONNECTIONS, (claim) => create(peer, claim));
  const startedAt = performance.now();
  const visits = await inHands(all.slice(WARM_CREATES), CONNECTIONS, (claim) => create(peer, claim));
  const perSecond = visits.length / ((performance.now() - startedAt) / 1000);
  return { patients, visits: [...warming, ...visits], perSecond };
}

async function ourBundle(port: number, { token, personId }: SignedIn): Promise<Record<string, unknown>[]> {
  const { rows } = await owner.query<{ id: string }>("select public_id as id from person where person_id = $1", [
    personId,
  ]);
  const path = `/fhir/ExplanationOfBenefit?patient=${rows[0]?.id}&_count=20`;
  const reply = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { authorization: `Bearer ${token}` } });
  const { entry = [] } = (await reply.json()) as { entry?: { resource: Record<string, unknown> }[] };
  if (entry.length !== VISITS_EACH) throw new Error("our list is not whole");
  return entry.map(({ resource }) => resource);
}

/**
 * G1, G2, G3. The peer finds a list anew each time and is asked against our first reads; one claim it has in its cache,
 * and is asked against ours as the product answers it: kept for a minute.
 */
async function compareReads(
  { first, again }: { first: number; again: number },
  people: readonly SignedIn[],
  told: Told,
): Promise<boolean[]> {
  const bearer = ({ token }: SignedIn) => ({ authorization: `Bearer ${token}` });
  const ours = people.map((person) => ({ path: "/api/v1/me/visits", headers: bearer(person) }));
  const one = await Promise.all(
    people.map(async (person) => ({
      path: `/api/v1/me/visits/${await firstVisit(first, person)}`,
      headers: bearer(person),
    })),
  );
  const theirs = told.patients.map((id) => ({
    path: `${peer.base}/ExplanationOfBenefit?patient=Patient/${id}&_count=20`,
    headers: peer.headers,
  }));
  const theirOne = told.visits.slice(0, PERSONS).map((id) => ({
    path: `${peer.base}/ExplanationOfBenefit/${id}`,
    headers: peer.headers,
  }));
  const sides = [
    { name: "ours", port: first, requests: ours },
    { name: "theirs", port: peer.port, requests: theirs },
    { name: "our one, first", port: first, requests: one },
    { name: "our one", port: again, requests: one },
    { name: "their one", port: peer.port, requests: theirOne },
  ];
  const answers = new Map(sides.map(({ name }) => [name, [] as Answered[]]));
  for (let round = -1; round < ROUNDS; round += 1) {
    for (const { name, port: at, requests } of sides) {
      const seconds = round < 0 ? WARM_SECONDS : SECONDS;
      const answer = await askFast(at, { requests, connections: CONNECTIONS, seconds, folder });
      if (round >= 0) answers.get(name)?.push(answer);
    }
  }
  const of = (name: string, what: keyof Answered) => (answers.get(name) ?? []).map((answer) => answer[what]);
  const speed = (name: string) => Math.round(median(of(name, "perSecond")));
  return [
    tellFigure({
      ...{ id: "G1", what: "list of visits with lines, requests a second, ours / the peer's", goal: GOALS.list },
      value: medianRatio(of("ours", "perSecond"), of("theirs", "perSecond")),
      extra: `${speed("ours")} / ${speed("theirs")} req/s at ${CONNECTIONS} connections`,
    }),
    tellFigure({
      ...{ id: "G2", what: "median of the same, the peer's / ours", goal: GOALS.median },
      value: medianRatio(of("theirs", "p50Ms"), of("ours", "p50Ms")),
      extra: `${median(of("theirs", "p50Ms")).toFixed(1)} / ${median(of("ours", "p50Ms")).toFixed(2)} ms`,
    }),
    tellFigure({
      ...{ id: "G3", what: "one visit that is kept, requests a second, ours / the peer's", goal: GOALS.one },
      value: medianRatio(of("our one", "perSecond"), of("their one", "perSecond")),
      extra: `${speed("our one")} / ${speed("their one")} req/s; a first read of ours ${speed("our one, first")}`,
    }),
  ];
}

async function firstVisit(port: number, { token }: SignedIn): Promise<string> {
  const reply = await fetch(`http://127.0.0.1:${port}/api/v1/me/visits`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const { visits } = (await reply.json()) as { visits: { id: string }[] };
  const [first] = visits;
  if (!first) throw new Error("a person has no visits");
  return first.id;
}

/** G8: claim envelopes with all their checks against what the peer made through its API. */
async function compareWrites(theirs: number): Promise<boolean> {
  const files = [...generateFiles({ persons: IMPORTED_PERSONS, seed: 8, claimsPerFile: 1000 })];
  for (const file of files.filter(({ kind }) => kind === "persons")) await importPersons(house, file);
  const claims = files.filter(({ kind }) => kind === "claims");
  const readers = await openReaders(house, 2);
  try {
    await importClaimFiles(house, claims.splice(0, WARM_FILES), { readers });
    const startedAt = performance.now();
    const results = await importClaimFiles(house, claims, { readers });
    const seconds = (performance.now() - startedAt) / 1000;
    if (results.some(({ rejected }) => rejected > 0)) throw new Error("a made-up claim was rejected");
    const taken = results.reduce((sum, result) => sum + result.taken, 0);
    const speed = taken / seconds;
    return tellFigure({
      ...{ id: "G8", what: "claim import, visits a second, ours / the peer's create", goal: GOALS.create },
      value: speed / theirs,
      extra: `${Math.round(speed)} / ${Math.round(theirs)} visits/s, ${taken} and ${PERSONS * VISITS_EACH - WARM_CREATES}`,
    });
  } finally {
    await readers.close();
  }
}
