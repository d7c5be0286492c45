import { record } from "../audit/record.ts";
import type { House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { system } from "../kernel/actor.ts";
import { formatDay, UnknownYear, type WorkingCalendar } from "../kernel/calendar.ts";
import { mayEnd } from "../timekeeping/trust.ts";
import { workingCalendar } from "../units/store.ts";
import { dueByDay } from "./message-hours.ts";
import { moveDeadline } from "./move-deadline.ts";
import { keepUntil, lapsesAt } from "./rules.ts";
import { saveStep } from "./store.ts";
import { lockOverdue } from "./store-sweep.ts";
import { SEND_WITHIN_MS, tellDeclarer } from "./tell-declarer.ts";

/**
 * `moved`: a holiday entered after confirmation gives more time. `left`: no longer overdue, or somebody is at it, or
 * the clock is not believed, or the year of its last day has no holiday table.
 */
export type LapseOutcome = "lapsed" | "moved" | "left";

/**
 * Ends one overdue file: "thông tin về tờ khai điện tử sẽ tự động hủy" (letter 330, annex 1, step 3). The
 * condition is looked at again under the lock and the last day is computed again from the holiday table.
 */
export async function lapse(house: House, id: string, now: Date): Promise<LapseOutcome> {
  if (!(await mayEnd(house))) return "left";
  return inTransaction(house.db, (tx) => lapseIn(tx, house, id, now));
}

/** Undefined while the year of the last day has no table of holidays: it is unknown, not free of them. */
export function deadlineOf(confirmedAt: Date, calendar: WorkingCalendar): Date | undefined {
  try {
    return lapsesAt(confirmedAt, calendar);
  } catch (error) {
    if (error instanceof UnknownYear) return undefined;
    throw error;
  }
}

async function lapseIn(tx: Tx, house: House, id: string, now: Date): Promise<LapseOutcome> {
  const file = await lockOverdue(tx, id, now);
  if (!file?.confirmedAt) return "left";
  const deadline = deadlineOf(file.confirmedAt, await workingCalendar(tx));
  if (!deadline) return "left";
  if (deadline.getTime() > now.getTime()) {
    await moveDeadline(tx, house, file, deadline, now);
    return "moved";
  }
  const event = { kind: "lapsed", at: now, actorKind: "system", actorId: null, officeCode: null, detail: {} } as const;
  const until = keepUntil(now);
  const lapsed = await saveStep(tx, file, event, { status: "lapsed", keep_until: until.toString() });
  const fields = { code: file.code, until: formatDay(until, file.lang) };
  const dueAt = await dueByDay(tx, now, SEND_WITHIN_MS);
  await tellDeclarer(tx, house, lapsed, "declaration_lapsed", fields, now, { dueAt });
  await record(tx, {
    at: now,
    actor: system,
    action: "declaration.lapse",
    purpose: "registration",
    object: { kind: "declaration", id: file.code },
    officeCode: file.officeCode ?? undefined,
  });
  return "lapsed";
}
