/**
 * R29: whoever owns the database changes, removes, reorders and inserts rows of the audit, makes its hashes anew, cuts
 * its tail off, rolls the database back, or forges what the witness keeps; the check with the witness's checkpoints must
 * find each. --edits=1000 --rows=20000, --small 40 edits; --speed=500000 rows for the pace of the check.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { cpuMsUnder } from "../bench/cpu.ts";
import { optionOf, tellAtMost, tellFigure } from "../bench/harness.ts";
import { checkedCheckpoints, takeCheckpoint, witnessKeys } from "../src/audit/checkpoint.ts";
import { looksWritten, noteLook } from "../src/audit/record.ts";
import type { Checkpoint } from "../src/audit/rules-checkpoint.ts";
import { sealAudit } from "../src/audit/seal.ts";
import { verifyAudit } from "../src/audit/verify.ts";
import { ownerOf } from "../src/db/connection.ts";
import type { Db } from "../src/db/house.ts";
import { createPool } from "../src/db/pool.ts";
import { postmasterOf } from "../src/db/postmaster.ts";
import { projectRoot } from "../src/db/root.ts";
import { forCommand, makeHouse } from "../src/house.ts";
import { readMe } from "../src/me/store.ts";
import { parseEnvironment } from "../src/settings.ts";
import { dice } from "../test/dice.ts";
import { dbOn, edits, type Tampered } from "./tamper-edits.ts";

const isSmall = process.argv.includes("--small");
const EDITS = optionOf("edits") ?? (isSmall ? 40 : 1000);
const ROWS = optionOf("rows") ?? (isSmall ? 4000 : 20_000);
const SPEED_ROWS = optionOf("speed") ?? (isSmall ? 50_000 : 500_000);
const READ_SECONDS = isSmall ? 2 : 10;
const CHECKPOINTS = 20;
/** How often a witness takes a checkpoint and asks for the check, as the runbook says. */
const WITNESS_SECONDS = 30;

const folder = mkdtempSync(join(tmpdir(), "vssid-tamper-"));
const environment = parseEnvironment({ VSSID_DATA_DIR: folder }, projectRoot);
if (!environment.ok) throw new Error(environment.faults.join("; "));
const house = await makeHouse(environment.value, forCommand);
house.log.level = "silent";
const owner = createPool(ownerOf(house), { log: house.log, size: 1, statementTimeoutMs: 0, asApp: false });
try {
  const tampered = await tamper();
  const paced = await pace();
  process.exitCode = tampered && paced ? 0 : 1;
} finally {
  await owner.end();
  await house.close();
  rmSync(folder, { recursive: true, force: true });
}

async function tamper(): Promise<boolean> {
  const kept: Checkpoint[] = [];
  for (let part = 0; part < CHECKPOINTS; part += 1) {
    await addEvents(ROWS / CHECKPOINTS);
    await sealAudit(house);
    const one = await takeCheckpoint(house);
    if (one) kept.push(one);
  }
  const before = await check(house.db, textOf(kept));
  if (!before.isWhole || before.witnessed !== CHECKPOINTS) throw new Error("the chain does not fit before the edits");
  const random = dice(optionOf("seed") ?? 330);
  const missed = new Map<string, number>();
  const alone = new Map<string, number>();
  let slowestMs = 0;
  for (let nth = 0; nth < EDITS; nth += 1) {
    const edit = edits[nth % edits.length] as (typeof edits)[number];
    const { withWitness, without, ms } = await tried(edit, kept, random);
    slowestMs = Math.max(slowestMs, ms);
    if (!withWitness) missed.set(edit.name, (missed.get(edit.name) ?? 0) + 1);
    if (!without) alone.set(edit.name, (alone.get(edit.name) ?? 0) + 1);
  }
  const found = EDITS - [...missed.values()].reduce((sum, count) => sum + count, 0);
  for (const [name, count] of missed) console.log(`  not found: ${name}, ${count} times`);
  const needed = [...alone.keys()].join("; ");
  const extra = `${edits.length} sorts of edits in a chain of ${ROWS}; only the witness sees: ${needed}`;
  const seconds = WITNESS_SECONDS + slowestMs / 1000;
  return [
    tellFigure({ id: "R29", what: `edits found, of ${EDITS}`, value: found, goal: EDITS, extra }),
    tellAtMost({
      ...{ id: "R29", what: "seconds until an edit is found", value: seconds, goal: 60 },
      extra: `the witness comes each ${WITNESS_SECONDS} s, the longest check took ${slowestMs.toFixed(0)} ms`,
    }),
    alone.size > 0,
  ].every(Boolean);
}

