/** A sender that dies, or is stopped for longer than its lease, at each step of one sending. */
import { setTimeout as wait } from "node:timers/promises";
import { accept, type OnSubmit } from "../src/notices/providers.fixture.ts";
import type { SendStep } from "../src/notices/steps.ts";
import { deliver, report, type Sender, type Stand } from "./notices-stand.ts";
import { fill, rowsOf } from "./notices-store.ts";
import { judge, judgeCounted, type Told, type Trial } from "./trial.ts";

/** The message is on the wire, and the provider has not answered: seen over there. */
type Step = SendStep | "bytes_out";

/**
 * How often one message reached the telephone beyond once, and how often the product says so. Between the written
 * attempt and the bytes nobody can know whether they went out: the product counts that as perhaps twice.
 */
const killed: Record<Step, { twice: number; counted: number; says: string }> = {
  claiming: { twice: 0, counted: 0, says: "before it leases" },
  claimed: { twice: 0, counted: 1, says: "leased, the attempt written" },
  calling: { twice: 0, counted: 1, says: "about to call" },
  bytes_out: { twice: 1, counted: 1, says: "the bytes out, no answer" },
  answered: { twice: 1, counted: 1, says: "the answer arrived, not stored" },
  answer_stored: { twice: 0, counted: 0, says: "the answer stored" },
  receipt_arrived: { twice: 0, counted: 0, says: "the receipt arrived, not stored" },
  receipt_stored: { twice: 0, counted: 0, says: "the receipt stored, not confirmed" },
};

/** A network repeats the report that nobody confirmed, on whatever line there is. Answers how to take messages and end. */
function repeating(stand: Stand): { take: OnSubmit; end(): void } {
  const owed = new Set<string>();
  const timer = setInterval(() => {
    for (const session of stand.centres.flatMap(({ sessions }) => sessions)) {
      for (const id of owed) report(session, id, "DELIVRD", () => owed.delete(id));
    }
  }, 200).unref();
  return {
    take(session, pdu, count) {
      accept(session, pdu, count);
      owed.add(`m${count}`);
    },
    end: () => clearInterval(timer),
  };
}

export const killTrials: readonly Trial[] = (Object.keys(killed) as Step[]).map((step) => ({
  name: `sender killed (SIGKILL): ${killed[step].says}`,
  run: (stand) => killAt(stand, step),
}));

async function killAt(stand: Stand, step: Step): Promise<Told> {
  let victim: Sender | undefined;
  const network = repeating(stand);
  let isHeldBack = step === "bytes_out";
  await stand.open((session, pdu, count) => {
    if (!isHeldBack) return network.take(session, pdu, count);
    isHeldBack = false;
    victim?.child.kill("SIGKILL");
  });
  const needsReceipt = step.startsWith("receipt");
  victim = await stand.sender(step === "bytes_out" ? {} : { stopAt: { step, nth: 1, signal: "SIGKILL" } });
  await fill(stand.ground.pool, { count: 1 });
  const isDead = await within(8000, victim.ended);
  await stand.sender();
  const isSettled = await stand.settled(15);
  if (needsReceipt) await stand.delivered(1, 5);
  network.end();
  const [row] = await rowsOf(stand.ground.pool);
  const state = needsReceipt ? "delivered" : "sent or delivered";
  const isRight = row?.state === "delivered" || (row?.state === "sent" && !needsReceipt);
  const { twice, counted } = killed[step];
  const more = `the message is ${row?.state} (goal ${state})`;
  return judge(await stand.outcome(), { twice, counted }, isDead && isSettled && isRight, more);
}

/** Stopped with the attempt written, about to call, with the bytes out, with the answer in hand: then it wakes. */
const paused: Partial<Record<Step, { twice: number; says: string }>> = {
  claimed: { twice: 0, says: "leased" },
  calling: { twice: 0, says: "about to call" },
  bytes_out: { twice: 1, says: "the bytes out" },
  answered: { twice: 1, says: "the answer in hand" },
};

export const pauseTrials: readonly Trial[] = Object.entries(paused).map(([step, { twice, says }]) => ({
  name: `sender stopped beyond its lease (SIGSTOP), then woken: ${says}`,
  run: (stand) => pauseAt(stand, step as Step, twice),
}));

async function pauseAt(stand: Stand, step: Step, twice: number): Promise<Told> {
  let sleeper: Sender | undefined;
  let isFirst = true;
  await stand.open((session, pdu, count) => {
    if (isFirst && step === "bytes_out") sleeper?.child.kill("SIGSTOP");
    isFirst = false;
    accept(session, pdu, count);
  });
  sleeper = await stand.sender(step === "bytes_out" ? {} : { stopAt: { step, nth: 1, signal: "SIGSTOP" } });
  await fill(stand.ground.pool, { count: 1 });
  await wait(1200);
  await stand.sender();
  const isSettled = await stand.settled(15);
  sleeper.child.kill("SIGCONT");
  await wait(1000);
  return judge(await stand.outcome(), { twice }, isSettled);
}

/** Senders die one after the other while they are busy; each is followed by a new one. */
export const killedBusy: Trial = {
  name: "senders killed while they are busy, five times",
  async run(stand) {
    await stand.open(slowly(deliver, 15), slowly(deliver, 15));
    await fill(stand.ground.pool, { count: 2000 });
    const live = [await stand.sender(), await stand.sender()];
    for (let kills = 0; kills < 5; kills += 1) {
      await wait(400);
      await live.shift()?.kill();
      live.push(await stand.sender());
    }
    const isSettled = await stand.settled(60);
    return judgeCounted(await stand.outcome(), isSettled, "at most 32 under way at each kill");
  },
};

export const twoSenders: Trial = {
  name: "two senders at one outbox",
  async run(stand) {
    await stand.open(deliver, deliver);
    await fill(stand.ground.pool, { count: 1000 });
    await Promise.all([stand.sender(), stand.sender()]);
    const isSettled = await stand.settled(30);
    return judge(await stand.outcome(), {}, isSettled);
  },
};

export function slowly(script: OnSubmit, ms: number): OnSubmit {
  return (session, pdu, count) => {
    setTimeout(() => script(session, pdu, count), ms);
  };
}

async function within(ms: number, event: Promise<unknown>): Promise<boolean> {
  const late = new AbortController();
  const isInTime = await Promise.race([
    event.then(() => true),
    wait(ms, false, { signal: late.signal }).catch(() => false),
  ]);
  late.abort();
  return isInTime;
}
