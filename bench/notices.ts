/**
 * R10–R15: messages out of the outbox through two SMS providers on loopback, two senders, the fifteen minutes run in
 * ninety seconds. `--size=5000` plays a small burst instead of 100,000; `--stretch` sends a million in real time
 * with three instead; `--only=flapping` plays one part. Exit 0 only when every goal is held.
 */
import { setTimeout as wait } from "node:timers/promises";
import { outboxState } from "../src/notices/store-read.ts";
import { optionOf, tellAtMost } from "./harness.ts";
import { tellWork, workSoFar } from "./notices-cpu.ts";
import { type PeerMode, SCALE, SENDER_WINDOW, WINDOW_MS } from "./notices-plan.ts";
import * as stage from "./notices-stage.ts";
import { addToOutbox, fillOutbox, isOpen, openOf, type Result, resultOf, secondsInAll } from "./notices-store.ts";

const { house, owner, senders, tell, play, counted, clear, untilSent, startSender } = stage;
const burst = optionOf("size") ?? 100_000;
/** Two senders wait for the database a good part of their time: the stretch has a third. */
const SENDERS = optionOf("senders") ?? (process.argv.some((one) => one.startsWith("--stretch")) ? 3 : 2);
const few = Math.max(500, Math.round(burst / 10));
const STRETCH = optionOf("stretch") ?? 1_000_000;
/** With ten times the messages of the first burst, and each fault: what a heap breathes, and no more. */
const GROWTH_MB = 64;
const HANDFUL = 10_000;
/** The reports of the last messages are written by then. */
const RECEIPTS_MS = 500;

const rate = ({ sent, lastMs }: Result) => `${sent} sent, the last after ${(lastMs / 1000).toFixed(1)} s`;
try {
  await Promise.all(Array.from({ length: SENDERS }, () => startSender()));
  const held: boolean[] = [];
  for (const [name, part] of Object.entries(chosen())) {
    console.log(`${name}:`);
    held.push(...[await part()].flat());
  }
  held.push(tellMemory());
  process.exitCode = held.every(Boolean) ? 0 : 1;
} finally {
  await stage.close();
}

/** What is played: all but the stretch, or what was asked for. */
function chosen(): Record<string, () => Promise<boolean | boolean[]>> {
  if (process.argv.some((one) => one.startsWith("--stretch"))) return { stretch };
  const parts = {
    steady,
    burst: wholeBurst,
    dead: oneDead,
    swallowed,
    flapping,
    "all-dead": allDead,
    killed,
    "database-killed": databaseKilled,
    "last-moment": atTheLastMoment,
    bulk: bulkAhead,
    "dead-for-good": deadForGood,
  };
  const only = process.argv.find((one) => one.startsWith("--only="))?.slice("--only=".length);
  if (!only) return parts;
  const part = parts[only as keyof typeof parts];
  if (!part) throw new Error(`--only is one of ${Object.keys(parts).join(", ")}`);
  return { [only]: part };
}

async function steady(): Promise<boolean> {
  await clear();
  for (let round = 0; round < 40; round += 1) {
    await fillOutbox(owner, { count: 25, from: round * 25, lane: "outcome", windowMs: WINDOW_MS });
    await wait(250);
  }
  const result = await untilSent();
  const what = "seconds from queueing to the provider at 100 a second";
  const isQuick = tellAtMost({
    id: "R10",
    what: `median ${what}`,
    value: result.p50Ms / 1000,
    goal: 1,
    extra: rate(result),
  });
  return (
    tellAtMost({
      id: "R10",
      what: `p99 ${what}`,
      value: result.p99Ms / 1000,
      goal: 10,
      extra: `${result.late} late`,
    }) && isQuick
  );
}

async function wholeBurst(): Promise<boolean> {
  const result = await play(burst);
  stage.firstBurstEnded();
  return tellAtMost({
    id: "R11",
    what: `late or unsent of ${burst} in ninety seconds`,
    value: result.late + result.open,
    goal: 0,
    extra: rate(result),
  });
}

async function oneDead(): Promise<boolean[]> {
  const ways: [PeerMode, string][] = [
    ["reset", "cut off"],
    ["silent", "silent on the line"],
    ["hole", "taking without an answer"],
    ["throttle", "always too busy"],
    ["slow", "two seconds late"],
  ];
  const held: boolean[] = [];
  for (const [mode, says] of ways) {
    tell({ modes: [mode, "ok"] });
    await wait(1000);
    const result = await play(few);
    held.push(...tellDead(result, `one provider ${says}`));
  }
  tell({ modes: ["ok", "ok"] });
  return held;
}

