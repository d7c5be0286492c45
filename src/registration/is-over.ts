import type { Db, Tx } from "../db/house.ts";
import { workingCalendar } from "../units/store.ts";
import { deadlineOf } from "./lapse.ts";
import { isOverdue, type Status } from "./rules.ts";
import type { Declaration } from "./store.ts";

/** Its days are over, and by a table of holidays: the day after the promised one may be the last where there is none. */
export async function isOver(db: Db | Tx, file: Declaration, now: Date): Promise<boolean> {
  if (!file.confirmedAt || !isOverdue(file, now)) return false;
  return deadlineOf(file.confirmedAt, await workingCalendar(db)) !== undefined;
}

/** What everybody sees: a file whose days are over has lapsed, whether or not the sweep has come by. */
export async function shownStatus(db: Db | Tx, file: Declaration, now: Date): Promise<Status> {
  return (await isOver(db, file, now)) ? "lapsed" : file.status;
}
