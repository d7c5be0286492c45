/**
 * R22, T6: nine thousand addresses walk a million numbers and codes at every address that takes one from anybody: no
 * record, no answer that tells what somebody has from what nobody has, an alarm within five minutes, and people sign in
 * as always. First a small server that does tell is walked: the trial must see it.
 * `bin/faults scraper --ids=1000000`, `--small`.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { tellAtMost, tellFigure } from "../bench/harness.ts";
import { hashSecret } from "../src/account/hash-lane.ts";
import { dice } from "../test/dice.ts";
import { Answers, Callers, harmAddress, inLanes, sizeOf } from "./abuse-callers.ts";
import { meanwhile, personOf, tellOf } from "./abuse-honest.ts";
import { CANARY, fillAccounts, insuranceOf } from "./abuse-store.ts";
import { LivesStand } from "./lives-stand.ts";
import { type Door, doorsOf, type Known } from "./scraper-doors.ts";

const IDS = sizeOf("ids", 3000, 1_000_000);
const ADDRESSES = 9000;
const LANES = 24;
const HONEST = 50;
/** One number in twenty of those that are walked is somebody's. */
const DENSITY = 20;
const KNOWN = Math.max(150, Math.round(IDS / DENSITY));
const FILES = Math.max(40, Math.round(IDS / 200));
const ALARM_WITHIN_S = 300;
const LOOK_EACH_MS = 1000;
const OWN = "thuyền nan lướt qua bốn bến";

interface Walked {
  answers: Answers;
  records: string[];
  tells: string[];
  perDoor: Map<string, number>;
}

const stand = new LivesStand();
let callers: Callers | undefined;
try {
  await stand.open({ webs: 1, workers: 0, officers: 0 });
  callers = new Callers(stand.webs[0]?.port ?? 0, LANES + 4);
  process.exitCode = (await run(callers)) ? 0 : 1;
} finally {
  callers?.close();
  await stand.close();
}

async function run(via: Callers): Promise<boolean> {
  const phones = Array.from({ length: KNOWN + HONEST }, (_, at) => `09${String(at % 100_000).padStart(5, "0")}000`);
  await fillAccounts(stand.owner, { phones, passwordHash: await hashSecret(OWN), now: stand.house.clock.now() });
  const planted = await plant();
  const known: Known = { accounts: KNOWN, codes: [] };
  const doors = await doorsOf(via, known, FILES);
  const people = Array.from({ length: HONEST }, (_, at) => personOf(at, insuranceOf(KNOWN + at + 1), OWN));
  const quiet = await isAlarmed(via);
  const startedAt = performance.now();
  const state = { isOver: false };
  const alarm = alarmAfter(via, startedAt, state);
  const { done, seen } = await meanwhile(via, people, () => walk(via, doors, IDS, 1));
  const seconds = (performance.now() - startedAt) / 1000;
  state.isOver = true;
  const alarmed = await alarm;
  const extra = `${IDS} numbers and codes from ${ADDRESSES} addresses in ${seconds.toFixed(0)} s; answers ${done.answers}`;
  for (const one of [...done.records, ...done.tells].slice(0, 20)) console.log(one);
  console.log(`doors ${[...done.perDoor].map(([name, count]) => `${name}: ${count}`).join(", ")}`);
  return [
    tellFigure({
      ...{ id: "R22", what: "planted: a server that tells is seen to", value: planted, goal: 2 },
      extra: "records and differing answers",
    }),
    tellAtMost({ id: "R22", what: "records", value: done.records.length, goal: 0, extra }),
    tellAtMost({
      id: "R22",
      what: "kinds of answers that only somebody's gets",
      value: done.tells.length,
      goal: 0,
      extra,
    }),
    tellAtMost({
      id: "R22",
      what: "faults of ours",
      value: done.answers.of((status) => status === 0 || status >= 500),
      goal: 0,
      extra,
    }),
    tellAtMost({
      id: "R22",
      what: "alarm before anything was walked",
      value: Number(quiet),
      goal: 0,
      extra: "/metrics",
    }),
    tellAtMost({ id: "R22", what: "seconds until the alarm", value: alarmed, goal: ALARM_WITHIN_S, extra: "/metrics" }),
    tellFigure({
      ...{ id: "R22", what: "share of honest people let in", value: seen.served / seen.tried, goal: 0.99 },
      extra: tellOf(seen),
    }),
  ].every(Boolean);
}