/** 0 misses, p99 within thirty seconds, and no copy too many that the product does not count. */
function tellDead(result: Awaited<ReturnType<typeof play>>, how: string): boolean[] {
  const missing = result.late + result.open;
  const extra = `${result.twice} sent twice, the product counts ${result.perhapsTwice}; at most ${result.mostUnderWay} under way on a line (window ${SENDER_WINDOW})`;
  const isOver = result.twice > result.perhapsTwice + result.repeats || result.mostUnderWay > SENDER_WINDOW;
  return [
    tellAtMost({ id: "R12", what: `late or unsent of ${few}, ${how}`, value: missing, goal: 0, extra }),
    tellAtMost({
      id: "R12",
      what: `p99 seconds of ${few}, ${how}`,
      value: result.p99Ms / 1000,
      goal: 30,
      extra: isOver ? "MORE COPIES OR CALLS THAN COUNTED" : rate(result),
    }) && !isOver,
  ];
}

/** The sixth way of dying, and one text in twenty (F30): the wait for a report is eighteen seconds here. */
async function swallowed(): Promise<boolean[]> {
  const held: boolean[] = [];
  for (const [mode, says] of [
    ["swallow", "taking all and delivering nothing"],
    ["leak", "delivering nineteen of twenty"],
  ] as const) {
    tell({ modes: [mode, "ok"] });
    const result = await play(few, { untilReached: true });
    held.push(...tellDead(result, `one provider ${says}`));
    held.push(
      tellAtMost({
        id: "R12",
        what: `telephones without their text of ${few}, one provider ${says}`,
        value: few - result.got,
        goal: 0,
        extra: `${result.swallowed} swallowed, ${result.unconfirmed} shown as not confirmed, ${result.repeats} told again`,
      }),
    );
  }
  tell({ modes: ["ok", "ok"] });
  return held;
}

async function flapping(): Promise<boolean> {
  let isOver = false;
  const result = await play(burst, {
    during: async () => {
      for (let down = true; !isOver; down = !down) {
        tell({ modes: [down ? "reset" : "ok", "ok"] });
        await wait(3000);
        isOver = !(await isOpen(owner, "outcome").catch(() => true));
      }
    },
  });
  tell({ modes: ["ok", "ok"] });
  const isInTime = tellAtMost({
    id: "R12",
    what: `late or unsent of ${burst}, one provider gone every other three seconds`,
    value: result.late + result.open,
    goal: 0,
    extra: rate(result),
  });
  const isOnce = tellAtMost({
    id: "R12",
    what: "copies too many in 1000",
    value: (result.twice * 1000) / burst,
    goal: 1,
    extra: `${result.twice} in all`,
  });
  return isInTime && isOnce;
}

async function databaseKilled(): Promise<boolean> {
  let kills = 0;
  const result = await play(burst, {
    during: async () => {
      for (; kills < 2; kills += 1) {
        await wait(4000);
        if ((await openOf(owner, "outcome")) === 0) return;
        await stage.killDatabase();
      }
    },
  });
  return tellAtMost({
    id: "R14",
    what: `lost or late of ${burst} over ${kills} killed databases`,
    value: result.late + result.open + (burst - result.got),
    goal: 0,
    extra: `${rate(result)}, ${result.twice} sent twice, the product counts ${result.perhapsTwice} and ${result.repeats} told again`,
  });
}

/** Decided with five seconds left while a burst waits: it goes first. */
async function atTheLastMoment(): Promise<boolean> {
  await clear();
  await fillOutbox(owner, { count: burst, from: 0, lane: "outcome", windowMs: WINDOW_MS });
  await wait(1000);
  const waiting = await openOf(owner, "outcome");
  await fillOutbox(owner, { count: 20, from: burst, lane: "outcome", windowMs: 5000 });
  await untilSent();
  const { rows } = await owner.query<{ seconds: string }>(
    "select extract(epoch from max(sent_at - created_at)) as seconds from notice where due_at - created_at = interval '5 seconds'",
  );
  return tellAtMost({
    id: "R10",
    what: "seconds to the provider of 20 decided with five seconds left",
    value: Number(rows[0]?.seconds ?? Number.NaN),
    goal: 2,
    extra: `${waiting} were waiting before them`,
  });
}

/** Every message is in the alarm by a third of its time, and none is ever shown as sent. */
async function deadForGood(): Promise<boolean[]> {
  const count = 200;
  tell({ modes: ["reset", "reset"] });
  await clear();
  await fillOutbox(owner, { count, from: 0, lane: "outcome", windowMs: WINDOW_MS });
  const startedAt = Date.now();
  const seen: number[] = [];
  let shown = 0;
  for (const third of [1 / 3, 2 / 3, 1]) {
    while (Date.now() < startedAt + WINDOW_MS * third + 1000) {
      shown = Math.max(shown, (await resultOf(owner, "outcome")).sent);
      await wait(500);
    }
    const state = await outboxState(house.db, new Date());
    seen.push(third === 1 ? state.late : state.endangered);
    console.log(`  … ${seen.at(-1)} of ${count} in the alarm after ${Math.round(third * 100)} % of their time`);
  }
  tell({ modes: ["ok", "ok"] });
  return [
    tellAtMost({
      id: "R13",
      what: `without an alarm of ${count}, all providers dead for good`,
      value: count * 3 - seen.reduce((a, b) => a + b, 0),
      goal: 0,
      extra: `${seen.join(", ")} at a third, two thirds, the end`,
    }),
    tellAtMost({
      id: "R13",
      what: "shown as sent, all providers dead for good",
      value: shown,
      goal: 0,
      extra: "looked twice a second",
    }),
  ];
}

