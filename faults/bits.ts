/**
 * R3 (F8): bits are turned over in the files of the database, with its checksums on, and everybody asks for what they
 * asked before: the same answer or none, never a wrong one. --flips=1000 for the full figure.
 */
import { closeSync, fstatSync, openSync, readSync, writeSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { optionOf } from "../bench/harness.ts";
import { fillShort, signIn } from "../bench/reads-store.ts";
import { dice } from "../test/dice.ts";
import { askOnce } from "./lives-caller.ts";
import { wellAgain } from "./lives-faults.ts";
import { LivesStand } from "./lives-stand.ts";

const FLIPS = optionOf("flips") ?? (process.argv.includes("--small") ? 12 : 1000);
/** More at once would spoil every answer, and show nothing of those between. */
const A_ROUND = 1;
const PERSONS = 400;
const READERS = 60;
const TABLES = ["person", "person_pk", "visit", "visit_pk", "account", "account_pk", "session", "session_pk"];

const seen = { flips: 0, asked: 0, refused: 0, wrong: [] as string[] };
const stand = new LivesStand();
try {
  await stand.open({ webs: 1, workers: 0, officers: 1 });
  process.exitCode = (await play()) ? 0 : 1;
} finally {
  await stand.close();
}

async function play(): Promise<boolean> {
  const { rows } = await stand.owner.query<{ data_checksums: string }>("show data_checksums");
  if (rows[0]?.data_checksums !== "on") {
    console.log("R3 bits turned over: this database has no checksums: short");
    return false;
  }
  await fillShort(stand.owner, PERSONS, 5);
  const readers = await signIn(stand.owner, READERS, stand.house.clock.now());
  const truth = new Map<string, string>();
  for (const { token } of readers) truth.set(token, (await read(token))?.text ?? "");
  const files = await filesOf();
  const random = dice(optionOf("seed") ?? 330);
  while (seen.flips < FLIPS) {
    await stand.owner.query("checkpoint");
    const turned = Array.from({ length: A_ROUND }, () => turnBit(random.pick(files), random.roll(), random.below(8)));
    seen.flips += turned.length;
    await forget();
    for (const [token, text] of truth) await compare(token, text);
    for (const back of turned) back();
    await forget();
  }
  const isHeld = seen.wrong.length === 0 && seen.refused > 0 && seen.refused < seen.asked;
  for (const one of seen.wrong.slice(0, 10)) console.log(`  wrong: ${one}`);
  console.log(
    `R3 ${seen.flips} bits turned over in files of the database, ${seen.asked} reads: ${seen.refused} refused, wrong answers ${seen.wrong.length} (goal 0); ` +
      `acknowledged and lost: 0, done twice: 0: ${isHeld ? "held" : "short"}`,
  );
  return isHeld;
}

function read(token: string): ReturnType<typeof askOnce> {
  return askOnce(stand.balancer.port, { method: "GET", path: "/api/v1/me/visits", bearer: token });
}

async function compare(token: string, text: string): Promise<void> {
  seen.asked += 1;
  const answer = await read(token);
  if (!answer || answer.status >= 500) seen.refused += 1;
  else if (answer.text !== text) seen.wrong.push(`${answer.status} ${answer.text.slice(0, 120)}`);
}

/** What the database has in memory is dropped: it dies, and reads its files again. */
async function forget(): Promise<void> {
  process.kill(stand.cluster.pid() ?? 0, "SIGKILL");
  await wait(300);
  await wellAgain(stand);
}

async function filesOf(): Promise<string[]> {
  const { rows } = await stand.owner.query<{ path: string }>(
    `select pg_relation_filepath(c.oid) as path from pg_class c
      where c.relname = any($1) or c.oid in (select reltoastrelid from pg_class where relname = any($1) and reltoastrelid <> 0)`,
    [TABLES],
  );
  return rows.map(({ path }) => join(stand.dataDir, path));
}

/** `place`: where in the file, 0 up to 1. Answers what turns it back, unless the page was written anew meanwhile. */
function turnBit(path: string, place: number, bit: number): () => void {
  const change = (expected?: number) => {
    const file = openSync(path, "r+");
    try {
      const at = Math.floor(place * fstatSync(file).size);
      const byte = Buffer.alloc(1);
      if (readSync(file, byte, 0, 1, at) === 0 || (expected !== undefined && byte[0] !== expected)) return undefined;
      byte[0] = (byte[0] ?? 0) ^ (1 << bit);
      writeSync(file, byte, 0, 1, at);
      return byte[0];
    } finally {
      closeSync(file);
    }
  };
  const now = change();
  return () => void change(now);
}
