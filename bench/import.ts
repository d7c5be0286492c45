/**
 * The imports against what is no import: reading alone (G9), a saxes pass (G10), a bare COPY (G11), the first time
 * (G12), normalised tables (G15). Sides take turns in one run; a figure is the ratio of their medians. Arguments:
 * --persons=1000 --rounds=3. --country takes 550,000 visits (G17) instead; --country=20000 as
 * many. Exit 0 only when every goal is held.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type pg from "pg";
import { ownerOf } from "../src/db/connection.ts";
import { createPool } from "../src/db/pool.ts";
import { projectRoot } from "../src/db/root.ts";
import { generateFiles, type MadeFile } from "../src/generate/files.ts";
import { forCommand, makeHouse, type OpenHouse } from "../src/house.ts";
import { countOf } from "../src/intake/claim-batch.ts";
import type { ClaimReaders } from "../src/intake/claim-readers.ts";
import { importClaimFiles, openReaders } from "../src/intake/import-claims.ts";
import { importPersons } from "../src/intake/import-persons.ts";
import { importParticipation } from "../src/intake/import-rows.ts";
import { startReading } from "../src/intake/read-envelope.ts";
import type { Source } from "../src/intake/source.ts";
import { threadedTables } from "../src/intake/table-readers.ts";
import { parseEnvironment } from "../src/settings.ts";
import { median, medianRatio, optionOf, takeTurns, tellAtMost, tellFigure } from "./harness.ts";
import { openSaxes } from "./import-saxes.ts";
import { copyLines, measureVisits, oneTable, readLines } from "./import-tables.ts";

const GOALS = { reading: 0.7, saxes: 1, copy: 0.6, again: 0.6, bytes: 0.75, countrySeconds: 120 };
const COUNTRY_VISITS = 550_000;
/** A folder of the night in small: files wait behind one another as they do there. */
const COUNTRY_FILES_AT_ONCE = 10;
const THREADS = 2;
const CLAIMS_PER_FILE = 1000;
const [persons = 5000, rounds = 7] = [optionOf("persons"), optionOf("rounds")];
const isCountry = process.argv.some((one) => /^--country\b/.test(one));

const folder = mkdtempSync(join(tmpdir(), "vssid-bench-"));
const environment = parseEnvironment({ VSSID_DATA_DIR: folder }, projectRoot);
if (!environment.ok) throw new Error(environment.faults.join("; "));
const house = await makeHouse(environment.value, forCommand);
const owner = createPool(ownerOf(house), { log: house.log, size: 1, statementTimeoutMs: 0, asApp: false });
const readers = await openReaders(house, THREADS);
const tables = threadedTables();
try {
  const held = isCountry ? [await measureCountry(house)] : await measureAll(house);
  process.exitCode = held.every(Boolean) ? 0 : 1;
} finally {
  await readers.close();
  await tables.close();
  await owner.end();
  await house.close();
  rmSync(folder, { recursive: true, force: true });
}

async function measureAll(house: OpenHouse): Promise<boolean[]> {
  const files = [...generateFiles({ persons, seed: 9, claimsPerFile: CLAIMS_PER_FILE })];
  for (const file of files.filter(({ kind }) => kind === "persons")) await importPersons(house, file);
  const claims = files.filter(({ kind }) => kind === "claims");
  return [...(await measureClaims(house, claims)), await measureBytes(), await measureTable(house, files)];
}

/** G9, G10 and G12. */
async function measureClaims(house: OpenHouse, claims: readonly MadeFile[]): Promise<boolean[]> {
  const bytes = claims.reduce((sum, file) => sum + file.bytes.length, 0);
  const saxesAlone = await openSaxes(claims);
  // Once for nothing: the threads compile what they run.
  const visits = await readOnly(claims, readers);
  await saxesAlone.parse();
  const reading = { name: "reading alone", turn: async () => visits / (await timed(() => readOnly(claims, readers))) };
  const saxes = { name: "saxes", turn: async () => visits / (await timed(() => saxesAlone.parse())) };
  const againSeconds: number[] = [];
  let rewritten = 0;
  const taking = {
    name: "import",
    turn: async () => {
      await empty(owner);
      const seconds = await timed(() => take(house, claims, readers));
      const before = await rowMarks(owner);
      againSeconds.push((await timed(() => importClaimFiles(house, claims, { readers }))) / seconds);
      rewritten += before === (await rowMarks(owner)) ? 0 : 1;
      return visits / seconds;
    },
  };
  const speeds = await takeTurns([reading, taking, saxes], rounds).finally(() => saxesAlone.close());
  const speedsOf = (side: { name: string }) => speeds.get(side.name) ?? [];
  const imported = speedsOf(taking);
  const speed = median(imported);
  const perVisit = bytes / visits;
  const besideSaxes = medianRatio(imported, speedsOf(saxes));
  const saxesSpeed = (median(speedsOf(saxes)) * saxesAlone.bytes) / visits / 1e6;
  return [
    tellFigure({
      ...{ id: "G9", what: "claim import / decode, scan and encode without a database", goal: GOALS.reading },
      value: speed / median(speedsOf(reading)),
      extra: `${Math.round(speed)} visits/s, ${((speed * perVisit) / 1e6).toFixed(0)} MB/s, ${visits} visits a turn`,
    }),
    tellFigure({
      ...{ id: "G10", what: "claim import with all checks / a saxes pass alone", goal: GOALS.saxes },
      value: besideSaxes,
      extra: `saxes reads ${saxesSpeed.toFixed(0)} MB/s in its one thread, ${(besideSaxes / THREADS).toFixed(2)} a thread`,
    }),
    tellAtMost({
      ...{ id: "G12", what: "the same files again / the first time", goal: GOALS.again },
      value: median(againSeconds),
      extra: rewritten === 0 ? "no row was written again" : `ROWS WERE WRITTEN AGAIN in ${rewritten} rounds`,
    }) && rewritten === 0,
  ];
}