/** In a transaction that is taken back: the database of an edit is what the check would see of one that was committed. */
async function tried(edit: Tampered, kept: readonly Checkpoint[], random: ReturnType<typeof dice>) {
  const client = await owner.connect();
  try {
    await client.query("begin; set local session_replication_role = replica");
    const given = await edit.act({ client, random, kept, rows: ROWS });
    const startedAt = performance.now();
    const verdict = await check(dbOn(client), given ?? textOf(kept));
    const ms = performance.now() - startedAt;
    const alone = await verifyAudit(dbOn(client), new Date());
    return { withWitness: !verdict.isWhole, without: !alone.isWhole, ms };
  } finally {
    await client.query("rollback");
    client.release();
  }
}

function textOf(kept: readonly Checkpoint[]): string {
  return kept.map((one) => JSON.stringify(one)).join("\n");
}

function check(db: Db, text: string) {
  return verifyAudit(db, new Date(), checkedCheckpoints(text, witnessKeys(house)));
}

async function addEvents(count: number): Promise<void> {
  await owner.query(
    `insert into audit_event (at, actor_kind, actor_id, action, purpose, person_id, object_kind, object_id, office_code, detail)
     select now() - interval '1 hour', 'staff', n % 40, 'person.look', 'review', n % 9000, 'declaration', n::text, '52T01',
            jsonb_build_object('case', 'file', 'fields', jsonb_build_array('phone', 'address'))
       from generate_series(1, $1::int) n`,
    [count],
  );
}

/** Reads with their row written before the answer, and rows that the check walks, a second. */
async function pace(): Promise<boolean> {
  const { rows } = await owner.query<{ id: string }>(
    `insert into person (public_id, full_name, folded_name, birth_on, sex)
     select gen_random_uuid(), 'Người Mẫu ' || n, 'nguoi mau ' || n, '1970-01-01', 1 from generate_series(1, 500) n
     returning person_id::text as id`,
  );
  const ids = rows.map(({ id }) => id);
  await readsASecond(ids, { seconds: 1, isNoted: true });
  const bare = await readsASecond(ids, { seconds: READ_SECONDS / 2, isNoted: false });
  const reads = await readsASecond(ids, { seconds: READ_SECONDS, isNoted: true });
  await addEvents(SPEED_ROWS);
  await sealAudit(house);
  await owner.query("vacuum analyze audit_event, audit_link");
  const before = used();
  const startedAt = performance.now();
  const { links, isWhole } = await verifyAudit(house.db, new Date(), undefined, { lanes: availableParallelism() });
  const seconds = (performance.now() - startedAt) / 1000;
  return [
    tellFigure({
      ...{ id: "R29", what: "logged reads a second", value: reads.count / reads.seconds, goal: 2000 },
      extra: `${READ_SECONDS} s, 32 at a time, in one process with its database: each waited for its row; ${usedSay(reads.used, reads.count)} a read, ${usedSay(bare.used, bare.count)} without its row`,
    }),
    tellFigure({
      ...{ id: "R29", what: "rows a second of the check", value: links / seconds, goal: 150_000 },
      extra: `${links} links in ${seconds.toFixed(1)} s; ${usedSay(usedSince(before), links)} a row`,
    }),
    isWhole,
  ].every(Boolean);
}

/** Milliseconds of processor: this process and the database. */
function used() {
  const own = process.cpuUsage();
  const ownMs = (own.user + own.system) / 1000;
  return { ownMs, databaseMs: cpuMsUnder([postmasterOf(join(folder, "pg"))]) };
}

function usedSince(before: ReturnType<typeof used>) {
  const now = used();
  return { ownMs: now.ownMs - before.ownMs, databaseMs: now.databaseMs - before.databaseMs };
}

function usedSay({ ownMs, databaseMs }: ReturnType<typeof used>, count: number): string {
  const [own, database] = [ownMs, databaseMs].map((ms) => ((ms * 1000) / count).toFixed(1));
  return `${own} µs of processor here and ${database} µs in the database`;
}

async function readsASecond(ids: readonly string[], { seconds, isNoted }: { seconds: number; isNoted: boolean }) {
  const [before, startedAt] = [used(), performance.now()];
  let count = 0;
  const lane = async () => {
    while (performance.now() < startedAt + seconds * 1000) {
      count += 1;
      const personId = ids[count % ids.length] ?? "";
      await readMe(house.pool, personId);
      if (!isNoted) continue;
      const actor = { kind: "citizen", personId, scope: "full", sessionId: "00" } as const;
      noteLook(house, { at: new Date(), actor, action: "read_person", purpose: "own_record", personId });
      await looksWritten(house);
    }
  };
  await Promise.all(Array.from({ length: 32 }, lane));
  return { count, seconds: (performance.now() - startedAt) / 1000, used: usedSince(before) };
}
