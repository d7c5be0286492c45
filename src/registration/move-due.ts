import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { endOf, plainDate, startOf } from "../kernel/calendar.ts";
import { workingCalendar } from "../units/store.ts";
import { deadlineOf } from "./lapse.ts";
import { moveDeadline } from "./move-deadline.ts";
import { movedDeadline } from "./rules-reminders.ts";
import { findOfTerm, lockWaiting, waitingTerms } from "./store-reminders.ts";

const BATCH = 100;

export interface Moves {
  moved: number;
  failed: number;
}

/** The sweep after a change of the holiday table: every last day that it touches moves by the rule, each on its own. */
export async function moveDue(house: House): Promise<Moves> {
  const now = house.clock.now();
  const moves: Moves = { moved: 0, failed: 0 };
  const calendar = await workingCalendar(house.db);
  for (const { confirmedOn, lapsesAt: told } of await waitingTerms(house.db, now)) {
    const day = plainDate(confirmedOn);
    const byRule = deadlineOf(startOf(day), calendar);
    const to = byRule && movedDeadline(told, byRule, now);
    if (to) await moveTerm(house, { from: startOf(day), to: endOf(day), lapsesAt: told }, to, now, moves);
  }
  return moves;
}

async function moveTerm(
  house: House,
  term: { from: Date; to: Date; lapsesAt: Date },
  to: Date,
  now: Date,
  moves: Moves,
): Promise<void> {
  let after = "0";
  for (;;) {
    const ids = await findOfTerm(house.db, term, after, BATCH);
    for (const id of ids) await moveOne(house, id, term.lapsesAt, to, now, moves);
    after = ids.at(-1) ?? after;
    if (ids.length < BATCH) return;
  }
}

async function moveOne(house: House, id: string, told: Date, to: Date, now: Date, moves: Moves): Promise<void> {
  try {
    const isMoved = await inTransaction(house.db, async (tx) => {
      const file = await lockWaiting(tx, id, told);
      if (file) await moveDeadline(tx, house, file, to, now);
      return file !== undefined;
    });
    if (isMoved) moves.moved += 1;
  } catch (error) {
    moves.failed += 1;
    house.log.error({ err: error, alarm: "move_failed", declarationId: id }, "a last day could not be moved");
  }
}
