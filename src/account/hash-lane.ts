import { randomBytes } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";
import { TryLater } from "../kernel/failures.ts";

/** Argon2id at OWASP's floor: 19 MiB, two passes. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

const WIDTH = 2;
const QUEUE_MAX = 60;
const RETRY_AFTER_SECONDS = 2;

export interface Lane {
  /** Runs `work` when there is room. `isAhead`: before all who are not. Throws TryLater when the queue is full. */
  run<T>(work: () => Promise<T>, isAhead: boolean): Promise<T>;
}

/**
 * A hash takes a core for 16 ms: a flood of sign-ins may fill this lane, never the machine. Devices that
 * are known, and people already signed in, have a queue of their own and go first.
 */
export function createLane(width: number, queueMax: number): Lane {
  const ahead: (() => void)[] = [];
  const behind: (() => void)[] = [];
  let running = 0;
  const enter = async (queue: (() => void)[]) => {
    if (running < width) {
      running += 1;
      return;
    }
    if (queue.length >= queueMax) throw new TryLater("busy", RETRY_AFTER_SECONDS, 503);
    await new Promise<void>((start) => queue.push(start));
  };
  // Whoever waits takes over the place: a newcomer cannot slip in between.
  const leave = () => {
    const start = ahead.shift() ?? behind.shift();
    if (start) start();
    else running -= 1;
  };
  return {
    async run(work, isAhead) {
      await enter(isAhead ? ahead : behind);
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };
}

const lane = createLane(WIDTH, QUEUE_MAX);

export function hashSecret(secret: string): Promise<string> {
  return lane.run(() => hash(secret, cost), true);
}

/** Without a hash (nobody has that number) the same work is done against a decoy, and the answer is no. */
export async function isSecret(known: string | undefined, secret: string, isAhead: boolean): Promise<boolean> {
  const against = known ?? (await decoy);
  const fits = await lane.run(() => verify(against, secret), isAhead);
  return fits && known !== undefined;
}

/** The hash of 32 bytes that nobody kept. */
const decoy = hash(randomBytes(32), cost);
