/**
 * G9: the claim import against the same reading without a database, same threads. Sides take turns in one
 * run; the figure is the median. `node bench/import.ts [persons] [rounds]`; exit 0 only when it holds.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../src/db/root.ts";
import { generateFiles } from "../src/generate/files.ts";
import { forCommand, makeHouse, type OpenHouse } from "../src/house.ts";
import type { ClaimReaders } from "../src/intake/claim-readers.ts";
import { importClaimFiles, openReaders } from "../src/intake/import-claims.ts";
import { importPersons } from "../src/intake/import-persons.ts";
import { startReading } from "../src/intake/read-envelope.ts";
import type { Source } from "../src/intake/source.ts";
import { parseEnvironment } from "../src/settings.ts";

const GOAL = 0.7;
const THREADS = 2;
const [persons = 2500, rounds = 7] = process.argv.slice(2).map(Number);

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
  const files = [...generateFiles({ persons, seed: 9, claimsPerFile: 1000 })];
  for (const file of files.filter(({ kind }) => kind === "persons")) await importPersons(house, file);
  const claims = files.filter(({ kind }) => kind === "claims");
  const bytes = claims.reduce((sum, file) => sum + file.bytes.length, 0);
  const readers = await openReaders(house, THREADS);
  await readOnly(claims, readers);
  const seconds = { read: [] as number[], take: [] as number[] };
  let visits = 0;
  for (let round = 0; round < rounds; round += 1) {
    const sides = [
      async () => seconds.read.push(await timed(() => readOnly(claims, readers))),
      async () => {
        await empty(house);
        seconds.take.push(await timed(async () => (visits = await take(house, claims, readers))));
      },
    ];
    for (const side of round % 2 === 0 ? sides : sides.toReversed()) await side();
  }
  await readers.close();
  const ratio = median(seconds.read) / median(seconds.take);
  const isHeld = ratio >= GOAL;
  const taking = median(seconds.take);
  const extra = `${Math.round(visits / taking)} visits/s, ${Math.round(bytes / taking / 1e6)} MB/s, ${visits} visits`;
  console.log(
    `G9 import / reading alone: ${ratio.toFixed(2)} (goal ${GOAL.toFixed(2)}) ${isHeld ? "held" : "short"} — ${extra}`,
  );
  return isHeld;
}

async function readOnly(claims: readonly Source[], readers: ClaimReaders): Promise<void> {
  for (const source of claims) {
    for await (const answer of startReading(source, readers, () => {}).answers) {
      if (answer.rejects.length > 0) throw new Error("a made-up claim was rejected");
    }
  }
}

async function take(house: OpenHouse, claims: readonly Source[], readers: ClaimReaders): Promise<number> {
  const results = await importClaimFiles(house, claims, { readers });
  if (results.some((result) => result.rejected > 0 || result.isKnown)) throw new Error("a file was not taken whole");
  return results.reduce((sum, result) => sum + result.taken, 0);
}

async function empty(house: OpenHouse): Promise<void> {
  await house.pool.query("delete from visit");
  await house.pool.query("delete from source_file");
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - start) / 1e9;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
