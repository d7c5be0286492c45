import type { House } from "../db/house.ts";
import { dayOf } from "../kernel/calendar.ts";
import { policyOn } from "../policy/store.ts";
import { mayEnd } from "../timekeeping/trust.ts";
import { workingCalendar } from "../units/store.ts";
import { lapse } from "./lapse.ts";
import { daysHeldBack, isUnusualSweep, unusualLapse } from "./rules-sweep.ts";
import { countLapsed, countOverdue, findOverdue, overdueByDay, type SweepPlace } from "./store-sweep.ts";

const BATCH = 100;
const USUAL_OVER_DAYS = 28;
const DAY_MS = 86_400_000;

export interface Sweep {
  lapsed: number;
  moved: number;
  failed: number;
  /** Why nothing was ended: a person must look first. */
  refused?: "no_holiday_table" | "unusual_number" | "clock_not_believed";
  /** Where it was refused: what would be ended, by the last day that was told. */
  overdue?: { lastDay: string; files: number }[];
}

/**
 * The sweep of every minute: lapses what is overdue, each file in a transaction of its own, so that one bad
 * row stops nothing. Refuses when the year has no holiday table, or when far more files than usual would
 * end (`isApproved`: an operator has looked and agrees).
 */
export async function lapseDue(house: House, options: { isApproved?: boolean } = {}): Promise<Sweep> {
  const now = house.clock.now();
  const sweep: Sweep = { lapsed: 0, moved: 0, failed: 0 };
  const overdue = await countOverdue(house.db, now);
  const refused = await refusalOf(house, now, overdue, options.isApproved ?? false);
  if (refused) return { ...sweep, refused, overdue: await overdueByDay(house.db, now) };
  let after: SweepPlace | undefined;
  for (;;) {
    const batch = await findOverdue(house.db, now, after, BATCH);
    for (const { id } of batch) await lapseOne(house, id, now, sweep);
    after = batch.at(-1);
    if (batch.length < BATCH) return sweep;
  }
}

async function lapseOne(house: House, id: string, now: Date, sweep: Sweep): Promise<void> {
  try {
    const outcome = await lapse(house, id, now);
    if (outcome !== "left") sweep[outcome] += 1;
  } catch (error) {
    sweep.failed += 1;
    house.log.error({ err: error, alarm: "lapse_failed", declarationId: id }, "a declaration could not be lapsed");
  }
}

async function refusalOf(house: House, now: Date, overdue: number, isApproved: boolean): Promise<Sweep["refused"]> {
  if (overdue === 0) return undefined;
  if (!(await mayEnd(house))) return "clock_not_believed";
  const today = dayOf(now);
  const calendar = await workingCalendar(house.db);
  if (!calendar.years.has(today.year)) {
    house.log.error({ alarm: "no_holiday_table", overdue }, "nothing lapses without a holiday table");
    return "no_holiday_table";
  }
  const lately = await countLapsed(house.db, new Date(now.getTime() - USUAL_OVER_DAYS * DAY_MS), now);
  const { atLeast, times } = await policyOn(house.db, unusualLapse, today);
  const held = daysHeldBack(today, calendar);
  const usual = lately / Math.max(1, USUAL_OVER_DAYS - held);
  if (isApproved || !isUnusualSweep(overdue, usual, { atLeast, times: times + held })) return undefined;
  house.log.error(
    { alarm: "unusual_lapse", overdue, lately },
    "far more declarations than usual would lapse; vssid lapse --approve goes on",
  );
  return "unusual_number";
}
