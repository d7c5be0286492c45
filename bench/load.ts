/**
 * R40–R43 and R45 on one machine with everything on: sign-in, audit, limits by address, fsync, the worker beside. Open
 * loop; a null run beside the reads. `--seconds=600` is the length of each part that the goals name, `--persons=` the
 * size of the house; `--only=R43` (or R40,R45) those parts alone, over a small house; `--soak=8` hours of the mix
 * instead (R44). With each part what a request of it cost, in processor time: that does not depend on who else is on
 * the machine. Exit 0 only when every goal is held.
 */
import { type ChildProcess, fork } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { LivesStand } from "../faults/lives-stand.ts";
import { fillPeople } from "../faults/upgrade-store.ts";
import { cpuMsUnder } from "./cpu.ts";
import { optionOf, tellAtMost, tellFigure, wordsOf } from "./harness.ts";
import { guess, knownDevice, openVisits, readVisits, registrar, signIn, signInByPage } from "./load-acts.ts";
import { arrive, failed, hangUp, percentile, type Seen, send, told } from "./load-arrivals.ts";
import { fillOutbox, openOf } from "./notices-store.ts";

const SECONDS = optionOf("seconds") ?? 60;
const ONLY = wordsOf("only");
const PERSONS = optionOf("persons") ?? (ONLY ? 10_000 : 100_000);
const SOAK_HOURS = optionOf("soak");
const READS = 1000;
/** Shares of it, a second each, before it is measured. */
const RISE = [0.1, 0.2, 0.4, 0.6, 0.8];
const SIGN_INS = 60;
const [MANY_FILES, FILES] = [20, 5];
const NOTICES = 1111;
const MESSAGE_SECONDS = 15 * 60;
const KNOWN = 20;
const FLOOD = 200;
/** An answer that comes later is not counted as one under overload. */
const IN_TIME_MS = 2000;
const SOAK_SHARE = 0.3;
const PART_SECONDS = 600;

const stand = await new LivesStand().open({ webs: 1, workers: 1, officers: 0 });
let nullServer: ChildProcess | undefined;
try {
  const people = await fillPeople(stand.owner, stand.house, {
    persons: PERSONS,
    membersCount: Math.min(3000, Math.floor(PERSONS / 4)),
  });
  await stand.owner.query("analyze");
  const port = stand.webs[0]?.port ?? 0;
  const all: [id: string, part: () => Promise<boolean[]>][] = [
    ["R41", () => reads(port, people)],
    ["R40", () => signIns(port, people)],
    ["R45", () => registrations(port)],
    ["R42", () => whole(port, people)],
    ["R43", () => overload(port, people)],
    ["R43", () => flood(port, people)],
  ];
  const parts = SOAK_HOURS ? [() => soak(port, people, SOAK_HOURS)] : partsOf(all);
  const held: boolean[] = [];
  for (const part of parts) held.push(...(await part()));
  process.exitCode = held.length > 0 && held.every(Boolean) ? 0 : 1;
} finally {
  nullServer?.kill();
  await hangUp();
  await stand.close();
}

function partsOf(all: readonly [id: string, part: () => Promise<boolean[]>][]): (() => Promise<boolean[]>)[] {
  const parts = all.filter(([id]) => !ONLY || ONLY.includes(id)).map(([, part]) => part);
  if (parts.length === 0) console.error(`--only: ${[...new Set(all.map(([id]) => id))].join(", ")}`);
  return parts;
}

/** Runs a part and says what each of its requests cost: the web with its pictures, the database, and the load itself. */
async function costing<T>(what: string, work: () => Promise<T>, asked: (came: T) => number): Promise<T> {
  const { came, used } = await spending(work);
  const each = (ms: number) => (ms / Math.max(1, asked(came))).toFixed(2);
  const [web, , database, load] = used.map(each);
  console.log(
    `  … ${what}: ${web} ms of a processor in the web, ${database} ms in the database, ${load} ms in the load`,
  );
  return came;
}

