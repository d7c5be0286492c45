/**
 * R18 (F18): the clock leaps under the sweeps, alone or with the database's, in a process that runs on, in one that was
 * started since, and over a start of the machine. Everything that happens by itself runs meanwhile; not a row may
 * change, no password may be old, and with the right clock all goes on by itself. --runs=50 of each leap, --small 4.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type pg from "pg";
import { optionOf, tellAtMost } from "../bench/harness.ts";
import { dutyNow } from "../src/account/duty-now.ts";
import { ownerOf } from "../src/db/connection.ts";
import { createPool } from "../src/db/pool.ts";
import { projectRoot } from "../src/db/root.ts";
import { forCommand, makeHouse, type OpenHouse } from "../src/house.ts";
import { type Clock, MovableClock } from "../src/kernel/clock.ts";
import { setPolicy } from "../src/policy/set.ts";
import { lapseDue } from "../src/registration/lapse-due.ts";
import { CLASSES, RULES } from "../src/retention/rules.ts";
import { seed } from "../src/seed/seed.ts";
import { parseEnvironment } from "../src/settings.ts";
import { goOn, lookAtTime, mayEnd } from "../src/timekeeping/trust.ts";
import { runDue } from "../src/worker.ts";
import { type Dice, dice } from "../test/dice.ts";
import { quiet } from "./lives-stand.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const RUNS = optionOf("runs") ?? (process.argv.includes("--small") ? 4 : 50);
const KEPT_DAYS = 30;
/** A start of the machine hides a leap that is no longer than the silence which is borne. */
const SILENCE_MS = 12 * HOUR_MS;
/** Signs of life are no data. */
const PULSE = ["worker_beat", "clock_sighting"];

const now = new Date();
const until = (iso: string) => Date.parse(iso) - now.getTime();
const leaps: readonly { name: string; ms: number }[] = [
  { name: "an hour on", ms: HOUR_MS },
  { name: "an hour back", ms: -HOUR_MS },
  { name: "a day on", ms: DAY_MS },
  { name: "31 days on", ms: 31 * DAY_MS },
  { name: "a year on", ms: 366 * DAY_MS },
  { name: "a year back", ms: -366 * DAY_MS },
  { name: "to a leap day at the turn of the day", ms: until("2028-02-28T16:59:58Z") },
  { name: "before the first row", ms: until("1970-01-01T00:00:30Z") },
];

class LeapingClock implements Clock {
  byMs = 0;
  now(): Date {
    return new Date(Date.now() + this.byMs);
  }
}

const seen = { wrong: [] as string[], old: 0, stuck: 0, runs: 0 };
const folder = mkdtempSync(join(tmpdir(), "vssid-leaps-"));
const parsed = parseEnvironment({ VSSID_DATA_DIR: folder }, projectRoot);
if (!parsed.ok) throw new Error(parsed.faults.join("; "));
const environment = parsed.value;
const first = await makeHouse(environment, forCommand);
first.log.level = "silent";
const owner = createPool(ownerOf(first), { ...quiet, size: 1 });
try {
  await seed(first);
  for (const name of CLASSES) {
    await setPolicy(first, RULES[name].days, { value: KEPT_DAYS, from: "2021-01-01", by: "trial" });
  }
  await letDatabaseLeap();
  const house = await makeHouse(environment, forCommand);
  house.log.level = "silent";
  try {
    process.exitCode = (await playAll(house)) ? 0 : 1;
  } finally {
    await house.close();
  }
} finally {
  await owner.end();
  await first.close();
  rmSync(folder, { recursive: true, force: true });
}

async function playAll(house: OpenHouse): Promise<boolean> {
  const clock = new LeapingClock();
  const own: OpenHouse = { ...house, clock };
  await goOn(own);
  // What is due with the right clock is done, and done again until nothing more comes of it.
  for (let times = 0; times < 3; times += 1) await runDue(own, true);
  const random = dice(optionOf("seed") ?? 18);
  for (const leap of leaps) for (let run = 0; run < RUNS; run += 1) await playOne(house, clock, leap, random);
  const changed = await changedWhenBelieved(house);
  for (const line of seen.wrong.slice(0, 20)) console.log(`  ${line}`);
  const extra = `${leaps.length} leaps, ${RUNS} runs of each`;
  const tell = (what: string, value: number) => tellAtMost({ id: "R18", what, value, goal: 0, extra });
  return [
    tell("leaps after which a row lapsed, ended, went or was told", seen.wrong.length),
    tell("passwords old by a leap", seen.old),
    tell("times that the right clock was not believed again", seen.stuck),
    tell("planted: a clock that is believed after a month's leap changes nothing", changed ? 0 : 1),
  ].every(Boolean);
}

