import { setTimeout as wait } from "node:timers/promises";
import { sql } from "kysely";
import type { Db, Tx } from "./house.ts";

const serializationFailure = "40001";
const deadlockDetected = "40P01";
const attempts = 4;

/**
 * `work` may run again: it must have no effect outside the database. Inside a transaction it is kept or taken back by
 * itself, and lasts only when the whole does.
 */
export function inTransaction<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  return askedAgain(() => (db.isTransaction ? inSavepoint(db as Tx, work) : db.transaction().execute(work)));
}

/** For one statement alone, which is kept or taken back by itself: whoever met another in the other order asks again. */
export async function askedAgain<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === attempts || !isPassing(error)) throw error;
      await wait(attempt * 10 + Math.random() * 20);
    }
  }
}

async function inSavepoint<T>(tx: Tx, work: (tx: Tx) => Promise<T>): Promise<T> {
  await sql`savepoint inner_work`.execute(tx);
  try {
    const result = await work(tx);
    await sql`release savepoint inner_work`.execute(tx);
    return result;
  } catch (error) {
    await sql`rollback to savepoint inner_work`.execute(tx).catch(() => undefined);
    throw error;
  }
}

function isPassing(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return code === serializationFailure || code === deadlockDetected;
}