/** Runs a part and says how many processors each had meanwhile. */
async function sharing<T>(what: string, work: () => Promise<T>): Promise<T> {
  const startedAt = performance.now();
  const { came, used } = await spending(work);
  const [web, worker, database, load] = used.map((ms) => (ms / (performance.now() - startedAt)).toFixed(2));
  console.log(`  … ${what}, processors: web ${web}, worker ${worker}, database ${database}, load ${load}`);
  return came;
}

/** Milliseconds of web, worker, database and this process. */
async function spending<T>(work: () => Promise<T>): Promise<{ came: T; used: number[] }> {
  const postmaster = Number(readFileSync(join(stand.dataDir, "postmaster.pid"), "utf8").split("\n")[0]);
  const ofUs = () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  };
  const now = () => [
    ...[stand.webs[0]?.pid, stand.workers[0]?.pid, postmaster].map((pid) => cpuMsUnder([pid])),
    ofUs(),
  ];
  const before = now();
  const came = await work();
  return { came, used: now().map((ms, at) => ms - (before[at] ?? 0)) };
}

function askedOf({ asked }: Seen): number {
  return asked;
}

type People = Awaited<ReturnType<typeof fillPeople>>;

function noneFailed(id: string, what: string, seen: Seen): boolean {
  return tellAtMost({ id, what: `errors of ${what}`, value: failed(seen), goal: 0, extra: told(seen) });
}

async function startNull(): Promise<number> {
  nullServer = fork(fileURLToPath(new URL("./bench-load-null.js", import.meta.url)));
  return new Promise((done) => nullServer?.on("message", (said: { port: number }) => done(said.port)));
}

/** The machine's own noise is in both: what counts is the distance. */
async function reads(port: number, people: People): Promise<boolean[]> {
  const nullPort = await startNull();
  const nothing = await arrive(READS, SECONDS, () => send(nullPort, { method: "GET", path: "/" }));
  const risen = await rise(port, people);
  const seen = await costing("a read", () => arrive(READS, SECONDS, readVisits(port, people)), askedOf);
  nullServer?.kill();
  return [
    noneFailed("R41", `${READS} reads a second`, seen),
    tellAtMost({
      id: "R41",
      what: `p99 milliseconds of ${READS} reads a second above the null run's`,
      value: percentile(seen.goodMs, 0.99) - percentile(nothing.goodMs, 0.99),
      goal: 100,
      extra: `null run: ${told(nothing)}`,
    }),
    await everyReadIsWritten(risen + seen.goodMs.length),
  ];
}

/**
 * People come one after the other, not a thousand at once to a process that was born a moment ago: what a
 * start costs under load, `bin/faults upgrade` tells. Those of the rise are told and not counted.
 */
async function rise(port: number, people: People): Promise<number> {
  let good = 0;
  for (const share of RISE) {
    const seen = await arrive(READS * share, 1, readVisits(port, people));
    console.log(`  … rising, ${READS * share} a second: ${told(seen)}`);
    good += seen.goodMs.length;
  }
  return good;
}

/** Each read is in the trail a moment later, one row each. */
async function everyReadIsWritten(reads: number): Promise<boolean> {
  await new Promise((done) => setTimeout(done, 2000));
  const { rows } = await stand.owner.query<{ count: string }>(
    "select count(*) from audit_event where action = 'read_visits'",
  );
  return tellAtMost({
    id: "R41",
    what: "good reads without a row in the trail",
    value: Math.max(0, reads - Number(rows[0]?.count)),
    goal: 0,
    extra: `${rows[0]?.count} rows for ${reads} reads`,
  });
}

async function signIns(port: number, people: People): Promise<boolean[]> {
  const seen = await costing("a sign-in", () => arrive(SIGN_INS, SECONDS, signIn(port, people)), askedOf);
  return [
    noneFailed("R40", `${SIGN_INS} sign-ins a second`, seen),
    tellAtMost({
      id: "R40",
      what: `p99 milliseconds of ${SIGN_INS} sign-ins a second`,
      value: percentile(seen.goodMs, 0.99),
      goal: 300,
      extra: told(seen),
    }),
  ];
}

