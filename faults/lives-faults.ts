/** What is done to the parts while people live on, and for how long they were out. */
import { setTimeout as wait } from "node:timers/promises";
import type { Dice } from "../test/dice.ts";
import type { KeptProcess } from "./kept-process.ts";
import type { LivesStand } from "./lives-stand.ts";

export interface Injection {
  name: string;
  /** Milliseconds until all was well again, each time. */
  times: number[];
  /** 0: no goal of its own. */
  goalMs: number;
  inject(random: Dice): Promise<void>;
}

const STOPPED_MS = 3000;
const LEASE_MS = 35_000;
const GIVE_UP_MS = 120_000;

export function longestOf({ times, goalMs }: Injection): string {
  const goal = goalMs > 0 ? ` (goal ${goalMs} ms)` : "";
  return times.length === 0 ? "not played" : `out at most ${Math.max(...times).toFixed(0)} ms${goal}`;
}

export function injections(stand: LivesStand): Injection[] {
  const postmaster = () => stand.cluster.pid() ?? 0;
  return [
    processDies("SIGKILL of a web process", stand.webs, () => answersAgain(stand), 2000),
    processDies("SIGKILL of a worker", stand.workers, (one) => readyAgain(one), 35_000),
    fault("SIGKILL of the database", 3000, async () => {
      process.kill(postmaster(), "SIGKILL");
      return wellAgain(stand);
    }),
    fault("SIGKILL of a connection's server process", 3000, async (random) => {
      const { rows } = await stand.owner.query<{ pid: number }>(
        "select pid from pg_stat_activity where application_name = 'vssid' and pid <> pg_backend_pid()",
      );
      if (rows.length > 0) process.kill(random.pick(rows).pid, "SIGKILL");
      return wellAgain(stand);
    }),
    fault("database stopped in order and started again", 0, async () => {
      process.kill(postmaster(), "SIGINT");
      return wellAgain(stand);
    }),
    fault(`database standing still for ${STOPPED_MS} ms`, STOPPED_MS + 1000, async () => {
      const { rows } = await stand.owner.query<{ pid: number }>(
        "select pid from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()",
      );
      const stopped = [postmaster(), ...rows.map(({ pid }) => pid)];
      const startedAt = performance.now();
      signalAll(stopped, "SIGSTOP");
      await wait(STOPPED_MS);
      signalAll(stopped, "SIGCONT");
      await wellAgain(stand);
      return performance.now() - startedAt;
    }),
    fault("a worker standing still beyond its leases", 0, async (random) => {
      const one = random.pick(stand.workers);
      one.kill("SIGSTOP");
      await wait(LEASE_MS);
      one.kill("SIGCONT");
      return readyAgain(one);
    }),
    fault("a web process and the database together", 0, async (random) => {
      random.pick(stand.webs).kill();
      process.kill(postmaster(), "SIGKILL");
      return wellAgain(stand);
    }),
  ];
}

export function fault(name: string, goalMs: number, inject: (random: Dice) => Promise<number>): Injection {
  const times: number[] = [];
  return {
    name,
    times,
    goalMs,
    inject: async (random) => {
      times.push(await inject(random));
    },
  };
}

function processDies(
  name: string,
  all: readonly KeptProcess[],
  again: (one: KeptProcess) => Promise<number>,
  goalMs: number,
): Injection {
  return fault(name, goalMs, async (random) => {
    const one = random.pick(all);
    one.kill();
    const out = await again(one);
    await readyAgain(one);
    return out;
  });
}

function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // A connection that has ended meanwhile.
    }
  }
}

/** Milliseconds until what stands in front answers, three times in a row: what people see of it. */
function answersAgain({ balancer }: LivesStand): Promise<number> {
  return until(() => isGood(`http://127.0.0.1:${balancer.port}/readyz?brief`), 3);
}

function readyAgain(one: KeptProcess): Promise<number> {
  return until(() => one.isReady(), 1);
}

/** Milliseconds until people get answers again; resolves when every part is there. */
export async function wellAgain(stand: LivesStand): Promise<number> {
  const startedAt = performance.now();
  await answersAgain(stand);
  const out = performance.now() - startedAt;
  await until(
    async () => (await Promise.all([...stand.webs, ...stand.workers].map((one) => one.isReady()))).every(Boolean),
    1,
  );
  await until(
    () =>
      stand.owner.query("select 1").then(
        () => true,
        () => false,
      ),
    1,
  );
  return out;
}

async function isGood(url: string): Promise<boolean> {
  try {
    const reply = await fetch(url, { signal: AbortSignal.timeout(3000) });
    await reply.arrayBuffer();
    return reply.ok;
  } catch {
    return false;
  }
}

async function until(isSo: () => Promise<boolean>, inARow: number): Promise<number> {
  const startedAt = performance.now();
  let good = 0;
  while (good < inARow) {
    good = (await isSo()) ? good + 1 : 0;
    if (performance.now() > startedAt + GIVE_UP_MS) throw new Error("it does not get well by itself");
    await wait(good > 0 ? 20 : 30);
  }
  return performance.now() - startedAt;
}
