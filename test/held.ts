import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { onTestFinished } from "vitest";
import type { TestHouse } from "./house.ts";

/** A lock of somebody else, before which others stand until it is let go. */
export interface Held {
  /** Returns once so many connections of this house wait for a lock; after a second also where fewer do. */
  waiting(count: number): Promise<void>;
  /** Takes more beside what is held; resolves once it has them. */
  take(statement: string, values?: readonly unknown[]): Promise<void>;
  letGo(): Promise<void>;
}

const WAITS_MS = 1000;

/** Takes the locks of a statement as the owner, until it is let go or the test ends. */
export async function hold(house: TestHouse, statement: string, values: readonly unknown[] = []): Promise<Held> {
  const keeper = new pg.Client(house.owner);
  await keeper.connect();
  let ended: Promise<void> | undefined;
  const letGo = () => {
    ended ??= keeper.query("commit").then(() => keeper.end());
    return ended;
  };
  onTestFinished(letGo);
  await keeper.query("begin");
  await keeper.query(statement, [...values]);
  return {
    async waiting(count) {
      for (const begun = performance.now(); performance.now() - begun < WAITS_MS; await wait(10)) {
        const { rows } = await keeper.query<{ n: number }>(
          `select count(distinct w.pid)::integer as n from pg_locks w join pg_locks h on h.pid = w.pid
            where not w.granted and h.database = (select oid from pg_database where datname = current_database())`,
        );
        if ((rows[0]?.n ?? 0) >= count) return;
      }
    },
    async take(more, given = []) {
      await keeper.query(more, [...given]);
    },
    letGo,
  };
}