async function registrations(port: number): Promise<boolean[]> {
  const done: string[] = [];
  const register = await registrar(port, done);
  const burst = await costing("a file", () => arrive(MANY_FILES, Math.min(60, SECONDS), register), askedOf);
  const rest = await arrive(FILES, SECONDS, (nth) => register(100_000 + nth));
  return [
    noneFailed("R45", `${MANY_FILES} registrations a second with two pictures`, burst),
    noneFailed("R45", `${FILES} registrations a second after that`, rest),
    await endedRight(done),
  ];
}

async function endedRight(done: readonly string[]): Promise<boolean> {
  const { rows } = await stand.owner.query<{ count: string }>(
    `select count(*) from unnest($1::text[]) said(code)
      where not exists (select from declaration d where d.code = said.code and d.status = 'confirmed'
        and (select count(*) from declaration_photo p where p.declaration_id = d.declaration_id) = 2)`,
    [done],
  );
  return tellAtMost({
    id: "R45",
    what: "files confirmed to their people and not so in the house, with both pictures",
    value: Number(rows[0]?.count),
    goal: 0,
    extra: `${done.length} files`,
  });
}

/** Everything at once, and a burst of messages on top. */
async function whole(port: number, people: People): Promise<boolean[]> {
  const done: string[] = [];
  const register = await registrar(port, done);
  const seconds = Math.min(90, SECONDS);
  const [reading, entering] = [readVisits(port, people), signIn(port, people)];
  for (const share of RISE)
    await Promise.all([arrive(READS * share, 1, reading), arrive(SIGN_INS * share, 1, entering)]);
  await fillOutbox(stand.owner, {
    count: NOTICES * seconds,
    from: 0,
    lane: "outcome",
    windowMs: MESSAGE_SECONDS * 1000,
  });
  const filledAt = performance.now();
  const [read, entered, registered] = await sharing("all at once", () =>
    Promise.all([
      arrive(READS, SECONDS, reading),
      arrive(SIGN_INS, SECONDS, entering),
      arrive(FILES, SECONDS, (nth) => register(200_000 + nth)),
    ]),
  );
  const outAfter = await secondsUntilOut(filledAt);
  const p99 = (what: string, seen: Seen, goal: number) =>
    tellAtMost({
      id: "R42",
      what: `p99 milliseconds of ${what}, all at once`,
      value: percentile(seen.goodMs, 0.99),
      goal,
      extra: told(seen),
    });
  return [
    noneFailed("R42", "reads, all at once", read),
    noneFailed("R42", "sign-ins, all at once", entered),
    noneFailed("R42", "registrations, all at once", registered),
    p99("reads", read, 100),
    p99("sign-ins", entered, 300),
    await endedRight(done),
    tellAtMost({
      id: "R42",
      what: `seconds until the last of ${NOTICES * seconds} messages was out, which gave way meanwhile`,
      value: outAfter,
      goal: MESSAGE_SECONDS,
      extra: `${SECONDS} s of it beside the load`,
    }),
  ];
}

/** Messages have their fifteen minutes; Infinity when some of them were not out by then. */
async function secondsUntilOut(filledAt: number): Promise<number> {
  const since = () => (performance.now() - filledAt) / 1000;
  while ((await openOf(stand.owner, "outcome")) > 0) {
    if (since() > MESSAGE_SECONDS) return Number.POSITIVE_INFINITY;
    await new Promise((done) => setTimeout(done, 500));
  }
  return since();
}

