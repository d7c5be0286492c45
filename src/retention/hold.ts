import { randomUUID } from "node:crypto";
import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { Conflict } from "../kernel/failures.ts";
import { lockByCode } from "../registration/store.ts";
import { endHold, type HoldReason, insertHold, lockRetention } from "./store.ts";
import { countUnreadable } from "./store-classes.ts";

/**
 * Nothing of this file or its person is deleted from now on. Answers how many of their pictures nobody can read any
 * more, as a run that was cut off had destroyed the keys. Throws NotFound, Conflict.
 */
export async function openHold(house: House, code: string, reason: HoldReason): Promise<number> {
  const at = house.clock.now();
  return inTransaction(house.db, async (tx) => {
    await lockRetention(tx);
    const file = await lockByCode(tx, code);
    const hold = { holdId: randomUUID(), declarationId: file.id, personId: file.personId ?? null, reason, at };
    if (!(await insertHold(tx, hold))) throw new Conflict("held_already");
    const unreadable = await countUnreadable(tx, hold);
    await record(tx, { ...lineOf(at, code), action: "retention.hold", detail: { reason, unreadable } });
    return unreadable;
  });
}

/** Throws NotFound, Conflict. */
export async function releaseHold(house: House, code: string): Promise<void> {
  const at = house.clock.now();
  await inTransaction(house.db, async (tx) => {
    const file = await lockByCode(tx, code);
    if (!(await endHold(tx, file.id, at))) throw new Conflict("not_held");
    await record(tx, { ...lineOf(at, code), action: "retention.release" });
  });
}

const lineOf = (at: Date, code: string) => ({
  at,
  actor: { kind: "operator" } as const,
  purpose: "operate",
  object: { kind: "declaration", id: code },
});
