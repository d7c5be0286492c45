import { setTimeout as wait } from "node:timers/promises";
import type { Db, Tx } from "./house.ts";

const serializationFailure = "40001";
const deadlockDetected = "40P01";
const attempts = 4;

/** `work` may run again: it must have no effect outside the database. */
export async function inTransaction<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction().execute(work);
    } catch (error) {
      if (attempt === attempts || !isPassing(error)) throw error;
      await wait(attempt * 10 + Math.random() * 20);
    }
  }
}

function isPassing(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return code === serializationFailure || code === deadlockDetected;
}