/** G15: of the visits that stand. */
async function measureBytes(): Promise<boolean> {
  const { ours, normalised, lines } = await measureVisits(owner);
  return tellAtMost({
    ...{ id: "G15", what: "bytes a visit / the same in normalised tables", goal: GOALS.bytes },
    value: ours / normalised,
    extra: `${Math.round(ours)} and ${Math.round(normalised)} bytes, ${lines.toFixed(1)} cost lines a visit`,
  });
}

/** G11: participation, the largest table of rows. */
async function measureTable(house: OpenHouse, files: readonly MadeFile[]): Promise<boolean> {
  const table = oneTable(files);
  const clear = () => owner.query("truncate participation_period");
  const forget = () => owner.query("delete from source_file where kind = 'participation'");
  const importing = async () => {
    const { taken } = await importParticipation(house, table, { tables });
    if (taken !== table.rows) throw new Error("the table was not taken whole");
  };
  // Once for nothing: the thread compiles what it runs.
  await importing();
  const lines = await readLines(owner);
  const side = (name: string, work: () => Promise<unknown>) => ({
    name,
    turn: async () => {
      await clear();
      await forget();
      return table.rows / (await timed(work));
    },
  });
  const [copy, merge] = [side("copy", () => copyLines(owner, lines)), side("merge", importing)];
  const speeds = await takeTurns([copy, merge], rounds);
  const [copied = [], merged = []] = [speeds.get(copy.name), speeds.get(merge.name)];
  return tellFigure({
    ...{ id: "G11", what: "CSV import with merge / COPY into the same table", goal: GOALS.copy },
    value: medianRatio(merged, copied),
    extra: `${Math.round(median(merged))} / ${Math.round(median(copied))} rows/s, ${table.rows} rows`,
  });
}

/** G17: a country's day, made up part by part; only the import is timed. */
async function measureCountry(house: OpenHouse): Promise<boolean> {
  const wanted = optionOf("country") ?? COUNTRY_VISITS;
  let [visits, seconds] = [0, 0];
  const takeAll = async (claims: readonly MadeFile[]) => {
    const results = await importClaimFiles(house, claims, { readers });
    visits += results.reduce((sum, { taken }) => sum + taken, 0);
  };
  const waiting: MadeFile[] = [];
  // One maker for all of them: people of two makers would share numbers, and be refused.
  for (const file of generateFiles({ persons: wanted, seed: 17, claimsPerFile: CLAIMS_PER_FILE })) {
    if (file.kind === "persons") await importPersons(house, file);
    if (file.kind === "claims") waiting.push(file);
    if (waiting.length < COUNTRY_FILES_AT_ONCE) continue;
    const claims = waiting.splice(0);
    seconds += await timed(() => takeAll(claims));
    if (visits >= wanted) break;
  }
  if (visits < wanted) throw new Error(`only ${visits} visits were taken`);
  return tellAtMost({
    ...{ id: "G17", what: `seconds for ${visits} visits`, goal: (GOALS.countrySeconds * visits) / COUNTRY_VISITS },
    value: seconds,
    extra: `${Math.round(visits / seconds)} visits/s; the goal is ${GOALS.countrySeconds} s for ${COUNTRY_VISITS}`,
  });
}

/** Changes when any visit is written again. */
async function rowMarks(owner: pg.Pool): Promise<string> {
  const { rows } = await owner.query<{ marks: string }>(
    "select md5(string_agg(ctid::text || xmin::text, ',' order by ctid)) as marks from visit",
  );
  return rows[0]?.marks ?? "";
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
      visits += countOf(answer.heads);
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
  await owner.query(`truncate visit, visit_rest, visit_version, claim_recall, import_reject_record, import_reject, import_reject_row,
    household_member, source_file`);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - start) / 1e9;
}