/** The knee is where a tenth of the answers is late, refused or wrong; then three times as many ask. */
async function overload(port: number, people: People): Promise<boolean[]> {
  const ask = openVisits(port, people);
  const good = ({ goodMs }: Seen) => goodMs.filter((ms) => ms <= IN_TIME_MS).length;
  const stepSeconds = Math.min(10, SECONDS);
  let [knee, best] = [0, 0];
  for (let rate = 200; ; rate = Math.round(rate * 1.25)) {
    const seen = await arrive(rate, stepSeconds, ask);
    const perSecond = good(seen) / stepSeconds;
    console.log(`  … ${rate}/s: ${perSecond.toFixed(0)} good a second; ${told(seen)}`);
    if (perSecond > best) [knee, best] = [rate, perSecond];
    if (good(seen) < 0.9 * seen.asked) break;
  }
  const seconds = 3 * stepSeconds;
  const over = await sharing("three times the knee", () => arrive(3 * knee, seconds, ask));
  await new Promise((done) => setTimeout(done, 10_000));
  const after = await arrive(Math.round(knee / 2), stepSeconds, ask);
  return [
    tellFigure({
      id: "R43",
      what: "good answers in time at three times the knee / at the knee",
      value: good(over) / seconds / best,
      goal: 0.9,
      extra: `the knee at ${best.toFixed(0)} a second; over it ${told(over)}`,
    }),
    noneFailed("R43", "half of the knee, ten seconds later", after),
  ];
}

/** Strangers guess as fast as they can; people on their own telephones come in all the same. */
async function flood(port: number, people: People): Promise<boolean[]> {
  const own = people.members.slice(-KNOWN);
  const phones = await Promise.all(own.map((member) => knownDevice(port, member)));
  const strangers = { ...people, members: people.members.slice(0, -KNOWN) };
  const both = () =>
    Promise.all([
      arrive(FLOOD, SECONDS, guess(port, strangers)),
      arrive(2, SECONDS, (nth) => {
        const at = nth % KNOWN;
        return signInByPage(phones[at] as (typeof phones)[number], own[at] as (typeof own)[number]);
      }),
    ]);
  const [guessed, seen] = await costing("a guess", both, ([all]) => all.asked);
  const inTime = seen.goodMs.filter((ms) => ms <= IN_TIME_MS).length;
  return [
    tellFigure({
      id: "R43",
      what: `known devices in within 2 s while ${FLOOD} a second guess`,
      value: inTime / seen.asked,
      goal: 0.95,
      extra: `${told(seen)}; guesses: ${told(guessed)}`,
    }),
  ];
}

/** R44: a third of the mix for hours: memory does not grow, and the last ten minutes are as quick as the first. */
async function soak(port: number, people: People, hours: number): Promise<boolean[]> {
  const p99s: number[] = [];
  const rssMb: number[] = [];
  const parts = Math.max(2, Math.round((hours * 3600) / PART_SECONDS));
  for (let part = 0; part < parts; part += 1) {
    const [read] = await Promise.all([
      arrive(READS * SOAK_SHARE, (hours * 3600) / parts, readVisits(port, people)),
      arrive(SIGN_INS * SOAK_SHARE, (hours * 3600) / parts, signIn(port, people)),
    ]);
    p99s.push(percentile(read.goodMs, 0.99));
    rssMb.push(await residentMb(port));
    console.log(`  … part ${part + 1} of ${parts}: ${told(read)}; ${rssMb.at(-1)?.toFixed(0)} MB`);
  }
  const [first, last] = [rssMb[Math.floor(parts / 4)] ?? 0, rssMb.at(-1) ?? 0];
  return [
    tellAtMost({
      id: "R44",
      what: "MB an hour by which the web grows after its first quarter",
      value: (last - first) / (hours * 0.75),
      goal: 1,
      extra: `${first.toFixed(0)} to ${last.toFixed(0)} MB in ${hours} h`,
    }),
    tellAtMost({
      id: "R44",
      what: "p99 of the last part / of the first",
      value: (p99s.at(-1) ?? 0) / (p99s[0] ?? 1),
      goal: 1.1,
      extra: `${p99s.at(-1)?.toFixed(1)} / ${p99s[0]?.toFixed(1)} ms`,
    }),
  ];
}

async function residentMb(port: number): Promise<number> {
  const { text } = await send(port, { method: "GET", path: "/metrics" });
  return Number(/^process_resident_memory_bytes (\S+)/m.exec(text())?.[1]) / 1e6;
}