/** Every door in turn, with a number that somebody has or one that nobody has; each is asked about once or twice. */
async function walk(via: Callers, doors: readonly Door[], ids: number, seed: number): Promise<Walked> {
  const drawn = dice(seed);
  const kinds = new Map<string, { known: Set<string>; unknown: Set<string> }>();
  const seen: Walked = { answers: new Answers(), records: [], tells: [], perDoor: new Map() };
  await inLanes(ids, LANES, async (nth) => {
    const door = doors[nth % doors.length];
    if (!door) return;
    const isKnown = drawn.below(DENSITY) === 0;
    const asked = door.ask(Math.floor(nth / doors.length) + 1, isKnown);
    const said = await via.ask({ ...asked.call, from: harmAddress(nth % ADDRESSES) });
    seen.answers.note(said.status);
    seen.perDoor.set(door.name, (seen.perDoor.get(door.name) ?? 0) + 1);
    const holds =
      said.text.includes(CANARY) || said.headers["set-cookie"]?.some((line) => /^vssid_(session|file)/.test(line));
    if (holds) seen.records.push(`${door.name} told a record: ${said.text.slice(0, 200)}`);
    const kind = `${said.status} ${neutral(said.text, asked.typed)}`;
    const both = kinds.get(door.name) ?? { known: new Set(), unknown: new Set() };
    kinds.set(door.name, both);
    both[isKnown ? "known" : "unknown"].add(kind);
    if (nth % 50_000 === 49_999) console.log(`${nth + 1} asked`);
  });
  for (const [name, { known, unknown }] of kinds) {
    const own = [...known].filter((kind) => !unknown.has(kind));
    for (const kind of own) seen.tells.push(`${name} told somebody's from nobody's: ${kind.slice(0, 200)}`);
  }
  return seen;
}

/** What is random in every answer, or was typed, is the same for all. */
function neutral(text: string, typed: readonly string[]): string {
  return typed
    .reduce((whole, value) => whole.replaceAll(value, "TYPED"), text)
    .replace(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, "ID")
    .replace(/(name="_token" value=")[^"]+/g, "$1TOKEN")
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "AT")
    .replace(/\d+/g, "N");
}

/** A server that greets whom it knows. */
async function plant(): Promise<number> {
  const server = createServer((request, answer) => {
    const isKnown = request.url?.startsWith("/known");
    answer.end(isKnown ? `Chào Nguyễn Thị ${CANARY}` : "Không có");
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const via = new Callers((server.address() as AddressInfo).port, LANES);
  const door: Door = {
    name: "planted",
    ask: (nth, isKnown) => ({ call: { path: isKnown ? `/known${nth}` : "/none" }, typed: [] }),
  };
  const { records, tells } = await walk(via, [door], 200, 2);
  via.close();
  server.close();
  return Number(records.length > 0) + Number(tells.length > 0);
}

async function isAlarmed(via: Callers): Promise<boolean> {
  const { text } = await via.ask({ path: "/metrics", from: "127.0.0.1" });
  if (!text.includes('what="guessing"')) throw new Error("there is no such alarm");
  return text.includes('vssid_state{part="alarm",what="guessing"} 1');
}

/** Seconds; endless when it never came. */
async function alarmAfter(via: Callers, startedAt: number, state: { isOver: boolean }): Promise<number> {
  for (let isLast = false; ; isLast = state.isOver) {
    if (await isAlarmed(via)) return Math.ceil((performance.now() - startedAt) / 1000);
    if (isLast) return Number.POSITIVE_INFINITY;
    await wait(LOOK_EACH_MS);
  }
}