async function playOne(house: OpenHouse, clock: LeapingClock, leap: (typeof leaps)[number], random: Dice) {
  const bySeconds = random.below(600) * 1000 * Math.sign(leap.ms);
  const byMs = leap.ms + bySeconds;
  const doesDatabaseFollow = random.below(2) === 0;
  const how = random.pick(["runs on", "started since", "machine started since"] as const);
  const isTold = how !== "machine started since" || !doesDatabaseFollow || byMs < 0 || byMs > SILENCE_MS;
  if (!isTold) return playOne(house, clock, leap, random);
  const before = await digest();
  if (how === "machine started since") await owner.query("update clock_sighting set boot = 'another'");
  // A process that was started since knows nothing; each looks before it serves.
  const leapt = how === "runs on" ? clock : new LeapingClock();
  leapt.byMs = byMs;
  await owner.query("update trial.leap set by_ms = $1", [doesDatabaseFollow ? byMs : 0]);
  const own: OpenHouse = { ...house, clock: leapt };
  if (how !== "runs on") await lookAtTime(own);
  await runDue(own, true).catch(() => undefined);
  await lapseDue(own, { isApproved: true });
  seen.old += await oldPasswords(leapt);
  await owner.query("update trial.leap set by_ms = 0");
  leapt.byMs = 0;
  const after = await digest();
  for (const [table, hash] of after) {
    if (before.get(table) !== hash) seen.wrong.push(`${leap.name}, ${how}: ${table}`);
  }
  if (!(await mayEnd(own))) seen.stuck += 1;
  seen.runs += 1;
}

/** Accounts whose password is of these six months and that would have to change it now. */
async function oldPasswords(clock: Clock): Promise<number> {
  const { rows } = await owner.query<{ password_kind: string; password_set_on: string }>(
    "select password_kind, password_set_on::text from account where password_kind = 'chosen' and password_set_on > current_date - 150",
  );
  return rows.filter((account) => dutyNow(clock, account, clock.now()) === "outlived").length;
}

/** The demo's clock is believed wherever it is: the same sweeps must then do what no leap may. */
async function changedWhenBelieved(house: OpenHouse): Promise<boolean> {
  const before = await digest();
  await lapseDue({ ...house, clock: new MovableClock(new Date(Date.now() + 31 * DAY_MS)) }, { isApproved: true });
  return (await digest()).get("declaration") !== before.get("declaration");
}

async function digest(): Promise<Map<string, string>> {
  const { rows } = await owner.query<{ name: string }>(
    "select relname::text as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and reltuples < 5000",
  );
  const names = rows.map(({ name }) => name).filter((name) => !PULSE.includes(name));
  const hashes = await owner.query<{ name: string; hash: string }>(
    names
      .map(
        (name) =>
          `select '${name}' as name, coalesce(md5(string_agg(t::text, '' order by t::text)), '') as hash from "${name}" t`,
      )
      .join(" union all "),
  );
  return new Map(hashes.rows.map(({ name, hash }) => [name, hash]));
}

/** Its own clock of the same name stands before the server's. */
async function letDatabaseLeap(): Promise<void> {
  const pool: pg.Pool = owner;
  await pool.query("create schema trial");
  await pool.query("create table trial.leap (by_ms bigint not null)");
  await pool.query("insert into trial.leap values (0)");
  await pool.query(`
    create function trial.clock_timestamp() returns timestamptz language sql volatile as
      'select pg_catalog.clock_timestamp() + by_ms * interval ''1 millisecond'' from trial.leap'`);
  await pool.query("grant usage on schema trial to public");
  await pool.query("grant select on trial.leap to public");
  await pool.query("alter database vssid set search_path = public, trial, pg_catalog");
}
