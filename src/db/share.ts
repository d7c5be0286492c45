/**
 * A pool whose last connections are kept for what cannot wait: where a statement of the many pages stands before a lock,
 * they may take up all but these, and people sign in and show their card all the same.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import type pg from "pg";

const canWait = new AsyncLocalStorage<boolean>();

/** Runs `work` with no more than its share of the connections. */
export const asWhatCanWait = <T>(work: () => T): T => canWait.run(true, work);

/** Runs `work` with all of them, whoever began it. */
export const asWhatCannot = <T>(work: () => T): T => canWait.run(false, work);

/** Kept out of every so many. */
const ONE_KEPT_OF = 4;

interface SharedPool {
  connect(): Promise<pg.PoolClient>;
  waitingCount(): number;
}

/** `limitMs`: how long somebody who can wait does so before it is told that there is none. */
export function shareOut(pool: pg.Pool, limitMs: number): SharedPool {
  const most = pool.options.max - Math.ceil(pool.options.max / ONE_KEPT_OF);
  const queue: (() => void)[] = [];
  let taken = 0;

  function enter(): Promise<void> | undefined {
    if (taken < Math.max(1, most)) {
      taken += 1;
      return undefined;
    }
    return new Promise((done, fail) => {
      const next = () => {
        clearTimeout(timer);
        done();
      };
      const timer = setTimeout(() => {
        queue.splice(queue.indexOf(next), 1);
        // As the pool itself says it: the database cannot now, and may be asked again.
        fail(new Error("timeout exceeded when trying to connect"));
      }, limitMs);
      queue.push(next);
    });
  }

  function leave(): void {
    const next = queue.shift();
    if (next) next();
    else taken -= 1;
  }

  return {
    waitingCount: () => pool.waitingCount + queue.length,
    async connect() {
      if (!canWait.getStore()) return pool.connect();
      await enter();
      const client = await pool.connect().catch((error: Error) => {
        leave();
        throw error;
      });
      const release = client.release.bind(client);
      client.release = (failed) => {
        client.release = release;
        leave();
        release(failed);
      };
      return client;
    },
  };
}