/** A million in real time: three hundred seconds, nothing scaled but the gaps. */
async function stretch(): Promise<boolean> {
  await clear();
  const startedAt = Date.now();
  const before = await workSoFar();
  const queuedS = await queueStretch();
  let toldAt = Date.now();
  while (Date.now() < startedAt + 600_000 && (await isOpen(owner, "outcome"))) {
    await wait(1000);
    for (const sender of senders) sender.send("memory");
    if (Date.now() < toldAt + 20_000) continue;
    toldAt = Date.now();
    const left = await openOf(owner, "outcome");
    console.log(`  … ${left} are waiting`);
    if (left < STRETCH * 0.9) stage.firstBurstEnded();
  }
  await wait(RECEIPTS_MS);
  tellWork(before, await workSoFar(), STRETCH);
  const result = await resultOf(owner, "outcome");
  const { got } = await counted();
  const isAll = result.open === 0 && got === STRETCH;
  return tellAtMost({
    id: "R11",
    what: `seconds for ${STRETCH} messages`,
    value: isAll ? await secondsInAll(owner) : Number.POSITIVE_INFINITY,
    goal: 300,
    extra: `${result.sent} sent, ${result.open} left, ${got} telephones; queued within the first ${queuedS} s`,
  });
}

/** By handfuls, as campaigns and decisions come: the first are sent while the last are written. Answers its seconds. */
async function queueStretch(): Promise<string> {
  const startedAt = Date.now();
  for (let from = 0; from < STRETCH; from += HANDFUL) {
    const count = Math.min(HANDFUL, STRETCH - from);
    await addToOutbox(owner, { count, from, lane: "outcome", windowMs: 300_000 });
  }
  return ((Date.now() - startedAt) / 1000).toFixed(1);
}

function tellMemory(): boolean {
  const { most, growth } = stage.memoryMb();
  return tellAtMost({
    id: "R11",
    what: "growth in MB of a sender's memory after the first burst",
    value: Math.round(growth),
    goal: GROWTH_MB,
    extra: `at most ${Math.round(most)} MB resident`,
  });
}

async function allDead(): Promise<boolean> {
  tell({ modes: ["reset", "reset"] });
  const outage = (WINDOW_MS * 2) / 3;
  const result = await play(few, {
    during: async () => {
      await wait(outage);
      tell({ modes: ["ok", "ok"] });
    },
  });
  return tellAtMost({
    id: "R13",
    what: `late or unsent of ${few}, both providers dead two thirds of the time`,
    value: result.late + result.open,
    goal: 0,
    extra: rate(result),
  });
}

async function killed(): Promise<boolean[]> {
  let kills = 0;
  const result = await play(burst, {
    during: async () => {
      for (let at = 0; at < 5; at += 1) {
        await wait(3000 * SCALE * 10);
        if ((await openOf(owner, "outcome")) === 0) return;
        const victim = senders.shift();
        victim?.kill("SIGKILL");
        kills += 1;
        await startSender();
      }
    },
  });
  const perKill = kills === 0 ? 0 : result.twice / kills;
  return [
    tellAtMost({
      id: "R14",
      what: `lost or late of ${burst} over ${kills} killed senders`,
      value: result.late + result.open,
      goal: 0,
      extra: rate(result),
    }),
    tellAtMost({
      id: "R14",
      what: "copies too many a kill",
      value: perKill,
      goal: 16,
      extra: `${result.twice} in all, ${result.repeats} of them told again for want of a report`,
    }),
  ];
}

async function bulkAhead(): Promise<boolean> {
  await clear();
  await fillOutbox(owner, { count: burst * 10, from: 0, lane: "campaign", windowMs: WINDOW_MS * 100 });
  await wait(2000);
  await fillOutbox(owner, { count: 1000, from: burst * 10, lane: "outcome", windowMs: WINDOW_MS });
  const result = await untilSent();
  return tellAtMost({
    id: "R15",
    what: `p99 seconds of 1000 outcomes behind ${burst * 10} campaign messages`,
    value: result.p99Ms / 1000,
    goal: 10,
    extra: rate(result),
  });
}
