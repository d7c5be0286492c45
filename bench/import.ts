/**
 * G9: the claim import against the same reading without a database, same threads. Sides take turns in one
 * run; the figure is the ratio of their medians. Arguments: persons, rounds. Exit 0 only when the goal is held.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type pg from "pg";
import { createPool } from "../src/db/pool.ts";
import { projectRoot } from "../src/db/root.ts";
import { generateFiles } from "../src/generate/files.ts";
import { forCommand, makeHouse, type OpenHouse } from "../src/house.ts";
import type { ClaimReaders } from "../src/intake/claim-readers.ts";
import { importClaimFiles, openReaders } from "../src/intake/import-claims.ts";
import { importPersons } from "../src/intake/import-persons.ts";
import { startReading } from "../src/intake/read-envelope.ts";
import type { Source } from "../src/intake/source.ts";
import { parseEnvironment } from "../src/settings.ts";
import { median, takeTurns, tellFigure } from "./harness.ts";

const GOAL = 0.7;
const THREADS = 2;
const CLAIMS_PER_FILE = 1000;
const [persons = 5000, rounds = 7] = process.argv.slice(2).map(Number);

const folder = mkdtempSync(join(tmpdir(), "vssid-bench-"));
const environment = parseEnvironment({ VSSID_DATA_DIR: folder }, projectRoot);
if (!environment.ok) throw new Error(environment.faults.join("; "));
const house = await makeHouse(environment.value, forCommand);
try {
  process.exitCode = (await measure(house)) ? 0 : 1;
} finally {
  await house.close();
  rmSync(folder, { recursive: true, force: true });
}

async function measure(house: OpenHouse): Promise<boolean> {
  const files = [...generateFiles({ persons, seed: 9, claimsPerFile: CLAIMS_PER_FILE })];
  for (const file of files.filter(({ kind }) => kind === "persons")) await importPersons(house, file);
  const claims = files.filter(({ kind }) => kind === "claims");
  const bytes = claims.reduce((sum, file) => sum + file.bytes.length, 0);
  const owner = createPool(house.connection, { log: house.log, size: 1, statementTimeoutMs: 0, asApp: false });
  const readers = await openReaders(house, THREADS);
  // Once for nothing: the threads compile what they run.
  const visits = await readOnly(claims, readers);
  const reading = { name: "reading alone", turn: async () => visits / (await timed(() => readOnly(claims, readers))) };
  const taking = {
    name: "import",
    turn: async () => {
      await empty(owner);
      return visits / (await timed(() => take(house, claims, readers)));
    },
  };
  const speeds = await takeTurns([reading, taking], rounds);
  await readers.close();
  await owner.end();
  const [alone = [], imported = []] = [speeds.get(reading.name), speeds.get(taking.name)];
  const speed = median(imported);
  return tellFigure({
    ...{ id: "G9", what: "claim import / decode, scan and encode without a database", goal: GOAL },
    value: speed / median(alone),
    extra: `${Math.round(speed)} visits/s, ${((speed * bytes) / visits / 1e6).toFixed(0)} MB/s, ${visits} visits a turn`,
  });
}

/** Cut, decoded, scanned, checked and encoded for COPY, a file ahead like the import; then forgotten. */
async function readOnly(claims: readonly Source[], readers: ClaimReaders): Promise<number> {
  const start = (source: Source | undefined) => source && startReading(source, readers);
  let visits = 0;
  let next = start(claims[0]);
  for (let at = 1; next; at += 1) {
    const reading = next;
    next = start(claims[at]);
    for await (const answer of reading.answers) {
      if (answer.rejects.length > 0) throw new Error("a made-up claim was rejected");
      visits += answer.heads.length;
    }
  }
  return visits;
}

async function take(house: OpenHouse, claims: readonly Source[], readers: ClaimReaders): Promise<void> {
  const results = await importClaimFiles(house, claims, { readers });
  if (results.some((result) => result.rejected > 0 || result.isKnown)) throw new Error("a file was not taken whole");
}

/** Each turn begins with empty tables: rows that were only deleted would be stepped over, and swept up, on our time. */
async function empty(owner: pg.Pool): Promise<void> {
  await owner.query("truncate visit, visit_rest, visit_version, import_reject_record, import_reject, source_file");
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - start) / 1e9;
}
