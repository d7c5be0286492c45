/** Reports of delivery in every wrong order, and clocks that are set while messages go out. */
import { setTimeout as wait } from "node:timers/promises";
import type { Session } from "smpp";
import { accept } from "../src/notices/providers.fixture.ts";
import { report, type Stand } from "./notices-stand.ts";
import { countReceipts, fill, fillTaken, nameParts, rowsOf } from "./notices-store.ts";
import { judge, type Told, type Trial } from "./trial.ts";

const PROVIDER = "a";

interface Said {
  id: string;
  stat: "DELIVRD" | "UNDELIV";
}

/**
 * Each message gets four reports: of three delivered ones each comes three times and one contradiction; a tenth was
 * never delivered. Half come before the answer to their own message is stored, and some name nothing of ours.
 */
export function shuffledReceipts(receipts: number): Trial {
  const count = Math.floor(receipts / 4);
  return {
    name: `${count * 4} reports of delivery, three times each, contradictory, early, unknown, in any order (F11)`,
    async run(stand) {
      const ordered = await play(stand, count, (said) => said);
      const shuffled = await play(stand, count, shuffle);
      const differing = ordered.states.filter((state, at) => state !== shuffled.states[at]).length;
      const isHeld =
        differing === 0 &&
        shuffled.unmatched === ordered.unmatched &&
        shuffled.kept === ordered.kept &&
        ordered.states.filter((state) => state === "delivered").length === count - Math.floor(count / 10);
      const what = `${differing} of ${count} end otherwise than in order (goal 0), ${shuffled.kept} reports kept as rows (in order ${ordered.kept}), ${shuffled.unmatched} of unknown messages kept (in order ${ordered.unmatched})`;
      return { isHeld, what };
    },
  };
}

async function play(stand: Stand, count: number, order: (said: Said[]) => Said[]) {
  await stand.open(accept);
  const ids = await fillTaken(stand.ground.pool, count, PROVIDER);
  await nameParts(stand.ground.pool, ids.slice(0, count / 2), PROVIDER);
  await stand.sender();
  const session = await sessionOf(stand);
  const said = order(ids.flatMap((id, at) => reportsOf(id, at)));
  const half = Math.floor(said.length / 2);
  await tellAll(session, said.slice(0, half));
  await nameParts(stand.ground.pool, ids.slice(count / 2), PROVIDER);
  await tellAll(session, said.slice(half));
  const states = await finalStates(stand, count);
  const strangers = said.filter(({ id }) => id.startsWith("stranger")).length;
  const result = { states, ...(await finalReceipts(stand, strangers)) };
  await stand.close();
  return result;
}

/** The second of the contradictions is what comes last in the ordered run. */
function reportsOf(id: string, at: number): Said[] {
  if (at % 100 === 0) return [...threeTimes({ id, stat: "DELIVRD" }), { id: `stranger-${at}`, stat: "DELIVRD" }];
  if (at % 10 === 5) return [...threeTimes({ id, stat: "UNDELIV" }), { id, stat: "UNDELIV" }];
  return [...threeTimes({ id, stat: "DELIVRD" }), { id, stat: "UNDELIV" }];
}

const threeTimes = (said: Said): Said[] => [said, said, said];

function shuffle(said: Said[]): Said[] {
  const mixed = [...said];
  for (let at = mixed.length - 1; at > 0; at -= 1) {
    const other = Math.floor(Math.random() * (at + 1));
    [mixed[at], mixed[other]] = [mixed[other] as Said, mixed[at] as Said];
  }
  return mixed;
}

/** As a network does it: so many under way, the next when one is confirmed. */
async function tellAll(session: Session, all: readonly Said[]): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < all.length) {
      const { id, stat } = all[next] as Said;
      next += 1;
      await new Promise<void>((done) => report(session, id, stat, () => done()));
    }
  };
  await Promise.all(Array.from({ length: 50 }, lane));
}

async function sessionOf(stand: Stand): Promise<Session> {
  for (;;) {
    const [session] = stand.centres[0]?.sessions ?? [];
    if (session) return session;
    await wait(20);
  }
}

/** Early reports are matched by a sweep of every two seconds, so many at a time. */
async function finalStates(stand: Stand, count: number): Promise<string[]> {
  for (let at = 0; at < 120; at += 1) {
    const states = (await rowsOf(stand.ground.pool)).map(({ state }) => state);
    if (states.length === count && !states.includes("sent")) return states;
    await wait(500);
  }
  return (await rowsOf(stand.ground.pool)).map(({ state }) => state);
}

/** A state is final before the sweep has come to all that was early. */
async function finalReceipts(stand: Stand, strangers: number): ReturnType<typeof countReceipts> {
  for (let at = 0; at < 60; at += 1) {
    const counted = await countReceipts(stand.ground.pool);
    if (counted.unmatched <= strangers) return counted;
    await wait(500);
  }
  return countReceipts(stand.ground.pool);
}

const HOUR_MS = 3600_000;
const jumps: Record<string, number> = {
  "an hour on": HOUR_MS,
  "an hour back": -HOUR_MS,
  "a day on": 24 * HOUR_MS,
  "a day back": -24 * HOUR_MS,
};

/** One sender holds messages while the clock is set; the other must not take them for abandoned. */
export const clockTrials: readonly Trial[] = Object.entries(jumps).map(([says, ms]) => ({
  name: `the clock is set ${says} while two senders send (F18)`,
  run: (stand) => clockSet(stand, ms),
}));

async function clockSet(stand: Stand, ms: number): Promise<Told> {
  await stand.open((session, pdu, count) => void setTimeout(() => accept(session, pdu, count), 100));
  await fill(stand.ground.pool, { count: 600 });
  const senders = [await stand.sender(), await stand.sender()];
  await wait(700);
  for (const sender of senders) sender.shiftClock(ms);
  await wait(300);
  await fill(stand.ground.pool, { count: 100 });
  const startedAt = performance.now();
  const isSettled = await stand.settled(30);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const rows = await rowsOf(stand.ground.pool);
  const unsent = rows.filter(({ state }) => state !== "sent").length;
  return judge(await stand.outcome(), {}, isSettled && unsent === 0, `all out ${seconds} s after it was set`);
}
